import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { ServiceItem } from '../catalog/item';
import { decodeNodeId } from '../catalog/node';
import { Proposal, type ProposalStatus, ProposalStatusEnum } from '../classification/proposal';
import { countProposals, listProposals, type ProposalResult } from '../classification/proposal.service';
import { warningFor, type WarningLevel, WarningLevelEnum } from '../classification/warning';
import { dateScalar } from '../lib/calendar-date';
import { connectionType, ForwardArgs, forwardBounds, forwardPage } from '../lib/connection';
import { fingerprint } from '../lib/cursor';
import { UserError } from '../lib/user-error';
import { ClassifyItemsInput, ReviewProposalInput } from './classify.input';
import { callerFor, inputMistakes, itemsMistakes, requestOf } from './classify.request';
import type { AdministrationContext } from './context';
import { mistake } from '../classification/mistakes';

const ProposalConnection = connectionType(() => Proposal, 'Proposal', 'A proposed change of modes.');

@ArgsType()
class ProposalListArgs extends ForwardArgs {
  @Field(() => [ProposalStatusEnum], {
    nullable: true,
    description: 'Only these; an empty list is no condition.',
  })
  status?: ProposalStatus[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a proposal.' })
export class ProposalPayload {
  @Field(() => Proposal, {
    nullable: true,
    description: 'The proposal after the step; null with any mistake.',
  })
  proposal!: Proposal | null;

  @Field(() => [UserError], { description: 'Every mistake; with any, nothing was changed.' })
  userErrors!: UserError[];
}

@Resolver(() => Proposal)
export class ProposalResolver {
  @Query(() => ProposalConnection, { description: 'Proposals, newest first. Staff only.' })
  async proposals(
    @Args(() => ProposalListArgs) args: ProposalListArgs,
    @Ctx() context: AdministrationContext,
  ): Promise<InstanceType<typeof ProposalConnection>> {
    callerFor('Query.proposals', context);
    const { dataSource } = context.administration;
    const statuses = [...new Set(args.status ?? [])].sort();
    const list = fingerprint(JSON.stringify(['proposals', statuses]));
    const bounds = forwardBounds(args, list);
    const behind = bounds.after ? Number(bounds.after.key) : null;
    const read = await listProposals(dataSource, statuses, behind, bounds.size + 1);
    return new ProposalConnection(
      forwardPage(
        read,
        bounds,
        ({ code }) => ({ list, revision: 0, key: code }),
        () => countProposals(dataSource, statuses),
      ),
    );
  }

  @Mutation(() => ProposalPayload, {
    description:
      'Proposes a change of modes, to be reviewed twice. For editors, in their domains, and administrators.',
  })
  async proposeClassification(
    @Arg('input', () => ClassifyItemsInput, { description: 'What to change, and why.' })
    input: ClassifyItemsInput,
    @Arg('effectiveOn', () => dateScalar, {
      nullable: true,
      description: 'Not before this day, in Asia/Shanghai; at once when approved without it.',
    })
    effectiveOn: string | null | undefined,
    @Ctx() context: AdministrationContext,
  ): Promise<ProposalPayload> {
    const caller = callerFor('Mutation.proposeClassification', context);
    const mistakes = itemsMistakes(input);
    if (mistakes.length > 0) return { proposal: null, userErrors: mistakes };
    const { proposals } = context.administration;
    const { proposal, mistakes: found } = await proposals.propose(
      caller,
      requestOf(input, context),
      effectiveOn ?? null,
    );
    return { proposal, userErrors: inputMistakes(input, found) };
  }

  @Mutation(() => ProposalPayload, {
    description:
      'Reviews a proposal: first a reviewer of its domains, then a legal reviewer, each another person than its author and than the other. The second agreement puts it into force, or on its day.',
  })
  async reviewProposal(
    @Arg('input', () => ReviewProposalInput, { description: 'The proposal and the verdict.' })
    input: ReviewProposalInput,
    @Ctx() context: AdministrationContext,
  ): Promise<ProposalPayload> {
    const caller = callerFor('Mutation.reviewProposal', context);
    return payload(input.id, context, (number) =>
      context.administration.proposals.review(caller, number, input),
    );
  }

  @Mutation(() => ProposalPayload, { description: 'Takes a proposal back: its author, or an administrator.' })
  async withdrawProposal(
    @Arg('id', () => ID, { description: "The proposal's id." }) id: string,
    @Ctx() context: AdministrationContext,
  ): Promise<ProposalPayload> {
    const caller = callerFor('Mutation.withdrawProposal', context);
    return payload(id, context, (number) => context.administration.proposals.withdraw(caller, number));
  }

  @FieldResolver(() => [ServiceItem], { description: 'The items that it is about, in order of code.' })
  async items(
    @Root() { itemCodes }: Proposal,
    @Ctx() { findItem }: AdministrationContext,
  ): Promise<ServiceItem[]> {
    const items = await Promise.all(itemCodes.map((code) => findItem(code)));
    return items.filter((item) => item !== null);
  }

  @FieldResolver(() => WarningLevelEnum, {
    nullable: true,
    description: '预警: the colour for a proposal that has waited long for its next review; null otherwise.',
  })
  warning(@Root() proposal: Proposal, @Ctx() { administration }: AdministrationContext): WarningLevel | null {
    if (proposal.status !== 'PROPOSED' && proposal.status !== 'REVIEWED') return null;
    const { warningDays, calendar, now } = administration;
    return warningFor(proposal.waitingSince, now(), warningDays, calendar);
  }
}

async function payload(
  id: string,
  context: AdministrationContext,
  step: (number: number) => Promise<ProposalResult>,
): Promise<ProposalPayload> {
  const key = decodeNodeId(id);
  if (key?.type !== Proposal.name || !/^\d{1,9}$/.test(key.code)) {
    return { proposal: null, userErrors: [mistake('NOT_FOUND', '没有这个建议', ['id'])] };
  }
  const { proposal, mistakes } = await step(Number(key.code));
  context.repin();
  return { proposal, userErrors: [...mistakes] };
}
