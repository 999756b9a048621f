import { nameKey } from '../../src/search/pinyin';
import { startTestApi, type TestApi } from '../support/api';

interface Named {
  name: string;
}

describe('lists of items', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const total = async (filter: object): Promise<number> => {
    const { items } = await api.data('query ($f: ServiceItemFilter) { items(filter: $f) { totalCount } }', {
      f: filter,
    });
    return items.totalCount as number;
  };

  it('have 20 items by default, in order of code', async () => {
    const { items } = await api.data('{ items { nodes { code } edges { node { code } } } }');
    const codes = items.nodes.map(({ code }: { code: string }) => code);
    expect(codes).toHaveLength(20);
    expect(codes).toEqual([...codes].sort());
    expect(items.edges.map((edge: { node: { code: string } }) => edge.node.code)).toEqual(codes);
  });

  it('are filtered by fields that are ANDed and by values that are ORed', async () => {
    const d1 = await total({ domain: ['D01'] });
    const d2 = await total({ domain: ['D02'] });
    expect(await total({ domain: ['D01', 'D02'] })).toBe(d1 + d2);
    expect(await total({ domain: ['D01'], window: ['D02-01'] })).toBe(0);
    const both = await total({ modes: { all: ['ONLINE', 'IMMEDIATE'] } });
    const either = await total({ modes: { any: ['ONLINE', 'IMMEDIATE'] } });
    expect(both + either).toBe(1314 + 918);
    expect(await total({ modes: { none: ['ONLINE'] } })).toBe(1454 - 1314);
    expect((await total({ free: true })) + (await total({ free: false }))).toBe(1454);
    expect(await total({ maxPromisedWorkingDays: 0 })).toBe(918);
  });

  it('take null and an empty list as no condition', async () => {
    expect(
      await total({ domain: [], kind: null, modes: { any: [], all: null, none: [] }, audience: [] }),
    ).toBe(1454);
  });

  it('count facets over the whole result, with the own condition of each dimension lifted', async () => {
    const filter = { domain: ['D03'], kind: ['PUBLIC_SERVICE'], modes: { all: ['ONLINE'] } };
    const { items } = await api.data(
      `query ($f: ServiceItemFilter) { items(filter: $f, first: 1) { totalCount facets {
        modes { mode count } domains { domain { code } count } windows { window { code } count }
        departments { department { code } count } kinds { kind count } audiences { audience count } } } }`,
      { f: filter },
    );
    const { facets } = items;
    const modes = facets.modes as { mode: string; count: number }[];
    expect(modes.map(({ mode }) => mode)).toEqual([
      'IMMEDIATE',
      'ONLINE',
      'NEARBY',
      'SINGLE_VISIT',
      'SELF_SERVICE',
    ]);
    expect(modes[1]).toEqual({ mode: 'ONLINE', count: items.totalCount });
    expect(facets.domains.length).toBeGreaterThan(10);
    for (const { domain, count } of facets.domains)
      expect(count).toBe(await total({ ...filter, domain: [domain.code] }));
    for (const { kind, count } of facets.kinds) expect(count).toBe(await total({ ...filter, kind: [kind] }));
    for (const { window, count } of facets.windows)
      expect(count).toBe(await total({ ...filter, window: [window.code] }));
    expect(
      facets.windows.every(({ window }: { window: { code: string } }) => window.code.startsWith('D03')),
    ).toBe(true);
    expect(facets.audiences.every(({ count }: { count: number }) => count > 0)).toBe(true);
  });

  it("lift no condition that comes from the list's owner", async () => {
    const { domain } = await api.data(
      '{ domain(code: "D09") { items(filter: { window: ["D09-01"] }) { facets { domains { domain { code } } windows { window { code } } } } } }',
    );
    expect(domain.items.facets.domains).toEqual([{ domain: { code: 'D09' } }]);
    expect(domain.items.facets.windows).toHaveLength(5);
  });

  it('are ordered by pinyin as a dictionary is', async () => {
    const { items } = await api.data('{ items(first: 100, orderBy: { field: NAME }) { nodes { name } } }');
    const names = items.nodes.map(({ name }: Named) => name) as string[];
    expect(names).toEqual([...names].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1)));
    expect(names[0]).toMatch(/^安/);
    const reversed = await api.data(
      '{ items(last: 100, orderBy: { field: NAME, direction: DESC }) { nodes { name } } }',
    );
    expect(reversed.items.nodes.map(({ name }: Named) => name)).toEqual([...names].reverse());
  });

  it('are ordered by promised days, ties by code, and exactly reversed by DESC', async () => {
    const page = (arguments_: string) =>
      api.data(`{ items(${arguments_}) { nodes { code promisedWorkingDays } } }`) as Promise<{
        items: { nodes: { code: string; promisedWorkingDays: number }[] };
      }>;
    const { items: soonest } = await page('first: 100, orderBy: { field: PROMISED_WORKING_DAYS }');
    const sorted = [...soonest.nodes].sort(
      (a, b) => a.promisedWorkingDays - b.promisedWorkingDays || (a.code < b.code ? -1 : 1),
    );
    expect(soonest.nodes).toEqual(sorted);
    const { items: reversed } = await page(
      'last: 100, orderBy: { field: PROMISED_WORKING_DAYS, direction: DESC }',
    );
    expect(reversed.nodes).toEqual([...sorted].reverse());
  });
});
