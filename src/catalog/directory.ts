/**
 * Domains, windows, departments, outlets, kiosks and life events: the small part of the catalog that every answer refers to, held
 * in memory. A directory never changes; a change gives another one.
 */
import type { EntityManager } from 'typeorm';
import type { Change } from '../revisions/log';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { Kiosk } from './kiosk';
import { LifeEvent } from './life-event';
import { readLifeEventItems } from './life-event.store';
import { Outlet } from './outlet';
import { ServiceWindow } from './window';
import { readJson } from '../database/json-column';

/** What the directory holds, by the log's kinds. */
interface Records {
  readonly domain: ServiceDomain;
  readonly window: ServiceWindow;
  readonly department: Department;
  readonly outlet: Outlet;
  readonly kiosk: Kiosk;
  readonly lifeEvent: LifeEvent;
}

type Tables = { readonly [K in keyof Records]: ReadonlyMap<string, Records[K]> };

/** How each kind is made, and read in order of code. */
const sources: {
  readonly [K in keyof Records]: { readonly type: new () => Records[K]; readonly statement: string };
} = {
  domain: {
    type: ServiceDomain,
    statement: 'SELECT code, name, name_en AS nameEn, description FROM service_domain ORDER BY code',
  },
  window: {
    type: ServiceWindow,
    statement:
      'SELECT code, name, domain_code AS domainCode, hall, counter, opening_hours AS openingHours, phone, version, retired FROM service_window ORDER BY code',
  },
  department: { type: Department, statement: 'SELECT code, name FROM department ORDER BY code' },
  outlet: {
    type: Outlet,
    statement:
      'SELECT code, name, level, township, latitude, longitude, phone, opening_hours AS openingHours, version, retired FROM outlet ORDER BY code',
  },
  kiosk: {
    type: Kiosk,
    statement:
      'SELECT code, name, address, latitude, longitude, opening_hours AS openingHours, version, retired FROM kiosk ORDER BY code',
  },
  lifeEvent: {
    type: LifeEvent,
    statement: 'SELECT code, name, summary, audience, version, retired FROM life_event ORDER BY code',
  },
};

export class Directory {
  /** A directory of nothing. */
  static readonly empty = new Directory({
    lifeEvent: new Map(),
    domain: new Map(),
    window: new Map(),
    department: new Map(),
    outlet: new Map(),
    kiosk: new Map(),
  });

  private readonly windowsByDomain = new Map<string, ServiceWindow[]>();
  private readonly lifeEventsByItem = new Map<string, LifeEvent[]>();

  private constructor(private readonly tables: Tables) {
    for (const window of this.windows) append(this.windowsByDomain, window.domainCode, window);
    for (const event of this.lifeEvents) {
      for (const item of event.itemCodes) append(this.lifeEventsByItem, item, event);
    }
  }

  /** Reads the directory within the caller's transaction. */
  static async read(manager: EntityManager): Promise<Directory> {
    const events = await readRecords(manager, 'lifeEvent');
    const items = await readLifeEventItems(manager, 'all');
    for (const [code, event] of events) event.itemCodes = items.get(code) ?? [];
    return new Directory({
      lifeEvent: events,
      domain: await readRecords(manager, 'domain'),
      window: await readRecords(manager, 'window'),
      department: await readRecords(manager, 'department'),
      outlet: await readRecords(manager, 'outlet'),
      kiosk: await readRecords(manager, 'kiosk'),
    });
  }

  /** All domains, by code. */
  get domains(): ServiceDomain[] {
    return [...this.tables.domain.values()];
  }

  /** All windows that are not retired, by code. */
  get windows(): ServiceWindow[] {
    return present(this.tables.window);
  }

  /** All departments, by code. */
  get departments(): Department[] {
    return [...this.tables.department.values()];
  }

  /** All outlets that are not retired, by code. */
  get outlets(): Outlet[] {
    return present(this.tables.outlet);
  }

  /** All kiosks that are not retired, by code. */
  get kiosks(): Kiosk[] {
    return present(this.tables.kiosk);
  }

  /** All life events that are not retired, by code. */
  get lifeEvents(): LifeEvent[] {
    return present(this.tables.lifeEvent);
  }

  domain(code: string): ServiceDomain | undefined {
    return this.tables.domain.get(code);
  }

  window(code: string): ServiceWindow | undefined {
    return this.tables.window.get(code);
  }

  department(code: string): Department | undefined {
    return this.tables.department.get(code);
  }

  outlet(code: string): Outlet | undefined {
    return this.tables.outlet.get(code);
  }

  kiosk(code: string): Kiosk | undefined {
    return this.tables.kiosk.get(code);
  }

  lifeEvent(code: string): LifeEvent | undefined {
    return this.tables.lifeEvent.get(code);
  }

  /** The life events that call for an item and are not retired, by code. */
  lifeEventsOf(itemCode: string): readonly LifeEvent[] {
    return this.lifeEventsByItem.get(itemCode) ?? [];
  }

  /** The windows of a domain that are not retired, by code. */
  windowsOf(domainCode: string): readonly ServiceWindow[] {
    return this.windowsByDomain.get(domainCode) ?? [];
  }

  /** The directory after changes; this one, if none concerns it. */
  after(changes: readonly Pick<Change, 'kind' | 'code' | 'after'>[]): Directory {
    if (!changes.some(({ kind }) => kind in sources)) return this;
    return new Directory({
      domain: changed(this.tables, changes, 'domain'),
      window: changed(this.tables, changes, 'window'),
      department: changed(this.tables, changes, 'department'),
      outlet: changed(this.tables, changes, 'outlet'),
      kiosk: changed(this.tables, changes, 'kiosk'),
      lifeEvent: changed(this.tables, changes, 'lifeEvent'),
    });
  }
}

function present<T extends { retired: boolean }>(table: ReadonlyMap<string, T>): T[] {
  return [...table.values()].filter(({ retired }) => !retired);
}

async function readRecords<K extends keyof Records>(
  manager: EntityManager,
  kind: K,
): Promise<ReadonlyMap<string, Records[K]>> {
  const { type, statement } = sources[kind];
  const rows = await manager.query<{ openingHours?: unknown; retired?: unknown }[]>(statement);
  return byCode(
    rows.map((row) => {
      if ('openingHours' in row) row.openingHours = readJson(row.openingHours);
      if ('retired' in row) row.retired = row.retired === 1;
      return Object.assign(new type(), row);
    }),
  );
}

/** What a state of the log from before there were versions leaves unsaid. */
function firstVersion(kind: keyof Records): object {
  return kind === 'domain' || kind === 'department' ? {} : { version: 1, retired: false };
}

function append<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

function byCode<T extends { code: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.code, row]));
}

function changed<K extends keyof Records>(
  tables: Tables,
  changes: readonly Pick<Change, 'kind' | 'code' | 'after'>[],
  kind: K,
): ReadonlyMap<string, Records[K]> {
  const before: ReadonlyMap<string, Records[K]> = tables[kind];
  const own = changes.filter((change) => change.kind === kind);
  if (own.length === 0) return before;
  const next = new Map(before);
  for (const { code, after } of own) {
    if (after === null) next.delete(code);
    else next.set(code, Object.assign(new sources[kind].type(), firstVersion(kind), after));
  }
  return byCode([...next.values()].sort((a, b) => (a.code < b.code ? -1 : 1)));
}
