/**
 * The only way to change the catalog. One transaction locks the catalog's one-row state, takes the next revision,
 * lets the caller change rows, appends what changed to the log, and commits. Hence revisions have no gaps, and
 * whoever has seen revision n has seen everything up to n.
 */
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction';
import { invariant } from '../lib/errors';
import { firstHash, revisionHash } from './hash';
import type { RecordKind } from './revision';

/** Who changes the catalog, and why. */
export interface Origin {
  readonly actor: string;
  readonly reason: string;
}

/** One thing's state before and after, null where it was not there; states are plain JSON objects. */
export interface Change {
  readonly kind: RecordKind;
  readonly code: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** A revision that is being written. */
export interface OpenRevision {
  readonly revision: number;
  /** The moment of the revision; never before that of an earlier revision. */
  readonly at: Date;
  /** The transaction's own manager. */
  readonly manager: EntityManager;
  /** Appends to the log. Every changed row is recorded in the same revision, once. */
  record(change: Change): void;
  /** Runs when the revision is in the log, still within its transaction: for rows that refer to it. */
  afterwards(work: () => Promise<void>): void;
  /** Sets what a reader must know of the data as a whole. */
  setNotice(notice: string | null): void;
}

export interface Committed<T> {
  /** The new revision, or null if nothing was recorded, in which case nothing was changed. */
  readonly revision: number | null;
  readonly result: T;
}

const changesPerStatement = 500;

/** The writes of this process wait here for one another, rather than in the database, each with a connection. */
const queues = new WeakMap<DataSource, Promise<unknown>>();

/** Writes one revision. If `work` throws, nothing has happened; a deadlock runs `work` again from the start. */
export async function commitRevision<T>(
  dataSource: DataSource,
  origin: Origin,
  work: (open: OpenRevision) => Promise<T>,
): Promise<Committed<T>> {
  const before = queues.get(dataSource) ?? Promise.resolve();
  const own = before.then(() => inTransaction(dataSource, (manager) => writeRevision(manager, origin, work)));
  queues.set(
    dataSource,
    own.catch(() => undefined),
  );
  return own;
}

async function writeRevision<T>(
  manager: EntityManager,
  origin: Origin,
  work: (open: OpenRevision) => Promise<T>,
): Promise<Committed<T>> {
  const [state] = await manager.query<{ revision: number; updatedAt: Date; notice: string | null }[]>(
    'SELECT revision, updated_at AS updatedAt, notice FROM catalog_state WHERE id = 1 FOR UPDATE',
  );
  invariant(state, 'the catalog state has its row since the first migration');
  const revision = state.revision + 1;
  const at = new Date(Math.max(Date.now(), state.updatedAt.getTime()));
  const changes: Change[] = [];
  const referring: (() => Promise<void>)[] = [];
  let notice = state.notice;
  const result = await work({
    revision,
    at,
    manager,
    record: (change) => void changes.push(change),
    afterwards: (later) => void referring.push(later),
    setNotice: (text) => void (notice = text),
  });
  if (changes.length === 0) return { revision: null, result };
  const hash = revisionHash(await lastHash(manager, state.revision), { revision, at, ...origin, changes });
  await manager.query(
    'INSERT INTO catalog_revision (revision, at, actor, reason, hash) VALUES (?, ?, ?, ?, ?)',
    [revision, at, origin.actor, origin.reason, hash],
  );
  await appendChanges(manager, revision, changes);
  for (const later of referring) await later();
  await manager.query('UPDATE catalog_state SET revision = ?, updated_at = ?, notice = ? WHERE id = 1', [
    revision,
    at,
    notice,
  ]);
  return { revision, result };
}

async function lastHash(manager: EntityManager, revision: number): Promise<string> {
  const rows = await manager.query<{ hash: string }[]>(
    'SELECT hash FROM catalog_revision WHERE revision = ?',
    [revision],
  );
  return rows[0]?.hash ?? firstHash;
}

async function appendChanges(manager: EntityManager, revision: number, changes: Change[]): Promise<void> {
  const json = (state: object | null) => (state === null ? null : JSON.stringify(state));
  for (let from = 0; from < changes.length; from += changesPerStatement) {
    const batch = changes.slice(from, from + changesPerStatement);
    await manager.query(
      `INSERT INTO catalog_change (revision, kind, code, \`before\`, \`after\`) VALUES ${batch.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
      batch.flatMap(({ kind, code, before, after }) => [revision, kind, code, json(before), json(after)]),
    );
  }
}
