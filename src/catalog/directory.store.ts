/** Writes the small nouns of the catalog (domain, department, window, outlet, kiosk) in an open revision. */
import { isDeepStrictEqual } from 'node:util';
import { type EntityTarget, In } from 'typeorm';
import type { OpenRevision } from '../revisions/log';
import type { RecordKind } from '../revisions/revision';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { Kiosk } from './kiosk';
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
}

const entities: { readonly [K in keyof DirectoryRecords]: EntityTarget<DirectoryRecords[K]> } = {
  domain: ServiceDomain,
  department: Department,
  window: ServiceWindow,
  outlet: Outlet,
  kiosk: Kiosk,
};

/** Inserts or replaces records by code; what is stored already in the same words is left alone and not recorded. */
export async function storeRecords<K extends keyof DirectoryRecords & RecordKind>(
  open: OpenRevision,
  kind: K,
  records: readonly DirectoryRecords[K][],
): Promise<void> {
  const repository = open.manager.getRepository<{ code: string }>(entities[kind]);
  const stored = await repository.findBy({ code: In(records.map(({ code }) => code)) });
  const before = new Map(stored.map((row) => [row.code, { ...row }]));
  for (const record of records) {
    const old = before.get(record.code) ?? null;
    const after = { ...record };
    if (old && isDeepStrictEqual(sorted(old), sorted(after))) continue;
    if (old) await repository.update({ code: record.code }, after);
    open.record({ kind, code: record.code, before: old, after });
  }
  const fresh = records.filter(({ code }) => !before.has(code));
  if (fresh.length > 0) await repository.insert(fresh.map((record) => ({ ...record })));
}

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
