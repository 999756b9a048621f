/**
 * Reads and writes whole items within a transaction. A write carries the version that its author saw; another one
 * stored refuses the whole revision, and the affected-row count of a conditional UPDATE decides, not an earlier read.
 */
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { OpenRevision } from '../revisions/log';
import { emptyGuide, guideOf, isEmptyGuide, type ItemGuide } from './guide';
import { guideColumns, guideFromRow, type GuideRow, guideValues } from './item-guide';
import { type ItemRow, itemRowColumns, setMembers } from './item-row';
import { canonical, type ItemDraft, type ItemState, saysTheSame } from './item-state';

/** One item to be written: version null makes a new one. */
export interface ItemWrite {
  readonly draft: ItemDraft;
  readonly version: number | null;
}

/** Why a write was refused; `index` is its place in the list of writes. */
export interface WriteConflict {
  readonly index: number;
  readonly reason: 'STALE_VERSION' | 'NOT_FOUND' | 'ALREADY_THERE';
  /** The version that is stored, if any. */
  readonly current: number | null;
}

/** At least one write met another state than its author saw; nothing was written. */
export class WriteConflictError extends Error {
  constructor(readonly conflicts: readonly WriteConflict[]) {
    super(conflicts.map(({ index, reason }) => `write ${index}: ${reason}`).join('; '));
  }
}

const rowsPerStatement = 500;
/** Fewer, for each is a SELECT of its own in the statement. */
const rowsPerUpdate = 100;

/** The stored states of some items, or of all, by code. */
export async function readItemStates(
  manager: EntityManager,
  codes: readonly string[] | 'all',
): Promise<Map<string, ItemState>> {
  const states = new Map<string, ItemState>();
  for (const batch of codes === 'all' ? [null] : batches(codes)) {
    const where = (column: string) => (batch ? ` WHERE ${column} IN (?)` : '');
    const values = batch ? [batch] : [];
    const rows = await manager.query<ItemRow[]>(
      `SELECT ${itemRowColumns} FROM service_item i${where('i.code')}`,
      values,
    );
    const placesOf = await readPlaces(manager, batch ?? 'all');
    const guides = new Map<string, ItemGuide>();
    for (const { item, ...row } of await manager.query<({ item: string } & GuideRow)[]>(
      `SELECT g.item_code AS item, ${guideColumns} FROM service_item_guide g${where('g.item_code')}`,
      values,
    )) {
      guides.set(item, guideFromRow(row));
    }
    for (const row of rows) {
      states.set(row.code, stateFromRow(row, placesOf(row.code), guides.get(row.code) ?? emptyGuide));
    }
  }
  return states;
}

/** An item that was written; `before` is null for a new one. */
export interface StoredWrite {
  readonly before: ItemState | null;
  readonly after: ItemState;
}

/** Where an item can be handled other than at its window. */
export type ItemPlaces = Pick<ItemState, 'outlets' | 'kiosks'>;

/** The outlets and kiosks of some items, or of all, ascending, by the item's code. */
export async function readPlaces(
  manager: EntityManager,
  codes: readonly string[] | 'all',
): Promise<(code: string) => ItemPlaces> {
  const [where, values] = codes === 'all' ? ['', []] : [' WHERE item_code IN (?)', [codes]];
  const links = async (kind: 'outlet' | 'kiosk') =>
    groupByItem(
      await manager.query(
        `SELECT item_code AS item, ${kind}_code AS place FROM service_item_${kind}${where} ORDER BY item_code, ${kind}_code`,
        values,
      ),
    );
  const outlets = await links('outlet');
  const kiosks = await links('kiosk');
  return (code) => ({ outlets: outlets.get(code) ?? [], kiosks: kiosks.get(code) ?? [] });
}

/**
 * Writes items in an open revision; what says nothing new is left alone. Returns what changed.
 * Throws a WriteConflictError, which must end the transaction, if any version is not the stored one.
 */
export async function storeItems(open: OpenRevision, writes: readonly ItemWrite[]): Promise<StoredWrite[]> {
  const before = await readItemStates(
    open.manager,
    writes.map(({ draft }) => draft.code),
  );
  const conflicts: WriteConflict[] = [];
  const created: ItemState[] = [];
  const changed: ItemChange[] = [];
  for (const [index, { draft, version }] of writes.entries()) {
    const stored = before.get(draft.code);
    const refuse = (reason: WriteConflict['reason']) =>
      conflicts.push({ index, reason, current: stored?.version ?? null });
    if (!stored && version !== null) refuse('NOT_FOUND');
    else if (stored && version === null) refuse('ALREADY_THERE');
    else if (stored && version !== stored.version) refuse('STALE_VERSION');
    else if (!stored) created.push(nextState(canonical(draft), null, open));
    else if (!saysTheSame(canonical(draft), stored)) {
      changed.push({ before: stored, after: nextState(canonical(draft), stored, open), index });
    }
  }
  if (conflicts.length > 0) throw new WriteConflictError(conflicts);
  // First the changes, which may give up names that new items take.
  await updateItems(open.manager, changed);
  await insertItems(open.manager, created);
  const written = [...created.map((after) => ({ before: null, after })), ...changed];
  for (const { before: stored, after } of written) {
    open.record({ kind: 'item', code: after.code, before: stored, after });
  }
  return written.map(({ before: stored, after }) => ({ before: stored, after }));
}

function nextState(draft: ItemDraft, stored: ItemState | null, open: OpenRevision): ItemState {
  return {
    ...draft,
    version: (stored?.version ?? 0) + 1,
    revision: open.revision,
    updatedAt: open.at.toISOString(),
  };
}

const columns = [
  'name',
  'summary',
  'kind',
  'status',
  'audiences',
  'window_code',
  'department_code',
  'modes',
  'version',
  'revision',
  'updated_at',
  'legal_working_days',
  'promised_working_days',
  'on_site_visits',
  'fee',
  'online_url',
];

function columnValues(state: ItemState): unknown[] {
  return [
    state.name,
    state.summary,
    state.kind,
    state.status,
    state.audiences.join(','),
    state.window,
    state.department,
    state.modes.join(','),
    state.version,
    state.revision,
    new Date(state.updatedAt),
    state.legalWorkingDays,
    state.promisedWorkingDays,
    state.onSiteVisits,
    state.fee,
    state.onlineUrl,
  ];
}

async function insertItems(manager: EntityManager, states: readonly ItemState[]): Promise<void> {
  await insertRows(
    manager,
    `service_item (code, ${columns.join(', ')})`,
    states.map((state) => [state.code, ...columnValues(state)]),
  );
  await insertPlaces(manager, states);
  await insertGuides(manager, states);
}

/** A stored item, what it becomes, and the place of the write that says so. */
interface ItemChange {
  readonly before: ItemState;
  readonly after: ItemState;
  readonly index: number;
}

/**
 * Updates many rows a statement: the new values are joined by code and by the version that they replace, and the
 * affected-row count must be that of the batch.
 */
async function updateItems(manager: EntityManager, changes: readonly ItemChange[]): Promise<void> {
  await giveUpNames(manager, changes);
  for (const batch of batches(changes, rowsPerUpdate)) {
    const first = ['code', 'replaced', ...columns].map((column) => `? AS ${column}`).join(', ');
    const further = ` UNION ALL SELECT ${Array(columns.length + 2)
      .fill('?')
      .join(', ')}`;
    const { affectedRows } = await manager.query<{ affectedRows: number }>(
      `UPDATE service_item i JOIN (SELECT ${first}${further.repeat(batch.length - 1)}) n` +
        ' ON i.code = n.code AND i.version = n.replaced' +
        ` SET ${columns.map((column) => `i.${column} = n.${column}`).join(', ')}`,
      batch.flatMap(({ before, after }) => [after.code, before.version, ...columnValues(after)]),
    );
    if (affectedRows !== batch.length) {
      throw new WriteConflictError(
        batch.map(({ index }) => ({ index, reason: 'STALE_VERSION', current: null })),
      );
    }
  }
  const moved = changes.filter(
    ({ before, after }) =>
      before.outlets.join() !== after.outlets.join() || before.kiosks.join() !== after.kiosks.join(),
  );
  for (const batch of batches(moved)) {
    const codes = batch.map(({ after }) => after.code);
    await manager.query('DELETE FROM service_item_outlet WHERE item_code IN (?)', [codes]);
    await manager.query('DELETE FROM service_item_kiosk WHERE item_code IN (?)', [codes]);
  }
  await insertPlaces(
    manager,
    moved.map(({ after }) => after),
  );
  const guided = changes.filter(({ before, after }) => !isDeepStrictEqual(guideOf(before), guideOf(after)));
  for (const batch of batches(guided)) {
    await manager.query('DELETE FROM service_item_guide WHERE item_code IN (?)', [
      batch.map(({ after }) => after.code),
    ]);
  }
  await insertGuides(
    manager,
    guided.map(({ after }) => after),
  );
}

/** Frees names that pass from one changed item to another, for names are unique at every moment. */
async function giveUpNames(manager: EntityManager, changes: readonly ItemChange[]): Promise<void> {
  const renamed = changes.filter(({ before, after }) => before.name !== after.name);
  const wanted = new Set(renamed.map(({ after }) => after.name));
  const givers = renamed.filter(({ before }) => wanted.has(before.name)).map(({ after }) => after.code);
  for (const batch of batches(givers)) {
    await manager.query("UPDATE service_item SET name = CONCAT('⇄', code) WHERE code IN (?)", [batch]);
  }
}

async function insertPlaces(manager: EntityManager, states: readonly ItemState[]): Promise<void> {
  const outlets = states.flatMap(({ code, outlets }) => outlets.map((outlet) => [code, outlet]));
  const kiosks = states.flatMap(({ code, kiosks }) => kiosks.map((kiosk) => [code, kiosk]));
  await insertRows(manager, 'service_item_outlet (item_code, outlet_code)', outlets);
  await insertRows(manager, 'service_item_kiosk (item_code, kiosk_code)', kiosks);
}

/** A guide without anything has no row. */
async function insertGuides(manager: EntityManager, states: readonly ItemState[]): Promise<void> {
  await insertRows(
    manager,
    'service_item_guide (item_code, conditions, materials, steps, legal_bases, results, aliases)',
    states.filter((state) => !isEmptyGuide(state)).map((state) => [state.code, ...guideValues(state)]),
  );
}

async function insertRows(manager: EntityManager, into: string, rows: readonly unknown[][]): Promise<void> {
  for (const batch of batches(rows)) await manager.query(`INSERT INTO ${into} VALUES ?`, [batch]);
}

function stateFromRow(row: ItemRow, places: ItemPlaces, guide: ItemGuide): ItemState {
  const { windowCode, departmentCode, updatedAt, ...same } = row;
  return {
    ...same,
    audiences: setMembers(row.audiences),
    modes: setMembers(row.modes),
    window: windowCode,
    department: departmentCode,
    updatedAt: updatedAt.toISOString(),
    ...places,
    ...guide,
  };
}

function groupByItem(rows: { item: string; place: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { item, place } of rows) {
    const group = groups.get(item);
    if (group) group.push(place);
    else groups.set(item, [place]);
  }
  return groups;
}

function* batches<T>(all: readonly T[], size = rowsPerStatement): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
