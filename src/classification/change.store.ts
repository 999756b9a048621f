/** Writes and reads which modes changed when: the history of items, and the audit of all. */
import type { DataSource, EntityManager } from 'typeorm';
import type { HandlingMode } from '../catalog/item-enums';
import { setMembers } from '../catalog/item-row';
import { ClassificationChange } from './classification-change';

/** The modes of one item before and after a revision. */
export interface ModeChange {
  readonly itemCode: string;
  readonly before: readonly HandlingMode[];
  readonly after: readonly HandlingMode[];
}

/** Which changes are wanted. */
export interface ChangeFilter {
  readonly item?: string;
  readonly actor?: string;
  readonly revision?: number;
}

/** A place in the list of changes, newest first: behind this revision and item. */
export interface ChangePlace {
  readonly revision: number;
  readonly itemCode: string;
}

interface ChangeRow {
  revision: number;
  itemCode: string;
  added: string;
  removed: string;
  proposalId: number | null;
  at: Date;
  reason: string;
  by: string;
}

const rowsPerStatement = 1_000;

/** Notes the changes of a revision that is in the log already. */
export async function insertChanges(
  manager: EntityManager,
  revision: number,
  changes: readonly ModeChange[],
  proposalId: number | null,
): Promise<void> {
  const rows = changes.map(({ itemCode, before, after }) => [
    revision,
    itemCode,
    after.filter((mode) => !before.includes(mode)).join(','),
    before.filter((mode) => !after.includes(mode)).join(','),
    proposalId,
  ]);
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    await manager.query(
      'INSERT INTO classification_change (revision, item_code, added, removed, proposal_id) VALUES ?',
      [rows.slice(from, from + rowsPerStatement)],
    );
  }
}

/** At most `limit` changes, newest first. */
export async function readClassificationChanges(
  dataSource: DataSource,
  filter: ChangeFilter,
  after: ChangePlace | null,
  limit: number,
): Promise<ClassificationChange[]> {
  const { condition, values } = where(filter);
  const behind = after ? ' AND (c.revision < ? OR (c.revision = ? AND c.item_code > ?))' : '';
  const rows = await dataSource.query<ChangeRow[]>(
    `SELECT c.revision, c.item_code AS itemCode, c.added, c.removed, c.proposal_id AS proposalId, r.at, r.reason, r.actor AS \`by\`
     FROM classification_change c JOIN catalog_revision r ON r.revision = c.revision
     WHERE ${condition}${behind} ORDER BY c.revision DESC, c.item_code LIMIT ?`,
    [...values, ...(after ? [after.revision, after.revision, after.itemCode] : []), limit],
  );
  return rows.map((row) =>
    Object.assign(new ClassificationChange(), row, {
      added: setMembers<HandlingMode>(row.added),
      removed: setMembers<HandlingMode>(row.removed),
    }),
  );
}

/** How many changes there are. */
export async function countClassificationChanges(
  dataSource: DataSource,
  filter: ChangeFilter,
): Promise<number> {
  const { condition, values } = where(filter);
  const [row] = await dataSource.query<{ n: string }[]>(
    `SELECT COUNT(*) AS n FROM classification_change c JOIN catalog_revision r ON r.revision = c.revision WHERE ${condition}`,
    values,
  );
  return Number(row?.n ?? 0);
}

function where({ item, actor, revision }: ChangeFilter): { condition: string; values: unknown[] } {
  const conditions: [string, unknown][] = [];
  if (item !== undefined) conditions.push(['c.item_code = ?', item]);
  if (actor !== undefined) conditions.push(['r.actor = ?', actor]);
  if (revision !== undefined) conditions.push(['c.revision = ?', revision]);
  return {
    condition: conditions.map(([text]) => text).join(' AND ') || 'TRUE',
    values: conditions.map(([, value]) => value),
  };
}
