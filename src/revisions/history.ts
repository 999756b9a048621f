/** Reads the log: what came after a revision, and how things stood at one. */
import type { DataSource, EntityManager } from 'typeorm';
import type { LogEntry } from './hash';
import type { Change } from './log';
import type { RecordKind } from './revision';
import { readJson } from '../database/json-column';

/** Where the catalog stands. */
export interface CatalogHead {
  readonly revision: number;
  readonly updatedAt: Date;
  readonly notice: string | null;
}

interface ChangeRow {
  revision: number;
  kind: RecordKind;
  code: string;
  before: unknown;
  after: unknown;
}

/** The last committed revision, as this reader may see it. */
export async function readHead(manager: DataSource | EntityManager): Promise<CatalogHead> {
  const [head] = await manager.query<CatalogHead[]>(
    'SELECT revision, updated_at AS updatedAt, notice FROM catalog_state WHERE id = 1',
  );
  if (!head) throw new Error('catalog_state has no row');
  return head;
}

/** All that happened after revision `after` up to revision `to`, in order; at most `limit` changes. */
export async function readChanges(
  dataSource: DataSource,
  after: number,
  to: number,
  limit: number,
): Promise<Change[]> {
  const rows = await dataSource.query<ChangeRow[]>(
    'SELECT revision, kind, code, `before`, `after` FROM catalog_change WHERE revision > ? AND revision <= ? ORDER BY revision LIMIT ?',
    [after, to, limit],
  );
  return rows.map(toChange);
}

/** The entries of the log after one revision up to another, whole and in order. */
export async function readChangesByRevision(
  dataSource: DataSource,
  after: number,
  to: number,
): Promise<(LogEntry & { readonly hash: string })[]> {
  const entries = await dataSource.query<Omit<LogEntry & { hash: string }, 'changes'>[]>(
    'SELECT revision, at, actor, reason, hash FROM catalog_revision WHERE revision > ? AND revision <= ? ORDER BY revision',
    [after, to],
  );
  const rows = await dataSource.query<ChangeRow[]>(
    'SELECT revision, kind, code, `before`, `after` FROM catalog_change WHERE revision > ? AND revision <= ?',
    [after, to],
  );
  const changes = new Map<number, Change[]>();
  for (const row of rows) {
    const list = changes.get(row.revision);
    if (list) list.push(toChange(row));
    else changes.set(row.revision, [toChange(row)]);
  }
  return entries.map((entry) => ({ ...entry, changes: changes.get(entry.revision) ?? [] }));
}

/** The last revision that was committed at a moment or before; 0 if there was none. */
export async function revisionAt(dataSource: DataSource, moment: Date): Promise<number> {
  const [row] = await dataSource.query<{ revision: number | null }[]>(
    'SELECT MAX(revision) AS revision FROM catalog_revision WHERE at <= ?',
    [moment],
  );
  return row?.revision ?? 0;
}

/** How everything stood at a revision: the state that the last change up to it gave each thing. */
export async function readLatestStates(
  dataSource: DataSource,
  revision: number,
): Promise<Pick<Change, 'kind' | 'code' | 'after'>[]> {
  const rows = await dataSource.query<ChangeRow[]>(
    `SELECT c.kind, c.code, c.\`after\` FROM catalog_change c JOIN
     (SELECT kind, code, MAX(revision) AS revision FROM catalog_change WHERE revision <= ? GROUP BY kind, code) latest
     ON latest.kind = c.kind AND latest.code = c.code AND latest.revision = c.revision`,
    [revision],
  );
  return rows.map(({ kind, code, after }) => ({ kind, code, after: readJson(after) as object | null }));
}

/** Tells apart the states of one thing and of another, for {@link readStates}. */
export function stateKey({ code, revision }: { code: string; revision: number }): string {
  return `${code}@${revision}`;
}

/** The states that revisions gave to things of one kind, by {@link stateKey}. */
export async function readStates(
  dataSource: DataSource,
  kind: RecordKind,
  wanted: readonly { code: string; revision: number }[],
): Promise<Map<string, object>> {
  const rows = await dataSource.query<ChangeRow[]>(
    `SELECT code, revision, \`after\` FROM catalog_change WHERE kind = ? AND (code, revision) IN (${wanted.map(() => '(?, ?)').join(', ')})`,
    [kind, ...wanted.flatMap(({ code, revision }) => [code, revision])],
  );
  return new Map(
    rows.flatMap((row) => (row.after === null ? [] : [[stateKey(row), readJson(row.after) as object]])),
  );
}

function toChange({ kind, code, before, after }: ChangeRow): Change {
  return { kind, code, before: readJson(before) as object | null, after: readJson(after) as object | null };
}
