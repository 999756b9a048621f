import { Field, Int, ObjectType } from 'type-graphql';

/** What a classification may set beside the modes, as stored with a proposal. */
@ObjectType({
  simpleResolvers: true,
  description: 'What a change of modes sets beside them; null fields are left as they are.',
})
export class ClassificationFields {
  @Field(() => Int, { nullable: true, description: '承诺办结时限, in working days.' })
  promisedWorkingDays?: number | null;

  @Field(() => Int, { nullable: true, description: '到办事现场次数.' })
  onSiteVisits?: number | null;

  @Field(() => String, { nullable: true, description: 'Where to apply online; begins with https://.' })
  onlineUrl?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of all outlets that handle the items.' })
  outlets?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of all kiosks that handle the items.' })
  kiosks?: string[] | null;
}
