/** The inputs of a change of modes. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { type HandlingMode, HandlingModeEnum } from '../catalog/item-enums';
import { ServiceItemFilter } from '../search/item-filter';

@InputType({ description: 'An item, and the version of it that the editor saw.' })
export class ItemVersionInput {
  @Field(() => String, { description: "The item's code." })
  code!: string;

  @Field(() => Int, { description: 'The version that the editor saw; another one stored is STALE_VERSION.' })
  version!: number;
}

@InputType({ description: 'What to set beside the modes. Only the fields given are changed.' })
export class ClassificationFieldsInput {
  @Field(() => Int, { nullable: true, description: '承诺办结时限, in working days, 0 or more.' })
  promisedWorkingDays?: number | null;

  @Field(() => Int, { nullable: true, description: '到办事现场次数, 0 to 20.' })
  onSiteVisits?: number | null;

  @Field(() => String, { nullable: true, description: 'Where to apply online; begins with https://.' })
  onlineUrl?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of all outlets that shall handle the items.' })
  outlets?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of all kiosks that shall handle the items.' })
  kiosks?: string[] | null;
}

@InputType({ description: 'A change of modes, the same for 1 to 2,000 items: all or nothing.' })
export class ClassifyItemsInput {
  @Field(() => [ItemVersionInput], {
    nullable: true,
    description: 'The items. Exactly one of items and filter.',
  })
  items?: ItemVersionInput[] | null;

  @Field(() => ServiceItemFilter, {
    nullable: true,
    description: 'Or all items that it finds, whatever their version.',
  })
  filter?: ServiceItemFilter | null;

  @Field(() => [HandlingModeEnum], {
    defaultValue: [],
    description: 'Modes to add; one that is there is no change.',
  })
  add!: HandlingMode[];

  @Field(() => [HandlingModeEnum], {
    defaultValue: [],
    description: 'Modes to remove; one that is not there is no change.',
  })
  remove!: HandlingMode[];

  @Field(() => ClassificationFieldsInput, {
    nullable: true,
    description:
      'What the rules require with a mode: e.g. promised days with IMMEDIATE. Only the fields given are changed.',
  })
  set?: ClassificationFieldsInput | null;

  @Field(() => String, { description: 'Why: 4 to 500 characters.' })
  reason!: string;
}

@InputType({ description: 'A review of a proposal.' })
export class ReviewProposalInput {
  @Field(() => ID, { description: "The proposal's id." })
  id!: string;

  @Field(() => Boolean, { description: 'Whether the reviewer agrees.' })
  approve!: boolean;

  @Field(() => String, {
    description: 'What the reviewer has to say: at most 500 characters, at least 4 to refuse.',
  })
  comment!: string;
}
