/** Writes the small nouns of the catalog (domain, department, window, outlet, kiosk, life event) in an open revision. */
import { isDeepStrictEqual } from 'node:util';
import { type EntityTarget, In } from 'typeorm';
import type { OpenRevision } from '../revisions/log';
import type { RecordKind } from '../revisions/revision';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { Kiosk } from './kiosk';
import { LifeEvent } from './life-event';
import { readLifeEventItems, replaceLifeEventItems } from './life-event.store';
import { Outlet } from './outlet';
import { ServiceWindow } from './window';

/** The columns of an entity, without what a class adds to them. */
type Columns<T> = Pick<
  T,
  { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? never : K }[keyof T]
>;
type Plain<T> = Omit<Columns<T>, 'id' | 'ofDomain' | 'distanceMeters'>;

export interface DirectoryRecords {
  readonly domain: Plain<ServiceDomain>;
  readonly department: Plain<Department>;
  readonly window: Plain<ServiceWindow>;
  readonly outlet: Plain<Outlet>;
  readonly kiosk: Plain<Kiosk>;
  readonly lifeEvent: Plain<LifeEvent>;
}

const entities: { readonly [K in keyof DirectoryRecords]: EntityTarget<DirectoryRecords[K]> } = {
  domain: ServiceDomain,
  department: Department,
  window: ServiceWindow,
  outlet: Outlet,
  kiosk: Kiosk,
  lifeEvent: LifeEvent,
};

/** Inserts or replaces records by code; what is stored already in the same words is left alone and not recorded. */
export async function storeRecords<K extends keyof DirectoryRecords & RecordKind>(
  open: OpenRevision,
  kind: K,
  records: readonly DirectoryRecords[K][],
): Promise<void> {
  const repository = open.manager.getRepository<{ code: string }>(entities[kind]);
  const before = await readStored(
    open,
    kind,
    records.map(({ code }) => code),
  );
  const fresh: object[] = [];
  const changed: DirectoryRecords[K][] = [];
  for (const record of records) {
    const old = before.get(record.code) ?? null;
    const after = { ...record };
    if (old && isDeepStrictEqual(sorted(old), sorted(after))) continue;
    if (old) await repository.update({ code: record.code }, columnsOf(after));
    else fresh.push(columnsOf(after));
    changed.push(record);
    open.record({ kind, code: record.code, before: old, after });
  }
  if (fresh.length > 0) await repository.insert(fresh);
  for (const record of changed) {
    if ('itemCodes' in record) await replaceLifeEventItems(open.manager, record.code, record.itemCodes);
  }
}

async function readStored<K extends keyof DirectoryRecords>(
  open: OpenRevision,
  kind: K,
  codes: readonly string[],
): Promise<Map<string, object>> {
  const repository = open.manager.getRepository<{ code: string }>(entities[kind]);
  const rows = await repository.findBy({ code: In(codes) });
  const stored = new Map<string, object>(rows.map((row) => [row.code, { ...row }]));
  if (kind !== 'lifeEvent' || rows.length === 0) return stored;
  const items = await readLifeEventItems(open.manager, codes);
  return new Map([...stored].map(([code, row]) => [code, { ...row, itemCodes: items.get(code) ?? [] }]));
}

/** What the table of the record itself holds. */
function columnsOf(record: { code: string }): { code: string } {
  const { itemCodes: _items, ...columns } = { itemCodes: null, ...record };
  return columns;
}

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
