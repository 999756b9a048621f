/**
 * Domains, windows and departments: the small part of the catalog that every answer refers to, held in memory.
 * A directory never changes; a change gives another one.
 */
import type { EntityManager } from 'typeorm';
import type { Change } from '../revisions/log';
import { Department } from './department';
import { ServiceDomain } from './domain';
import type { OpeningHours } from './opening-hours';
import { ServiceWindow } from './window';

export class Directory {
  /** A directory of nothing. */
  static readonly empty = new Directory(new Map(), new Map(), new Map());

  private readonly windowsByDomain = new Map<string, ServiceWindow[]>();

  private constructor(
    private readonly domainsByCode: ReadonlyMap<string, ServiceDomain>,
    private readonly windowsByCode: ReadonlyMap<string, ServiceWindow>,
    private readonly departmentsByCode: ReadonlyMap<string, Department>,
  ) {
    for (const window of windowsByCode.values()) {
      const siblings = this.windowsByDomain.get(window.domainCode);
      if (siblings) siblings.push(window);
      else this.windowsByDomain.set(window.domainCode, [window]);
    }
  }

  /** Reads the directory within the caller's transaction. */
  static async read(manager: EntityManager): Promise<Directory> {
    const domains = await manager.query<object[]>(
      'SELECT code, name, name_en AS nameEn, description FROM service_domain ORDER BY code',
    );
    const windows = await manager.query<{ openingHours: unknown }[]>(
      'SELECT code, name, domain_code AS domainCode, hall, counter, opening_hours AS openingHours, phone FROM service_window ORDER BY code',
    );
    const departments = await manager.query<object[]>('SELECT code, name FROM department ORDER BY code');
    for (const window of windows) {
      // MariaDB's driver gives JSON as text, MySQL's as values.
      if (typeof window.openingHours === 'string') {
        window.openingHours = JSON.parse(window.openingHours) as OpeningHours[];
      }
    }
    return new Directory(
      byCode(domains.map((row) => Object.assign(new ServiceDomain(), row))),
      byCode(windows.map((row) => Object.assign(new ServiceWindow(), row))),
      byCode(departments.map((row) => Object.assign(new Department(), row))),
    );
  }

  /** All domains, by code. */
  get domains(): ServiceDomain[] {
    return [...this.domainsByCode.values()];
  }

  /** All windows, by code. */
  get windows(): ServiceWindow[] {
    return [...this.windowsByCode.values()];
  }

  /** All departments, by code. */
  get departments(): Department[] {
    return [...this.departmentsByCode.values()];
  }

  domain(code: string): ServiceDomain | undefined {
    return this.domainsByCode.get(code);
  }

  window(code: string): ServiceWindow | undefined {
    return this.windowsByCode.get(code);
  }

  department(code: string): Department | undefined {
    return this.departmentsByCode.get(code);
  }

  /** The windows of a domain, by code. */
  windowsOf(domainCode: string): readonly ServiceWindow[] {
    return this.windowsByDomain.get(domainCode) ?? [];
  }

  /** The directory after changes; this one, if none concerns it. */
  after(changes: readonly Pick<Change, 'kind' | 'code' | 'after'>[]): Directory {
    const domains = changed(this.domainsByCode, changes, 'domain', ServiceDomain);
    const windows = changed(this.windowsByCode, changes, 'window', ServiceWindow);
    const departments = changed(this.departmentsByCode, changes, 'department', Department);
    const same =
      domains === this.domainsByCode &&
      windows === this.windowsByCode &&
      departments === this.departmentsByCode;
    return same ? this : new Directory(domains, windows, departments);
  }
}

function byCode<T extends { code: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.code, row]));
}

function changed<T extends { code: string }>(
  present: ReadonlyMap<string, T>,
  changes: readonly Pick<Change, 'kind' | 'code' | 'after'>[],
  kind: Change['kind'],
  type: new () => T,
): ReadonlyMap<string, T> {
  const own = changes.filter((change) => change.kind === kind);
  if (own.length === 0) return present;
  const next = new Map(present);
  for (const { code, after } of own) {
    if (after === null) next.delete(code);
    else next.set(code, Object.assign(new type(), after));
  }
  return byCode([...next.values()].sort((a, b) => (a.code < b.code ? -1 : 1)));
}
