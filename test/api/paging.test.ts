import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

interface PageOfCodes {
  totalCount: number;
  nodes: { code: string }[];
  edges: { cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

describe('paging', () => {
  let api: TestApi;
  beforeEach(async () => void (api = await startTestApi()));
  afterEach(() => api.stop());

  const query = `query ($f: ServiceItemFilter, $o: ServiceItemOrder, $first: Int, $after: String, $last: Int, $before: String) {
    items(filter: $f, orderBy: $o, first: $first, after: $after, last: $last, before: $before) {
      totalCount nodes { code } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

  const page = async (variables: object): Promise<PageOfCodes> => {
    const { items } = (await api.data(query, variables)) as { items: PageOfCodes };
    return items;
  };

  /** Walks a list to its end, doing something between any two pages. */
  const walk = async (
    variables: object,
    backwards: boolean,
    between: () => Promise<void>,
  ): Promise<string[]> => {
    const codes: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const bounds: object = backwards ? { last: 17, before: cursor } : { first: 17, after: cursor };
      const { nodes, pageInfo } = await page({ ...variables, ...bounds });
      const found = nodes.map(({ code }) => code);
      codes[backwards ? 'unshift' : 'push'](...found);
      cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
      if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return codes;
      await between();
    }
  };

  const nothing = async () => undefined;

  it('goes through a whole list in both directions, each item once', async () => {
    const variables = { f: { domain: ['D04', 'D14'] }, o: { field: 'NAME', direction: 'DESC' } };
    const forwards = await walk(variables, false, nothing);
    expect(new Set(forwards).size).toBe(54 + 74);
    expect(await walk(variables, true, nothing)).toEqual(forwards);
  });

  it('says what lies before and behind a page', async () => {
    const variables = { f: { domain: ['D16'] } };
    const first = await page({ ...variables, first: 3 });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page({ ...variables, first: 3, after: first.pageInfo.endCursor });
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const last = await page({ ...variables, last: 3 });
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const between = await page({
      ...variables,
      after: first.edges[0]!.cursor,
      before: second.edges[2]!.cursor,
    });
    expect(between.nodes).toEqual([...first.nodes.slice(1), ...second.nodes.slice(0, 2)]);
    const none = await page({ ...variables, first: 0 });
    expect(none).toMatchObject({
      totalCount: 24,
      nodes: [],
      pageInfo: { startCursor: null, endCursor: null },
    });
    expect(none.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it.each([false, true])(
    'shows no item twice and misses none while items change (backwards: %s)',
    async (backwards) => {
      const { dataSource } = api.database;
      const variables = { f: { domain: ['D08'] }, o: { field: 'UPDATED_AT', direction: 'DESC' } };
      const before = await walk(variables, false, nothing);
      let turn = 0;
      // Each change moves one item from one end of the list to the other, and one out of it.
      const change = async () => {
        const [moved, gone] = [before[turn * 3 + 1]!, before[before.length - 2 - turn * 3]!];
        await editItem(dataSource, backwards ? gone : moved, { summary: `第${++turn}次修改后的说明。` });
        await editItem(dataSource, backwards ? moved : gone, { status: 'SUSPENDED' });
        await api.app.tail.advance();
      };
      expect(await walk(variables, backwards, change)).toEqual(before);
      expect(turn).toBe(3);
      const after = await walk(variables, false, nothing);
      expect(after).toHaveLength(before.length - 3);
      expect(after.slice(0, 3)).not.toEqual(before.slice(0, 3));
    },
  );

  it('reads the rows of a walk as of its first page', async () => {
    const { dataSource } = api.database;
    const rows = `query ($after: String) { items(first: 2, after: $after, orderBy: { field: NAME }) {
      nodes { code name version revision } pageInfo { endCursor } } }`;
    const first = await api.data(rows);
    const second = await api.data(rows, { after: first.items.pageInfo.endCursor });
    const [{ code }] = second.items.nodes;
    await editItem(dataSource, code, { name: '啊啊啊啊排在最前的新名称' });
    await api.app.tail.advance();
    api.app.rows.clear();
    expect(await api.data(rows, { after: first.items.pageInfo.endCursor })).toEqual(second);
    const fresh = await api.data(rows);
    expect(fresh.items.nodes[0]).toEqual({ code, name: '啊啊啊啊排在最前的新名称', version: 2, revision: 2 });
  });
});
