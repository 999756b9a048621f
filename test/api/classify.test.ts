import { readHead } from '../../src/revisions/history';
import { startTestApi, type TestApi } from '../support/api';
import { classify, preview } from '../support/classify';
import { editItem } from '../support/edit';
import { tokenOf } from '../support/tokens';

interface Item {
  code: string;
  version: number;
  modes: string[];
}

describe('changing modes', () => {
  let api: TestApi;
  let administrator: string;
  let items: Item[];
  beforeAll(async () => {
    api = await startTestApi();
    administrator = await tokenOf(api.database.dataSource, 'ADMINISTRATOR');
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    // 网上办 on the spot in D03, not at a machine: what these tests change.
    const filter = {
      domain: ['D03'],
      modes: { all: ['ONLINE', 'IMMEDIATE', 'SINGLE_VISIT'], none: ['SELF_SERVICE', 'NEARBY'] },
    };
    const data = await api.data(
      'query ($f: ServiceItemFilter) { items(filter: $f, first: 20) { nodes { code version modes } } }',
      { f: filter },
    );
    items = data.items.nodes;
  });

  const versions = (some: Item[]) => some.map(({ code, version }) => ({ code, version }));
  const run = async (input: object, operation = classify, token = administrator) => {
    const data = await api.data(operation, { input: { reason: '根据新的规定调整', ...input } }, token);
    return data.classifyItems ?? data.classificationPreview;
  };
  const count = (counts: { mode: string; count: number }[], mode: string) =>
    counts.find((entry) => entry.mode === mode)!.count;

  it('adds and removes in one revision, tells who and why, and the answer shows it already', async () => {
    const chosen = items.slice(0, 3);
    const { revision: before } = await readHead(api.database.dataSource);
    const result = await run({
      items: versions(chosen),
      add: ['SELF_SERVICE'],
      remove: ['IMMEDIATE'],
      set: { kiosks: ['K01', 'K09'], promisedWorkingDays: 1 },
    });
    expect(result.userErrors).toEqual([]);
    expect(result.revision).toBe(before + 1);
    expect(count(result.after, 'SELF_SERVICE')).toBe(count(result.before, 'SELF_SERVICE') + 3);
    expect(count(result.after, 'IMMEDIATE')).toBe(count(result.before, 'IMMEDIATE') - 3);
    expect(result.changes.map((change: { item: Item }) => change.item.code)).toEqual(
      chosen.map(({ code }) => code).sort(),
    );
    expect(result.changes[0]).toMatchObject({
      revision: before + 1,
      added: ['SELF_SERVICE'],
      removed: ['IMMEDIATE'],
      reason: '根据新的规定调整',
      actor: '测试 ADMINISTRATOR',
      proposal: null,
      item: { version: chosen[0]!.version + 1, modes: ['ONLINE', 'SINGLE_VISIT', 'SELF_SERVICE'] },
    });
    const { node } = await api.data(
      'query ($id: ID!) { node(id: $id) { ... on ClassificationChange { revision actor } } }',
      result.changes[0],
    );
    expect(node).toEqual({ revision: before + 1, actor: null });
  });

  it('does nothing where nothing changes: no revision', async () => {
    const { revision } = await readHead(api.database.dataSource);
    const result = await run({ items: versions(items.slice(0, 5)), add: ['ONLINE'] });
    expect(result).toMatchObject({ revision: null, changes: [], userErrors: [] });
    expect((await readHead(api.database.dataSource)).revision).toBe(revision);
  });

  it('is all or nothing: one stale version refuses the whole call and tells the version stored', async () => {
    const chosen = items.slice(0, 4);
    await editItem(api.database.dataSource, chosen[2]!.code, { summary: '另一位编辑刚改过的说明。' });
    const result = await run({
      items: versions(chosen),
      remove: ['IMMEDIATE'],
      set: { promisedWorkingDays: 1 },
    });
    expect(result).toMatchObject({ revision: null, changes: [] });
    expect(result.userErrors).toEqual([
      {
        code: 'STALE_VERSION',
        message: expect.stringContaining(`现为第${chosen[2]!.version + 1}版`),
        path: ['items', '2', 'version'],
        rule: null,
      },
    ]);
    expect(result.before).toEqual(result.after);
  });

  it('checks the rules on what would result, each breach with rule, item and path', async () => {
    const chosen = items.slice(0, 2);
    const result = await run({
      items: versions(chosen),
      add: ['NEARBY', 'SELF_SERVICE'],
      set: { onSiteVisits: 2 },
    });
    const broken = result.userErrors.map(
      ({ code, rule, path }: { code: string; rule: string; path: string[] }) => [code, rule, path.join('.')],
    );
    for (const index of [0, 1]) {
      for (const rule of ['single-visit-count', 'nearby-outlet', 'kiosk-present']) {
        expect(broken).toContainEqual(['RULE_VIOLATED', rule, `items.${index}.code`]);
      }
    }
    expect(result.revision).toBeNull();
  });

  it('takes all items of a filter, and previews exactly what it then does', async () => {
    const input = {
      filter: { domain: ['D16'], modes: { none: ['NEARBY'] }, audience: ['NATURAL_PERSON'] },
      add: ['NEARBY'],
      set: { outlets: ['T01', 'T07'] },
    };
    const foreseen = await run(input, preview);
    expect(foreseen.userErrors).toEqual([]);
    expect(foreseen.itemCount).toBeGreaterThan(5);
    const { revision } = await readHead(api.database.dataSource);
    const done = await run(input);
    expect(done.changes).toHaveLength(foreseen.itemCount);
    expect([done.before, done.after]).toEqual([foreseen.before, foreseen.after]);
    expect(done.revision).toBe(revision + 1);
    const again = await run(input);
    expect(again.userErrors).toMatchObject([{ code: 'INVALID', path: ['filter'] }]);
  });

  it.each<[string, object, string, string[]]>([
    ['neither items nor filter', {}, 'INVALID', ['items']],
    ['both items and filter', { items: [], filter: {} }, 'INVALID', ['items']],
    ['no item at all', { items: [] }, 'INVALID', ['items']],
    [
      'an item that there is not',
      { items: [{ code: 'x', version: 1 }] },
      'NOT_FOUND',
      ['items', '0', 'code'],
    ],
    [
      'a reason that is too short',
      { filter: { window: ['D18-01'] }, reason: '  改  ' },
      'INVALID',
      ['reason'],
    ],
    [
      'a reason that is too long',
      { filter: { window: ['D18-01'] }, reason: '长'.repeat(501) },
      'INVALID',
      ['reason'],
    ],
    ['nothing to do', { filter: { window: ['D18-01'] }, add: [] }, 'INVALID', ['add']],
    [
      'adding what is removed',
      { filter: { window: ['D18-01'] }, remove: ['ONLINE'] },
      'INVALID',
      ['remove', '0'],
    ],
    [
      'an unknown outlet',
      { filter: { window: ['D18-01'] }, set: { outlets: ['T01', 'T99'] } },
      'NOT_FOUND',
      ['set', 'outlets', '1'],
    ],
    [
      'an unknown kiosk',
      { filter: { window: ['D18-01'] }, set: { kiosks: ['K99'] } },
      'NOT_FOUND',
      ['set', 'kiosks', '0'],
    ],
    [
      'an address that is none',
      { filter: { window: ['D18-01'] }, set: { onlineUrl: 'ftp://x' } },
      'INVALID',
      ['set', 'onlineUrl'],
    ],
    [
      'days below zero',
      { filter: { window: ['D18-01'] }, set: { promisedWorkingDays: -1 } },
      'INVALID',
      ['set', 'promisedWorkingDays'],
    ],
  ])('refuses %s', async (_what, input, code, path) => {
    for (const operation of [classify, preview]) {
      const { userErrors } = await run({ add: ['ONLINE'], ...input }, operation);
      expect(userErrors).toContainEqual(expect.objectContaining({ code, path }));
    }
  });

  it('refuses an item twice, and more than 2,000 items', async () => {
    const twice = await run({
      items: [...versions(items.slice(0, 1)), ...versions(items.slice(0, 1))],
      remove: ['ONLINE'],
    });
    expect(twice.userErrors).toContainEqual(
      expect.objectContaining({ code: 'INVALID', path: ['items', '1', 'code'] }),
    );
    const many = Array.from({ length: 2001 }, (_, i) => ({ code: `${i}`, version: 1 }));
    const tooMany = await run({ items: many, remove: ['ONLINE'] });
    expect(tooMany.userErrors[0]).toMatchObject({ code: 'INVALID', path: ['items'] });
  });

  it('names an unknown code of a filter', async () => {
    const error = await api.error(
      classify,
      { input: { filter: { domain: ['D77'] }, add: ['ONLINE'], reason: '没有这个领域' } },
      administrator,
    );
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['filter', 'domain', '0'] });
  });

  it('is for administrators alone while review is required', async () => {
    const { dataSource } = api.database;
    const input = { items: versions(items.slice(0, 1)), remove: ['ONLINE'], reason: '没有权利的修改' };
    for (const token of [
      undefined,
      await tokenOf(dataSource, 'EDITOR', ['D03']),
      await tokenOf(dataSource, ['REVIEWER', 'LEGAL_REVIEWER'], ['D03']),
    ]) {
      expect((await api.error(classify, { input }, token)).extensions.code).toBe('FORBIDDEN');
    }
  });

  it('keeps a history of every item, which shows names to staff only', async () => {
    const code = items[5]!.code;
    await run({ items: versions([items[5]!]), remove: ['IMMEDIATE'], set: { promisedWorkingDays: 1 } });
    const query = `query ($code: String!, $after: String) { item(code: $code) { history(first: 1, after: $after) {
      totalCount nodes { revision added removed reason actor } pageInfo { hasNextPage endCursor } } } }`;
    const first = await api.data(query, { code });
    expect(first.item.history).toMatchObject({
      totalCount: 2,
      nodes: [{ added: [], removed: ['IMMEDIATE'], actor: null }],
      pageInfo: { hasNextPage: true },
    });
    const second = await api.data(
      query,
      { code, after: first.item.history.pageInfo.endCursor },
      administrator,
    );
    expect(second.item.history).toMatchObject({
      nodes: [
        {
          revision: 1,
          added: items[5]!.modes,
          removed: [],
          actor: 'seeds',
          reason: '导入示例数据（seeds/）',
        },
      ],
      pageInfo: { hasNextPage: false },
    });
    const error = await api.error(query, { code, after: 'x' });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['after'] });
  });

  it('is audited: all changes newest first, by item or by person', async () => {
    const query =
      'query ($item: String, $actor: String) { audit(item: $item, actor: $actor, first: 3) { totalCount nodes { revision actor item { code } } } }';
    const all = await api.data(query, {}, administrator);
    const revisions = all.audit.nodes.map(({ revision }: { revision: number }) => revision);
    expect(revisions).toEqual([...revisions].sort((a: number, b: number) => b - a));
    const seeds = await api.data(query, { actor: 'seeds' }, administrator);
    expect(seeds.audit.totalCount).toBe(1454);
    const one = await api.data(query, { item: all.audit.nodes[0].item.code }, administrator);
    expect(one.audit.totalCount).toBe(2);
    expect((await api.error(query)).extensions.code).toBe('FORBIDDEN');
  });

  it('finds what breaks a rule, worst first, by severity and domain', async () => {
    const query = `query ($s: [Severity!], $d: [String!], $after: String) { findings(severity: $s, domain: $d, first: 5, after: $after) {
      totalCount nodes { rule severity item { code } } pageInfo { hasNextPage endCursor } } }`;
    await editItem(api.database.dataSource, items[9]!.code, { promisedWorkingDays: 1 });
    const all = await api.data(query, {}, administrator);
    expect(all.findings.nodes[0].severity).toBe('WARNING');
    const errors = await api.data(query, { s: ['ERROR'] }, administrator);
    expect(errors.findings).toMatchObject({ totalCount: 0, nodes: [] });
    const next = await api.data(query, { after: all.findings.pageInfo.endCursor }, administrator);
    expect(next.findings.nodes).toHaveLength(5);
    expect(next.findings.nodes).not.toContainEqual(all.findings.nodes[4]);
    const some = await api.data(query, { s: ['INFORMATION'], d: ['D07'] }, administrator);
    expect(some.findings.totalCount).toBeLessThan(all.findings.totalCount);
    expect((await api.error(query, { d: ['D99'] }, administrator)).extensions.argument).toEqual([
      'domain',
      '0',
    ]);
    expect((await api.error(query)).extensions.code).toBe('FORBIDDEN');
  });

  it('can be read back as of any moment', async () => {
    const query =
      'query ($at: DateTime) { catalog { statistics(asOf: $at) { asOf revision itemCount domainCount modes { mode count } } } }';
    const { dataSource } = api.database;
    const [first] = await dataSource.query<{ at: Date }[]>(
      'SELECT at FROM catalog_revision WHERE revision = 1',
    );
    const then = await api.data(query, { at: first!.at.toISOString() });
    expect(then.catalog.statistics).toMatchObject({ revision: 1, itemCount: 1454, domainCount: 18 });
    expect(then.catalog.statistics.modes.map((entry: { count: number }) => entry.count)).toEqual([
      918, 1314, 110, 1091, 115,
    ]);
    const before = await api.data(query, { at: new Date(first!.at.getTime() - 1).toISOString() });
    expect(before.catalog.statistics).toMatchObject({ revision: 0, itemCount: 0, domainCount: 0 });
    const now = await api.data(query);
    expect(now.catalog.statistics.modes).not.toEqual(then.catalog.statistics.modes);
    const error = await api.error(query, { at: '2999-01-01T00:00:00Z' });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['asOf'] });
  });
});

describe('changing modes without review', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi({ review: 'off' })));
  afterAll(() => api.stop());

  it('is for editors too, in their own domains', async () => {
    const editor = await tokenOf(api.database.dataSource, 'EDITOR', ['D10', 'D11']);
    const { items } = await api.data(
      '{ items(filter: { domain: ["D10", "D12"], modes: { all: [ONLINE], none: [SELF_SERVICE] } }, last: 100, orderBy: { field: UPDATED_AT }) { nodes { code version domain { code } } } }',
    );
    const of = (domain: string) =>
      (items.nodes as { code: string; version: number; domain: { code: string } }[])
        .filter((item) => item.domain.code === domain)
        .slice(0, 2)
        .map(({ code, version }) => ({ code, version }));
    const set = { add: ['SELF_SERVICE'], set: { kiosks: ['K01'] }, reason: '自助终端已开通' };
    const mixed = await api.data(
      classify,
      { input: { items: [...of('D10'), ...of('D12')], ...set } },
      editor,
    );
    expect(mixed.classifyItems.userErrors).toMatchObject([
      { code: 'FORBIDDEN', path: ['items', '2', 'code'] },
      { code: 'FORBIDDEN', path: ['items', '3', 'code'] },
    ]);
    const own = await api.data(classify, { input: { items: of('D10'), ...set } }, editor);
    expect(own.classifyItems).toMatchObject({ revision: 2, userErrors: [] });
  });
});
