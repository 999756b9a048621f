/** Writes the small nouns of the catalog (domain, department, window, outlet, kiosk, life event) in an open revision. */
import { isDeepStrictEqual } from 'node:util';
import { type EntityTarget, In } from 'typeorm';
import type { OpenRevision } from '../revisions/log';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { Kiosk } from './kiosk';
import { LifeEvent } from './life-event';
import { readLifeEventItems, replaceLifeEventItems } from './life-event.store';
import { Outlet } from './outlet';
import { type WriteConflict, WriteConflictError } from './item.store';
import { ServiceWindow } from './window';

/** The columns of an entity, without what a class adds to them. */
type Columns<T> = Pick<
  T,
  { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? never : K }[keyof T]
>;
type Plain<T> = Omit<Columns<T>, 'id' | 'ofDomain' | 'distanceMeters' | 'version'>;

export interface DirectoryRecords {
  readonly domain: Plain<ServiceDomain>;
  readonly department: Plain<Department>;
  readonly window: Plain<ServiceWindow>;
  readonly outlet: Plain<Outlet>;
  readonly kiosk: Plain<Kiosk>;
  readonly lifeEvent: Plain<LifeEvent>;
}

const entities: { readonly [K in keyof DirectoryRecords]: EntityTarget<StoredRecord> } = {
  domain: ServiceDomain,
  department: Department,
  window: ServiceWindow,
  outlet: Outlet,
  kiosk: Kiosk,
  lifeEvent: LifeEvent,
};

/** The nouns whose records have a version, and can be retired. */
export type VersionedKind = Exclude<keyof DirectoryRecords, 'domain' | 'department'>;

/** One record to be written: version null makes a new one. */
export interface RecordWrite<K extends VersionedKind> {
  readonly record: DirectoryRecords[K];
  readonly version: number | null;
}

/** Inserts or replaces records by code; what is stored already in the same words is left alone and not recorded. */
export async function storeRecords<K extends 'domain' | 'department'>(
  open: OpenRevision,
  kind: K,
  records: readonly DirectoryRecords[K][],
): Promise<void> {
  const codes = records.map(({ code }) => code);
  const before = await readStored(open, kind, codes);
  for (const record of records) {
    const old = before.get(record.code) ?? null;
    if (old && isDeepStrictEqual(sorted(old), sorted(record))) continue;
    await put(open, kind, { old, after: { ...record } });
  }
}

/**
 * Writes records under their versions; what says nothing new is left alone. Returns the codes of what changed.
 * Throws a WriteConflictError, which must end the transaction, if any version is not the stored one.
 */
export async function storeVersioned<K extends VersionedKind>(
  open: OpenRevision,
  kind: K,
  writes: readonly RecordWrite<K>[],
): Promise<string[]> {
  const before = await readStored(
    open,
    kind,
    writes.map(({ record }) => record.code),
  );
  const conflicts: WriteConflict[] = [];
  const changed: { old: StoredRecord | null; after: StoredRecord; index: number }[] = [];
  for (const [index, { record, version }] of writes.entries()) {
    const old = before.get(record.code) ?? null;
    const current = old?.version ?? null;
    if (version !== current) {
      const missing = version === null ? 'ALREADY_THERE' : 'NOT_FOUND';
      const reason = old && version !== null ? 'STALE_VERSION' : missing;
      conflicts.push({ index, reason, current });
    } else if (!old || !isDeepStrictEqual(sorted(old), sorted({ ...record, version: current }))) {
      changed.push({ old, after: { ...record, version: (current ?? 0) + 1 }, index });
    }
  }
  if (conflicts.length > 0) throw new WriteConflictError(conflicts);
  for (const change of changed) await put(open, kind, change);
  return changed.map(({ after }) => after.code);
}

/** A record as it is stored and as the log keeps it. */
interface StoredRecord {
  readonly code: string;
  readonly version?: number;
  readonly itemCodes?: readonly string[];
}

async function put(
  open: OpenRevision,
  kind: keyof DirectoryRecords,
  { old, after, index = 0 }: { old: StoredRecord | null; after: StoredRecord; index?: number },
): Promise<void> {
  const repository = open.manager.getRepository<StoredRecord>(entities[kind]);
  const { itemCodes, ...columns } = after;
  if (old) {
    const { code, version } = old;
    const { affected } = await repository.update(
      version === undefined ? { code } : { code, version },
      columns,
    );
    if (affected !== 1) throw new WriteConflictError([{ index, reason: 'STALE_VERSION', current: null }]);
  } else await repository.insert({ ...columns });
  if (itemCodes) await replaceLifeEventItems(open.manager, after.code, itemCodes);
  open.record({ kind, code: after.code, before: old, after });
}

async function readStored(
  open: OpenRevision,
  kind: keyof DirectoryRecords,
  codes: readonly string[],
): Promise<Map<string, StoredRecord>> {
  const repository = open.manager.getRepository<StoredRecord>(entities[kind]);
  const rows = await repository.findBy({ code: In(codes) });
  const items = kind === 'lifeEvent' ? await readLifeEventItems(open.manager, codes) : null;
  return new Map(
    rows.map((row) => [row.code, { ...row, ...(items && { itemCodes: items.get(row.code) ?? [] }) }]),
  );
}

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
