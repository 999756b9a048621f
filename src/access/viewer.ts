import { Field, ID, ObjectType } from 'type-graphql';
import { type Role, RoleEnum } from './caller';

/** Who asks, as he sees himself. His domains are told by the room that knows domains. */
@ObjectType({ description: 'Who asks, if he has shown who he is.' })
export class Viewer {
  @Field(() => ID, { description: "Lasting: the token's id, or `oidc:` and the issuer's subject." })
  id!: string;

  @Field(() => String, { description: 'For people: whom or what the token is for.' })
  name!: string;

  @Field(() => [RoleEnum], { description: 'What he is there for.' })
  roles!: readonly Role[];

  /** Codes, some perhaps of domains that there are not. */
  readonly domainCodes!: readonly string[];
}
