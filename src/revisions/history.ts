/** Reads the log: what came after a revision, and how things stood at one. */
import type { DataSource, EntityManager } from 'typeorm';
import type { Change } from './log';
import type { RecordKind } from './revision';

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
    rows.flatMap((row) => (row.after === null ? [] : [[stateKey(row), parse(row.after) as object]])),
  );
}

function toChange({ kind, code, before, after }: ChangeRow): Change {
  return { kind, code, before: parse(before), after: parse(after) };
}

/** MariaDB's driver gives JSON as text, MySQL's as values. */
function parse(json: unknown): object | null {
  return (typeof json === 'string' ? JSON.parse(json) : json) as object | null;
}
