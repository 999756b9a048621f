/** The index against plain SQL: thousands of random filters, orders and pages give the same answers. */
import fc from 'fast-check';
import { audiences, handlingModes, itemKinds } from '../../src/catalog/item-enums';
import { nameKey } from '../../src/search/pinyin';
import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

interface Row {
  code: string;
  name: string;
  domain: string;
  promised: number;
  revision: number;
}

interface Filter {
  domain?: string[] | undefined;
  window?: string[] | undefined;
  department?: string[] | undefined;
  kind?: string[] | undefined;
  lifeEvent?: string[] | undefined;
  outlet?: string[] | undefined;
  kiosk?: string[] | undefined;
  audience?: string[] | undefined;
  modes?: { all?: string[] | undefined; any?: string[] | undefined; none?: string[] | undefined } | undefined;
  maxPromisedWorkingDays?: number | undefined;
  maxOnSiteVisits?: number | undefined;
  free?: boolean | undefined;
}

// Some ten thousand statements.
jest.setTimeout(300_000);

describe('the index', () => {
  let api: TestApi;
  let codes: Record<'domain' | 'window' | 'department' | 'outlet' | 'kiosk' | 'lifeEvent', string[]>;

  beforeAll(async () => {
    api = await startTestApi();
    const { domains, windows, departments, outlets, kiosks, lifeEvents } = await api.data(
      '{ domains { code } windows { code } departments { code } outlets(first: 100) { nodes { code } } kiosks(first: 100) { nodes { code } } lifeEvents { code } }',
    );
    const of = (list: { code: string }[]) => list.map(({ code }) => code);
    codes = {
      domain: of(domains),
      window: of(windows),
      department: of(departments),
      outlet: of(outlets.nodes),
      kiosk: of(kiosks.nodes),
      lifeEvent: of(lifeEvents),
    };
    // Revisions and states that differ, so that every order and condition has something to tell apart.
    const { dataSource } = api.database;
    const all = await dataSource.query<{ code: string }[]>('SELECT code FROM service_item ORDER BY code');
    for (let i = 0; i < 60; i++) {
      const status = (['SUSPENDED', 'RETIRED', 'PUBLISHED', 'PUBLISHED'] as const)[i % 4]!;
      await editItem(dataSource, all[(i * 997) % all.length]!.code, { status, summary: `第${i}次修改。` });
    }
    await api.app.tail.advance();
  });
  afterAll(() => api.stop());

  const someOf = (values: readonly string[]) =>
    fc.option(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 }), { nil: undefined });

  const rarely = (values: readonly string[]) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: someOf(values) });

  const filters = () =>
    fc.record<Filter>(
      {
        domain: someOf(codes.domain),
        window: rarely(codes.window),
        department: rarely(codes.department),
        lifeEvent: rarely(codes.lifeEvent),
        outlet: rarely(codes.outlet),
        kiosk: rarely(codes.kiosk),
        kind: someOf(itemKinds),
        audience: someOf(audiences),
        modes: fc.record(
          { all: someOf(handlingModes), any: someOf(handlingModes), none: someOf(handlingModes) },
          { requiredKeys: [] },
        ),
        maxPromisedWorkingDays: fc.nat(30),
        maxOnSiteVisits: fc.nat(3),
        free: fc.boolean(),
      },
      { requiredKeys: [] },
    );

  /** The conditions of a filter as SQL; `lifted` leaves one of them out. */
  const where = (filter: Filter, lifted?: string): [string, unknown[]] => {
    const conditions = ["i.status = 'PUBLISHED'"];
    const values: unknown[] = [];
    const add = (name: string, condition: string, ...own: unknown[]) => {
      if (name === lifted) return;
      conditions.push(condition);
      values.push(...own);
    };
    const { domain, window, department, kind, audience, modes, free } = filter;
    if (domain?.length) add('domain', 'w.domain_code IN (?)', domain);
    if (window?.length) add('window', 'i.window_code IN (?)', window);
    if (department?.length) add('department', 'i.department_code IN (?)', department);
    const called =
      'EXISTS (SELECT 1 FROM life_event_item e WHERE e.item_code = i.code AND e.life_event_code IN (?))';
    if (filter.lifeEvent?.length) add('', called, filter.lifeEvent);
    for (const place of ['outlet', 'kiosk'] as const) {
      const linked = `EXISTS (SELECT 1 FROM service_item_${place} l WHERE l.item_code = i.code AND l.${place}_code IN (?))`;
      if (filter[place]?.length) add(place, linked, filter[place]);
    }
    if (kind?.length) add('kind', 'i.kind IN (?)', kind);
    const any = (column: string, members: readonly string[]) =>
      `(${members.map((member) => `FIND_IN_SET('${member}', ${column})`).join(' OR ')})`;
    if (audience?.length) add('audience', any('i.audiences', audience));
    for (const mode of modes?.all ?? []) add('mode', any('i.modes', [mode]));
    if (modes?.any?.length) add('mode', any('i.modes', modes.any));
    if (modes?.none?.length) add('mode', `NOT ${any('i.modes', modes.none)}`);
    if (filter.maxPromisedWorkingDays !== undefined)
      add('', 'i.promised_working_days <= ?', filter.maxPromisedWorkingDays);
    if (filter.maxOnSiteVisits !== undefined) add('', 'i.on_site_visits <= ?', filter.maxOnSiteVisits);
    if (free !== undefined) add('', free ? 'i.fee IS NULL' : 'i.fee IS NOT NULL');
    return [conditions.join(' AND '), values];
  };

  const from = 'FROM service_item i JOIN service_window w ON w.code = i.window_code';

  const keys: Record<string, (row: Row) => string | number> = {
    CODE: () => '',
    NAME: ({ name }) => nameKey(name),
    PROMISED_WORKING_DAYS: ({ promised }) => promised,
    UPDATED_AT: ({ revision }) => revision,
  };

  /** The whole result in its order, the slow and obvious way. */
  const slowly = async (filter: Filter, field: string, direction: string): Promise<string[]> => {
    const [condition, values] = where(filter);
    const rows = await api.database.dataSource.query<Row[]>(
      `SELECT i.code, i.name, i.promised_working_days AS promised, i.revision ${from} WHERE ${condition}`,
      values,
    );
    const keyed = rows.map((row) => ({ code: row.code, key: keys[field]!(row) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.code < b.code ? -1 : 1));
    const sorted = keyed.map(({ code }) => code);
    return direction === 'ASC' ? sorted : sorted.reverse();
  };

  it('gives the pages that plain SQL gives, for 2,000 random lists', async () => {
    const query = `query ($f: ServiceItemFilter, $o: ServiceItemOrder, $first: Int, $after: String, $last: Int, $before: String) {
      items(filter: $f, orderBy: $o, first: $first, after: $after, last: $last, before: $before) {
        totalCount edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const cases = fc.record({
      filter: filters(),
      field: fc.constantFrom(...Object.keys(keys)),
      direction: fc.constantFrom('ASC', 'DESC'),
      size: fc.nat(100),
      fromEnd: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ filter, field, direction, size, fromEnd }) => {
        const all = await slowly(filter, field, direction);
        const variables = { f: filter, o: { field, direction } };
        let cursor: string | null = null;
        let [start, end] = [0, all.length];
        // Two pages: the outermost, and the one that its cursor leads to.
        for (let turn = 0; turn < 2; turn++) {
          const bounds: object = fromEnd ? { last: size, before: cursor } : { first: size, after: cursor };
          const { items } = await api.data(query, { ...variables, ...bounds });
          if (fromEnd) start = Math.max(0, end - size);
          else end = Math.min(all.length, start + size);
          expect(items.totalCount).toBe(all.length);
          expect(items.edges.map(({ node }: { node: Row }) => node.code)).toEqual(all.slice(start, end));
          expect(items.pageInfo).toMatchObject({ hasPreviousPage: start > 0, hasNextPage: end < all.length });
          cursor = (fromEnd ? items.pageInfo.startCursor : items.pageInfo.endCursor) as string | null;
          if (cursor === null) return;
          if (fromEnd) end = start;
          else start = end;
          if (fromEnd) start = 0;
          else end = all.length;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts the facets that plain SQL counts, for 300 random filters', async () => {
    const query = `query ($f: ServiceItemFilter) { items(filter: $f, first: 0) { facets {
      modes { mode count } domains { domain { code } count } windows { window { code } count }
      departments { department { code } count } kinds { kind count } audiences { audience count } } } }`;
    const grouped = async (
      filter: Filter,
      lifted: string,
      column: string,
    ): Promise<Record<string, number>> => {
      const [condition, values] = where(filter, lifted);
      const rows = await api.database.dataSource.query<{ value: string; n: string }[]>(
        `SELECT ${column} AS value, COUNT(*) AS n ${from} WHERE ${condition} GROUP BY ${column}`,
        values,
      );
      return Object.fromEntries(rows.map(({ value, n }) => [value, Number(n)]));
    };
    const members = async (
      filter: Filter,
      lifted: string,
      column: string,
      values: readonly string[],
      keepZero: boolean,
    ) => {
      const sets = await grouped(filter, lifted, column);
      const counts = values.map((value): [string, number] => {
        const having = Object.entries(sets).filter(([set]) => set.split(',').includes(value));
        return [value, having.reduce((sum, [, n]) => sum + n, 0)];
      });
      return Object.fromEntries(counts.filter(([, n]) => keepZero || n > 0));
    };
    await fc.assert(
      fc.asyncProperty(filters(), async (filter) => {
        const { items } = await api.data(query, { f: filter });
        const { facets } = items;
        const record = (list: { count: number; [key: string]: unknown }[], key: string) =>
          Object.fromEntries(
            list.map((entry) => {
              const value = entry[key] as string | { code: string };
              return [typeof value === 'string' ? value : value.code, entry.count];
            }),
          ) as Record<string, number>;
        expect(record(facets.domains, 'domain')).toEqual(await grouped(filter, 'domain', 'w.domain_code'));
        expect(record(facets.windows, 'window')).toEqual(await grouped(filter, 'window', 'i.window_code'));
        expect(record(facets.departments, 'department')).toEqual(
          await grouped(filter, 'department', 'i.department_code'),
        );
        expect(record(facets.kinds, 'kind')).toEqual(await grouped(filter, 'kind', 'i.kind'));
        expect(record(facets.audiences, 'audience')).toEqual(
          await members(filter, 'audience', 'i.audiences', audiences, false),
        );
        expect(record(facets.modes, 'mode')).toEqual(
          await members(filter, 'none', 'i.modes', handlingModes, true),
        );
      }),
      { numRuns: 300 },
    );
  });
});
