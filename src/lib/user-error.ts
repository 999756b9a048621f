/** A user's mistake in a mutation: data of the answer, not an error of the request. */
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export const UserErrorCodeEnum = {
  NOT_FOUND: 'NOT_FOUND',
  STALE_VERSION: 'STALE_VERSION',
  FORBIDDEN: 'FORBIDDEN',
  RULE_VIOLATED: 'RULE_VIOLATED',
  INVALID: 'INVALID',
  CONFLICT: 'CONFLICT',
} as const;
export type UserErrorCode = keyof typeof UserErrorCodeEnum;

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: "The kinds of a user's mistake in a mutation.",
  valuesConfig: {
    NOT_FOUND: { description: 'Something named by code or id is not there.' },
    STALE_VERSION: {
      description: 'Somebody else has changed it meanwhile; the message tells the version stored.',
    },
    FORBIDDEN: { description: 'The caller may not do this to this one.' },
    RULE_VIOLATED: { description: 'A rule of the modes is broken; `rule` names it.' },
    INVALID: { description: 'A value is malformed or out of its bounds.' },
    CONFLICT: { description: 'It contradicts what is there, e.g. a name or code that is taken.' },
  },
});

@ObjectType({ simpleResolvers: true, description: "A user's mistake: with any, nothing was changed." })
export class UserError {
  @Field(() => UserErrorCodeEnum, { description: 'What kind of mistake.' })
  code!: UserErrorCode;

  @Field(() => String, { description: 'What is wrong, for clerks, in Chinese.' })
  message!: string;

  @Field(() => [String], {
    description: 'The input path, e.g. ["items", "3", "code"]; empty for the whole input.',
  })
  path!: string[];

  @Field(() => String, { nullable: true, description: 'The rule that was broken, for RULE_VIOLATED.' })
  rule!: string | null;
}
