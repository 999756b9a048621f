import { startTestApi, type TestApi } from '../support/api';
import { encodeCursor } from '../../src/lib/cursor';

describe('bad input', () => {
  let api: TestApi;
  let cursor: string;
  beforeAll(async () => {
    api = await startTestApi();
    const { items } = await api.data('{ items(first: 1) { pageInfo { endCursor } } }');
    cursor = items.pageInfo.endCursor as string;
  });
  afterAll(() => api.stop());

  const list = `query ($f: ServiceItemFilter, $s: String, $o: ServiceItemOrder, $first: Int, $after: String, $last: Int, $before: String) {
    items(filter: $f, search: $s, orderBy: $o, first: $first, after: $after, last: $last, before: $before) { totalCount } }`;

  it.each<[string, object, string[], RegExp]>([
    ['an unknown domain', { f: { domain: ['D01', 'D99'] } }, ['filter', 'domain', '1'], /no domain .*"D99"/],
    ['an unknown window', { f: { window: ['D01-99'] } }, ['filter', 'window', '0'], /no window .*"D01-99"/],
    [
      'an unknown department',
      { f: { department: ['x'] } },
      ['filter', 'department', '0'],
      /no department .*"x"/,
    ],
    [
      'too many codes',
      { f: { domain: Array(101).fill('D01') } },
      ['filter', 'domain'],
      /101 codes.*at most 100/,
    ],
    [
      'a negative bound',
      { f: { maxOnSiteVisits: -1 } },
      ['filter', 'maxOnSiteVisits'],
      /is -1, wanted 0 or more/,
    ],
    ['a page that is too large', { first: 101 }, ['first'], /first is 101, wanted 0 to 100/],
    ['a negative page', { last: -1 }, ['last'], /last is -1, wanted 0 to 100/],
    ['both ends', { first: 1, last: 1 }, ['last'], /both/],
    ['a search', { s: '身份证' }, ['search'], /not offered yet/],
    ['a long search', { s: '证'.repeat(65) }, ['search'], /more than 64/],
    ['relevance without search', { o: { field: 'RELEVANCE' } }, ['orderBy', 'field'], /search/],
    ['a broken cursor', { after: 'abc' }, ['after'], /no cursor/],
    ['an endless cursor', { before: 'x'.repeat(5000) }, ['before'], /no cursor/],
  ])('%s is BAD_USER_INPUT with the path of the argument', async (_what, variables, argument, message) => {
    const error = await api.error(list, variables);
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(error.message).toMatch(message);
    expect(error.path).toEqual(['items']);
  });

  it('refuses a cursor that was cut or changed', async () => {
    for (const after of [cursor.slice(0, -2), `A${cursor.slice(1)}`, cursor.toUpperCase()]) {
      expect((await api.error(list, { after })).extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: ['after'],
      });
    }
  });

  it('refuses a cursor of another filter, another order, another direction or another owner', async () => {
    const others = [
      { f: { free: true }, after: cursor },
      { o: { field: 'NAME' }, after: cursor },
      { o: { field: 'CODE', direction: 'DESC' }, before: cursor },
    ];
    for (const variables of others)
      expect((await api.error(list, variables)).message).toMatch(/cursor of another list/);
    const error = await api.error(
      'query ($c: String) { domain(code: "D01") { items(after: $c) { totalCount } } }',
      { c: cursor },
    );
    expect(error.message).toMatch(/cursor of another list/);
    expect(error.path).toEqual(['domain', 'items']);
  });

  it('takes a cursor with the same filter in other words', async () => {
    const { items } = await api.data(
      '{ items(first: 1, filter: { domain: ["D02", "D01"], kind: [] }) { pageInfo { endCursor } } }',
    );
    await api.data(list, {
      f: { domain: ['D01', 'D02', 'D01'] },
      o: { field: 'CODE' },
      after: items.pageInfo.endCursor,
    });
  });

  it('refuses cursors of a revision that is not there, of an item that is not there, and of two walks', async () => {
    const parts = Buffer.from(cursor, 'base64url').toString().split('\n');
    const own = { list: parts[0]!, revision: 1, key: parts[2]! };
    const forged = [
      { ...own, revision: 9 },
      { ...own, revision: -1 },
      { ...own, key: 'none' },
    ];
    for (const parts of forged) {
      expect((await api.error(list, { after: encodeCursor(parts) })).extensions.argument).toEqual(['after']);
    }
    const error = await api.error(list, { after: cursor, before: encodeCursor({ ...own, revision: 0 }) });
    expect(error.extensions.argument).toEqual(['before']);
  });

  it('refuses other states than PUBLISHED as FORBIDDEN', async () => {
    const error = await api.error(list, { f: { status: ['PUBLISHED', 'RETIRED'] } });
    expect(error.extensions).toMatchObject({ code: 'FORBIDDEN', argument: ['filter', 'status', '1'] });
  });

  it('names an unknown domain of windows', async () => {
    const error = await api.error('{ windows(domain: ["D01", "nope"]) { code } }');
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['domain', '1'] });
  });

  it.each([
    ['a value of no enum', { f: { kind: ['NONE'] } }],
    ['a field of no filter', { f: { colour: 'red' } }],
    ['a number that is none', { first: 'ten' }],
  ])('refuses variables with %s', async (_what, variables) => {
    expect((await api.error(list, variables)).extensions.code).toBe('BAD_USER_INPUT');
  });
});
