/**
 * 双审制: propose, review, review again, apply. Three different persons; each step under the proposal's lock, so that
 * two who act at the same moment cannot both succeed; applied exactly once, by whichever node sees its day come.
 */
import type { DataSource } from 'typeorm';
import type { Caller, Role } from '../access/caller';
import { mayPerform } from '../access/policy';
import { inTransaction, readConsistently } from '../database/transaction';
import { dateInShanghai } from '../lib/calendar-date';
import type { Logger } from '../lib/log';
import type { UserError } from '../lib/user-error';
import { commitRevision } from '../revisions/log';
import {
  applyClassification,
  asMistakes,
  type ClassificationRequest,
  readPlan,
  rightOf,
} from './classification.service';
import type { Proposal, ProposalStatus } from './proposal';
import { insertProposal, insertReview, lockProposal, readProposal, readProposals } from './proposal.store';
import { mistake, MistakesError } from './mistakes';

export interface ProposalResult {
  /** The proposal after the step; null with any mistake. */
  readonly proposal: Proposal | null;
  readonly mistakes: readonly UserError[];
}

export interface ProposalSettings {
  readonly dataSource: DataSource;
  /** Brings this node's readers to what was just committed. */
  readonly committed: () => Promise<void>;
  readonly now: () => Date;
  readonly log: Logger;
}

/** What a reviewer says. */
export interface Verdict {
  readonly approve: boolean;
  readonly comment: string;
}

export class ProposalService {
  constructor(private readonly settings: ProposalSettings) {}

  /** Proposes a change; it must hold now, and change something. */
  async propose(
    caller: Caller,
    request: ClassificationRequest,
    effectiveOn: string | null,
  ): Promise<ProposalResult> {
    const { dataSource, now } = this.settings;
    const items = await request.items();
    const plan = await readConsistently(dataSource, (manager) =>
      readPlan(manager, { ...request, items }, rightOf(caller, 'Mutation.proposeClassification')),
    );
    const mistakes = [...plan.mistakes];
    if (mistakes.length === 0 && plan.writes.length === 0) {
      mistakes.push(mistake('INVALID', '所有事项已是所要求的状态，没有变化', ['items']));
    }
    if (effectiveOn !== null && effectiveOn < dateInShanghai(now())) {
      mistakes.push(mistake('INVALID', `生效日期${effectiveOn}已过`, ['effectiveOn']));
    }
    if (mistakes.length > 0) return { proposal: null, mistakes };
    const number = await inTransaction(dataSource, (manager) =>
      insertProposal(manager, {
        reason: request.reason.trim(),
        add: [...request.add],
        remove: [...request.remove],
        set: request.set,
        effectiveOn,
        proposerId: caller.id,
        proposedBy: caller.name,
        proposedAt: now(),
        itemCodes: items.map(({ code }) => code),
      }),
    );
    return this.present(number);
  }

  /** One review: the department's if the proposal is new, the justice bureau's if the department agreed. */
  async review(caller: Caller, number: number, verdict: Verdict): Promise<ProposalResult> {
    const domains = await this.domainsOf(number);
    return this.step(number, async (proposal, manager) => {
      const mistakes = reviewMistakes(caller, proposal, domains, verdict);
      if (mistakes.length > 0) return mistakes;
      const first = proposal.status === 'PROPOSED';
      const agreed: ProposalStatus = first ? 'REVIEWED' : 'APPROVED';
      const role: Role = first ? 'REVIEWER' : 'LEGAL_REVIEWER';
      const review = {
        reviewerId: caller.id,
        by: caller.name,
        role,
        at: this.settings.now(),
        approved: verdict.approve,
        comment: verdict.comment.trim(),
      };
      await insertReview(manager, proposal, review, verdict.approve ? agreed : 'REJECTED');
      return [];
    });
  }

  /** Takes a proposal back: its author, or an administrator. */
  async withdraw(caller: Caller, number: number): Promise<ProposalResult> {
    return this.step(number, async (proposal, manager) => {
      if (proposal.proposerId !== caller.id && !caller.roles.includes('ADMINISTRATOR')) {
        return [mistake('FORBIDDEN', '只有提出人或管理员可以撤回', ['id'])];
      }
      if (proposal.appliedRevision !== null || ['REJECTED', 'WITHDRAWN'].includes(proposal.status)) {
        return [mistake('CONFLICT', '该建议已生效、已驳回或已撤回', ['id'])];
      }
      await manager.query("UPDATE proposal SET status = 'WITHDRAWN' WHERE id = ?", [number]);
      return [];
    });
  }

  /** Puts into force every approved proposal whose day has come; safe to call on every node at any time. */
  async applyDue(): Promise<void> {
    const { dataSource, now } = this.settings;
    const due = await dataSource.query<{ id: number }[]>(
      "SELECT id FROM proposal WHERE status = 'APPROVED' AND applied_revision IS NULL AND (effective_on IS NULL OR effective_on <= ?) ORDER BY id",
      [dateInShanghai(now())],
    );
    for (const { id } of due) await this.apply(id);
  }

  /** Runs one step under the proposal's lock; what it answers are mistakes, and with any nothing is kept. */
  private async step(
    number: number,
    work: (proposal: Proposal, manager: Parameters<typeof lockProposal>[0]) => Promise<readonly UserError[]>,
  ): Promise<ProposalResult> {
    const mistakes = await inTransaction(this.settings.dataSource, async (manager) => {
      const proposal = await lockProposal(manager, number);
      return proposal ? work(proposal, manager) : [mistake('NOT_FOUND', '没有这个建议', ['id'])];
    });
    if (mistakes.length > 0) return { proposal: null, mistakes };
    await this.applyDue();
    return this.present(number);
  }

  /** Puts one proposal into force, if it still is approved and not in force, and still holds. */
  private async apply(number: number): Promise<void> {
    const { dataSource, committed, log } = this.settings;
    const known = await readProposal(dataSource, number);
    if (!known) return;
    try {
      await commitRevision(dataSource, { actor: known.proposedBy, reason: known.reason }, async (open) => {
        const proposal = await lockProposal(open.manager, number);
        if (proposal?.status !== 'APPROVED' || proposal.appliedRevision !== null) return;
        const items = async () => proposal.itemCodes.map((code) => ({ code, version: null }));
        const { add, remove, set, reason } = proposal;
        open.afterwards(async () => {
          await open.manager.query('UPDATE proposal SET applied_revision = ? WHERE id = ?', [
            open.revision,
            number,
          ]);
        });
        // Its author had the right when it was proposed, and two reviewers agreed.
        const writes = await applyClassification(
          open,
          { items, add, remove, set, reason },
          () => true,
          number,
        );
        if (writes === 0) throw new MistakesError([mistake('CONFLICT', '事项已是所要求的状态', [])]);
      });
    } catch (error) {
      const because = asMistakes(error).message.slice(0, 2_000);
      await dataSource.query(
        "UPDATE proposal SET status = 'REJECTED', not_applied_because = ? WHERE id = ? AND status = 'APPROVED' AND applied_revision IS NULL",
        [because, number],
      );
      log.warn({ proposal: number, because }, 'an approved proposal no longer held and was not applied');
      return;
    }
    await committed();
  }

  private async present(number: number): Promise<ProposalResult> {
    return { proposal: await readProposal(this.settings.dataSource, number), mistakes: [] };
  }

  /** The domains of a proposal's items. */
  private async domainsOf(number: number): Promise<string[]> {
    const rows = await this.settings.dataSource.query<{ domain: string }[]>(
      `SELECT DISTINCT w.domain_code AS domain FROM proposal_item p
       JOIN service_item i ON i.code = p.item_code JOIN service_window w ON w.code = i.window_code WHERE p.proposal_id = ?`,
      [number],
    );
    return rows.map(({ domain }) => domain);
  }
}

/** How many proposals there are of some statuses, or of all. */
export async function countProposals(
  dataSource: DataSource,
  statuses: readonly ProposalStatus[],
): Promise<number> {
  const [row] = await dataSource.query<{ n: string }[]>(
    `SELECT COUNT(*) AS n FROM proposal WHERE ${statuses.length > 0 ? 'status IN (?)' : 'TRUE'}`,
    statuses.length > 0 ? [statuses] : [],
  );
  return Number(row?.n ?? 0);
}

/** A page of proposals, newest first, behind one of them. */
export async function listProposals(
  dataSource: DataSource,
  statuses: readonly ProposalStatus[],
  behind: number | null,
  limit: number,
): Promise<Proposal[]> {
  const conditions = [
    statuses.length > 0 ? 'p.status IN (?)' : 'TRUE',
    behind === null ? 'TRUE' : 'p.id < ?',
  ];
  const values = [...(statuses.length > 0 ? [statuses] : []), ...(behind === null ? [] : [behind])];
  return readProposals(dataSource, conditions.join(' AND '), values, limit);
}

function reviewMistakes(
  caller: Caller,
  proposal: Proposal,
  domains: readonly string[],
  { approve, comment }: Verdict,
): UserError[] {
  const role: Role | null =
    proposal.status === 'PROPOSED' ? 'REVIEWER' : proposal.status === 'REVIEWED' ? 'LEGAL_REVIEWER' : null;
  if (!role) return [mistake('CONFLICT', '该建议不在待审核状态', ['id'])];
  const mistakes: UserError[] = [];
  const forbidden = (message: string) => mistakes.push(mistake('FORBIDDEN', message, ['id']));
  const acting: Caller = { ...caller, roles: caller.roles.filter((own) => own === role) };
  const everywhere = domains.every((domain) => mayPerform('Mutation.reviewProposal', acting, domain));
  if (acting.roles.length === 0 || !everywhere) {
    forbidden(role === 'REVIEWER' ? '此步须由该领域的部门审核人审核' : '此步须由司法局审核人审核');
  }
  if (caller.id === proposal.proposerId) forbidden('提出人不能审核自己的建议');
  if (proposal.reviews.some(({ reviewerId }) => reviewerId === caller.id)) forbidden('同一人不能审核两次');
  const length = [...comment.trim()].length;
  if (length > 500) mistakes.push(mistake('INVALID', '审核意见不得超过500个字', ['comment']));
  if (!approve && length < 4) mistakes.push(mistake('INVALID', '驳回须写明理由，至少4个字', ['comment']));
  return mistakes;
}
