/** Reads and writes proposals; whoever changes one locks its row first. */
import type { DataSource, EntityManager } from 'typeorm';
import type { Role } from '../access/caller';
import { setMembers } from '../catalog/item-row';
import type { HandlingMode } from '../catalog/item-enums';
import { Proposal, ProposalReview, type ProposalStatus } from './proposal';
import { readJson } from '../database/json-column';

interface ProposalRow {
  number: number;
  status: ProposalStatus;
  reason: string;
  add: string;
  remove: string;
  fields: unknown;
  effectiveOn: string | null;
  proposerId: string;
  proposedBy: string;
  proposedAt: Date;
  waitingSince: Date;
  appliedRevision: number | null;
  notAppliedBecause: string | null;
}

interface ReviewRow {
  proposalId: number;
  ordinal: number;
  reviewerId: string;
  by: string;
  role: Role;
  at: Date;
  approved: number;
  comment: string;
}

type Reader = DataSource | EntityManager;

const columns = `p.id AS number, p.status, p.reason, p.add_modes AS \`add\`, p.remove_modes AS \`remove\`, p.fields,
  DATE_FORMAT(p.effective_on, '%Y-%m-%d') AS effectiveOn, p.proposer_id AS proposerId, p.proposed_by AS proposedBy,
  p.proposed_at AS proposedAt, p.waiting_since AS waitingSince, p.applied_revision AS appliedRevision,
  p.not_applied_because AS notAppliedBecause`;

/** A proposal as it is made. */
export type NewProposal = Pick<
  Proposal,
  | 'reason'
  | 'add'
  | 'remove'
  | 'set'
  | 'effectiveOn'
  | 'proposerId'
  | 'proposedBy'
  | 'proposedAt'
  | 'itemCodes'
>;

/** Stores a new proposal; returns its number. */
export async function insertProposal(manager: EntityManager, proposal: NewProposal): Promise<number> {
  const { insertId } = await manager.query<{ insertId: number }>(
    `INSERT INTO proposal (status, reason, add_modes, remove_modes, fields, effective_on, proposer_id, proposed_by, proposed_at, waiting_since)
     VALUES ('PROPOSED', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      proposal.reason,
      proposal.add.join(','),
      proposal.remove.join(','),
      JSON.stringify(proposal.set),
      proposal.effectiveOn,
      proposal.proposerId,
      proposal.proposedBy,
      proposal.proposedAt,
      proposal.proposedAt,
    ],
  );
  await manager.query('INSERT INTO proposal_item (proposal_id, item_code) VALUES ?', [
    proposal.itemCodes.map((code) => [insertId, code]),
  ]);
  return insertId;
}

/** Some proposals, whole, newest first. */
export async function readProposals(
  reader: Reader,
  condition: string,
  values: readonly unknown[],
  limit: number,
): Promise<Proposal[]> {
  const rows = await reader.query<ProposalRow[]>(
    `SELECT ${columns} FROM proposal p WHERE ${condition} ORDER BY p.id DESC LIMIT ?`,
    [...values, limit],
  );
  if (rows.length === 0) return [];
  const numbers = rows.map(({ number }) => number);
  const items = await reader.query<{ proposalId: number; code: string }[]>(
    'SELECT proposal_id AS proposalId, item_code AS code FROM proposal_item WHERE proposal_id IN (?) ORDER BY item_code',
    [numbers],
  );
  const reviews = await reader.query<ReviewRow[]>(
    'SELECT proposal_id AS proposalId, ordinal, reviewer_id AS reviewerId, reviewed_by AS `by`, role, at, approved, comment FROM proposal_review WHERE proposal_id IN (?) ORDER BY ordinal',
    [numbers],
  );
  return rows.map(({ fields, ...row }) =>
    Object.assign(new Proposal(), row, {
      add: setMembers<HandlingMode>(row.add),
      remove: setMembers<HandlingMode>(row.remove),
      set: readJson(fields) as Proposal['set'],
      itemCodes: items.filter(({ proposalId }) => proposalId === row.number).map(({ code }) => code),
      reviews: reviews
        .filter(({ proposalId }) => proposalId === row.number)
        .map((review) => Object.assign(new ProposalReview(), review, { approved: review.approved === 1 })),
    }),
  );
}

/** One proposal, or null. */
export async function readProposal(reader: Reader, number: number): Promise<Proposal | null> {
  const [proposal] = await readProposals(reader, 'p.id = ?', [number], 1);
  return proposal ?? null;
}

/** Some proposals in the order asked; null where there is none. */
export async function readProposalsByNumber(
  reader: Reader,
  numbers: readonly number[],
): Promise<(Proposal | null)[]> {
  const found = await readProposals(reader, 'p.id IN (?)', [numbers], numbers.length);
  const byNumber = new Map(found.map((proposal) => [proposal.number, proposal]));
  return numbers.map((number) => byNumber.get(number) ?? null);
}

/** One proposal that nobody else can change until the transaction ends, or null. */
export async function lockProposal(manager: EntityManager, number: number): Promise<Proposal | null> {
  await manager.query('SELECT id FROM proposal WHERE id = ? FOR UPDATE', [number]);
  return readProposal(manager, number);
}

/** Notes a review, and what it makes of the proposal. */
export async function insertReview(
  manager: EntityManager,
  proposal: Proposal,
  review: Pick<ProposalReview, 'reviewerId' | 'by' | 'role' | 'at' | 'approved' | 'comment'>,
  status: ProposalStatus,
): Promise<void> {
  const { reviewerId, by, role, at, approved, comment } = review;
  await manager.query(
    'INSERT INTO proposal_review (proposal_id, ordinal, reviewer_id, reviewed_by, role, at, approved, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [proposal.number, proposal.reviews.length + 1, reviewerId, by, role, at, approved ? 1 : 0, comment],
  );
  await manager.query('UPDATE proposal SET status = ?, waiting_since = ? WHERE id = ?', [
    status,
    at,
    proposal.number,
  ]);
}
