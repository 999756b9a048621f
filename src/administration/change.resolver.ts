/** Who changed which modes when: the history of one item for everybody, the audit of all for staff. */
import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { allows, rights } from '../access/policy';
import { ServiceItem } from '../catalog/item';
import {
  type ChangeFilter,
  countClassificationChanges,
  readClassificationChanges,
} from '../classification/change.store';
import { ClassificationChange } from '../classification/classification-change';
import { Proposal } from '../classification/proposal';
import { connectionType, ForwardArgs, forwardBounds, forwardPage } from '../lib/connection';
import { fingerprint } from '../lib/cursor';
import { invariant } from '../lib/errors';
import { callerFor } from './classify.request';
import type { AdministrationContext } from './context';

const ClassificationChangeConnection = connectionType(
  () => ClassificationChange,
  'ClassificationChange',
  'A change of the modes of an item.',
);
type ChangePage = InstanceType<typeof ClassificationChangeConnection>;

@ArgsType()
class AuditArgs extends ForwardArgs {
  @Field(() => String, { nullable: true, description: 'Only changes of the item with this code.' })
  item?: string | null;

  @Field(() => String, { nullable: true, description: 'Only changes by the person of this name.' })
  actor?: string | null;
}

async function listChanges(
  { administration }: AdministrationContext,
  args: ForwardArgs,
  filter: ChangeFilter,
): Promise<ChangePage> {
  const { dataSource } = administration;
  const list = fingerprint(JSON.stringify(['changes', filter]));
  const bounds = forwardBounds(args, list);
  const place = bounds.after && { revision: bounds.after.revision, itemCode: bounds.after.key };
  const read = await readClassificationChanges(dataSource, filter, place, bounds.size + 1);
  const cursorOf = ({ revision, itemCode }: ClassificationChange) => ({ list, revision, key: itemCode });
  return new ClassificationChangeConnection(
    forwardPage(read, bounds, cursorOf, () => countClassificationChanges(dataSource, filter)),
  );
}

@Resolver(() => ClassificationChange)
export class ChangeResolver {
  @Query(() => ClassificationChangeConnection, {
    description:
      'All changes of modes, newest first. Staff only. An unknown item or actor gives an empty list.',
  })
  audit(@Args(() => AuditArgs) args: AuditArgs, @Ctx() context: AdministrationContext): Promise<ChangePage> {
    callerFor('Query.audit', context);
    return listChanges(context, args, {
      ...(args.item ? { item: args.item } : {}),
      ...(args.actor ? { actor: args.actor } : {}),
    });
  }

  @FieldResolver(() => ServiceItem, { description: 'The item whose modes changed, as it is now.' })
  async item(
    @Root() { itemCode }: ClassificationChange,
    @Ctx() context: AdministrationContext,
  ): Promise<ServiceItem> {
    const item = await context.findItem(itemCode);
    invariant(item, `item ${itemCode} of the history is there`);
    return item;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Who. Staff only; null for others.' })
  actor(@Root() { by }: ClassificationChange, @Ctx() { caller }: AdministrationContext): string | null {
    return allows(rights['Query.audit'], caller) ? by : null;
  }

  @FieldResolver(() => Proposal, {
    nullable: true,
    description: 'The proposal that asked for it. Staff only; null for others, and for a change without one.',
  })
  async proposal(
    @Root() { proposalId }: ClassificationChange,
    @Ctx() { caller, proposalLoader }: AdministrationContext,
  ): Promise<Proposal | null> {
    if (proposalId === null || !allows(rights['Query.proposals'], caller)) return null;
    return proposalLoader.load(proposalId);
  }
}

@Resolver(() => ServiceItem)
export class HistoryResolver {
  @FieldResolver(() => ClassificationChangeConnection, {
    description: 'How its modes came to be, newest first.',
  })
  history(
    @Root() { code }: ServiceItem,
    @Args(() => ForwardArgs) args: ForwardArgs,
    @Ctx() context: AdministrationContext,
  ): Promise<ChangePage> {
    return listChanges(context, args, { item: code });
  }
}
