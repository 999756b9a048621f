import { startTestApi, type TestApi } from '../support/api';
import { classify, propose, review, withdraw } from '../support/classify';
import { editItem } from '../support/edit';
import { tokenOf } from '../support/tokens';

describe('the two-step review', () => {
  let api: TestApi;
  let today: Date;
  let tokens: Record<'editor' | 'reviewer' | 'foreign' | 'legal' | 'administrator' | 'everything', string>;
  let codes: string[];
  let used = 0;

  beforeAll(async () => {
    today = new Date('2026-03-02T02:00:00Z');
    api = await startTestApi({}, { now: () => today });
    const { dataSource } = api.database;
    tokens = {
      editor: await tokenOf(dataSource, 'EDITOR', ['D12']),
      reviewer: await tokenOf(dataSource, 'REVIEWER', ['D12']),
      foreign: await tokenOf(dataSource, 'REVIEWER', ['D01']),
      legal: await tokenOf(dataSource, 'LEGAL_REVIEWER'),
      administrator: await tokenOf(dataSource, 'ADMINISTRATOR'),
      everything: await tokenOf(
        dataSource,
        ['EDITOR', 'REVIEWER', 'LEGAL_REVIEWER', 'ADMINISTRATOR'],
        ['D12'],
      ),
    };
    const { items } = await api.data(
      '{ items(filter: { domain: ["D12"], modes: { all: [IMMEDIATE, ONLINE] } }, first: 100) { nodes { code } } }',
    );
    codes = items.nodes.map(({ code }: { code: string }) => code);
  });
  afterAll(() => api.stop());

  /** The next item that no test has touched. */
  const fresh = () => codes[used++]!;
  const input = (code: string, change: object = {}) => ({
    items: [{ code, version: 1 }],
    remove: ['IMMEDIATE'],
    set: { promisedWorkingDays: 1 },
    reason: '需要一个工作日核验材料',
    ...change,
  });
  const step = async (operation: string, variables: object, token: string) => {
    const data = await api.data(operation, variables, token);
    const [payload] = Object.values(data) as [
      { proposal: Record<string, unknown>; userErrors: { code: string; path: string[] }[] },
    ];
    return payload;
  };
  const proposed = async (code: string, on?: string): Promise<string> => {
    const { proposal, userErrors } = await step(propose, { input: input(code), on }, tokens.editor);
    expect(userErrors).toEqual([]);
    return proposal['id'] as string;
  };
  const say = (id: string, approve: boolean, token: string, comment = '同意，材料需要核验') =>
    step(review, { id, approve, comment }, token);
  const modesOf = async (code: string): Promise<string[]> => {
    const { item } = await api.data('query ($code: String!) { item(code: $code) { modes } }', { code });
    return item.modes as string[];
  };

  it('proposes, agrees, agrees again, and is then in force in one revision that refers to it', async () => {
    const code = fresh();
    const id = await proposed(code);
    expect(await modesOf(code)).toContain('IMMEDIATE');
    expect((await say(id, true, tokens.reviewer)).proposal).toMatchObject({
      status: 'REVIEWED',
      appliedRevision: null,
    });
    const { proposal } = await say(id, true, tokens.legal, '合法');
    expect(proposal).toMatchObject({
      status: 'APPROVED',
      appliedRevision: 2,
      proposedBy: '测试 EDITOR',
      remove: ['IMMEDIATE'],
      set: { promisedWorkingDays: 1 },
      reviews: [
        { by: '测试 REVIEWER', role: 'REVIEWER', approved: true, comment: '同意，材料需要核验' },
        { by: '测试 LEGAL_REVIEWER', role: 'LEGAL_REVIEWER', approved: true, comment: '合法' },
      ],
      items: [{ code, version: 2 }],
    });
    const query =
      'query ($code: String!) { item(code: $code) { modes history(first: 1) { nodes { actor reason removed proposal { id } } } } }';
    const { item } = await api.data(query, { code }, tokens.legal);
    expect(item.modes).not.toContain('IMMEDIATE');
    expect(item.history.nodes).toEqual([
      { actor: '测试 EDITOR', reason: '需要一个工作日核验材料', removed: ['IMMEDIATE'], proposal: { id } },
    ]);
    const anonymous = await api.data(query, { code });
    expect(anonymous.item.history.nodes[0]).toMatchObject({ actor: null, proposal: null });
  });

  it('needs three different persons, in the right order, with the right of that step', async () => {
    const id = await proposed(fresh());
    const errors = async (token: string) => {
      const { proposal, userErrors } = await say(id, true, token);
      expect(proposal).toBeNull();
      return userErrors.map(({ code }) => code);
    };
    expect(await errors(tokens.legal)).toEqual(['FORBIDDEN']);
    expect(await errors(tokens.foreign)).toEqual(['FORBIDDEN']);
    for (const token of [tokens.editor, tokens.administrator]) {
      expect((await api.error(review, { id, approve: true, comment: '' }, token)).extensions.code).toBe(
        'FORBIDDEN',
      );
    }
    expect((await say(id, true, tokens.everything)).proposal).toMatchObject({ status: 'REVIEWED' });
    // The same person has the right to the second step too, but took the first.
    expect(await errors(tokens.everything)).toEqual(['FORBIDDEN']);
    expect(await errors(tokens.reviewer)).toEqual(['FORBIDDEN']);
    expect((await say(id, true, tokens.legal)).proposal).toMatchObject({ status: 'APPROVED' });
    expect(await errors(tokens.legal)).toEqual(['CONFLICT']);
  });

  it('does not let an author review his own proposal', async () => {
    const { proposal } = await step(propose, { input: input(fresh()) }, tokens.everything);
    const { userErrors } = await say(proposal['id'] as string, true, tokens.everything);
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', path: ['id'] }]);
  });

  it('is refused with a reason, and then is over', async () => {
    const code = fresh();
    const id = await proposed(code);
    const silent = await say(id, false, tokens.reviewer, '不');
    expect(silent.userErrors).toMatchObject([{ code: 'INVALID', path: ['comment'] }]);
    expect((await say(id, false, tokens.reviewer, '材料可以当场核验')).proposal).toMatchObject({
      status: 'REJECTED',
    });
    expect((await say(id, true, tokens.reviewer)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await modesOf(code)).toContain('IMMEDIATE');
  });

  it('is withdrawn by its author or an administrator, until it is in force', async () => {
    const [first, second] = [await proposed(fresh()), await proposed(fresh())];
    const other = await tokenOf(api.database.dataSource, 'EDITOR', ['D12']);
    expect((await step(withdraw, { id: first }, other)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await step(withdraw, { id: first }, tokens.editor)).proposal).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect((await step(withdraw, { id: second }, tokens.administrator)).proposal).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect((await step(withdraw, { id: first }, tokens.editor)).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    expect((await step(withdraw, { id: 'bm9uZQ' }, tokens.editor)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('is put into force on its day, once, by whichever node sees the day come', async () => {
    const code = fresh();
    const id = await proposed(code, '2026-03-05');
    await say(id, true, tokens.reviewer);
    expect((await say(id, true, tokens.legal)).proposal).toMatchObject({
      status: 'APPROVED',
      appliedRevision: null,
    });
    const { proposals } = api.app.administration;
    today = new Date('2026-03-04T15:59:00Z');
    await proposals.applyDue();
    expect(await modesOf(code)).toContain('IMMEDIATE');
    // Midnight in Shanghai. Many nodes see it at the same moment.
    today = new Date('2026-03-04T16:00:00Z');
    const { revision } = api.app.live.current.head;
    await Promise.all(Array.from({ length: 6 }, () => proposals.applyDue()));
    expect(await modesOf(code)).not.toContain('IMMEDIATE');
    expect(api.app.live.current.head.revision).toBe(revision + 1);
    today = new Date('2026-03-02T02:00:00Z');
  });

  it('is checked again when its day comes: what no longer holds is not applied, and says why', async () => {
    const [rule, same] = [fresh(), fresh()];
    const { dataSource } = api.database;
    const ids = [await proposed(rule, '2026-03-05'), await proposed(same, '2026-03-05')];
    for (const id of ids) {
      await say(id, true, tokens.reviewer);
      await say(id, true, tokens.legal);
    }
    await editItem(dataSource, rule, { legalWorkingDays: 0 });
    await editItem(dataSource, same, { modes: ['ONLINE'], promisedWorkingDays: 1 });
    today = new Date('2026-03-06T02:00:00Z');
    await api.app.administration.proposals.applyDue();
    const { nodes } = await api.data(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Proposal { status appliedRevision notAppliedBecause } } }',
      { ids },
      tokens.legal,
    );
    expect(nodes).toEqual([
      {
        status: 'REJECTED',
        appliedRevision: null,
        notAppliedBecause: expect.stringContaining('承诺时限不得超过法定时限'),
      },
      {
        status: 'REJECTED',
        appliedRevision: null,
        notAppliedBecause: expect.stringContaining('已是所要求的状态'),
      },
    ]);
    today = new Date('2026-03-02T02:00:00Z');
  });

  it('proposes only what holds now, changes something, and is to come', async () => {
    const code = fresh();
    const errors = async (own: object, on?: string) =>
      (await step(propose, { input: input(code, own), on }, tokens.editor)).userErrors.map(
        ({ code: kind, path }) => [kind, path.join('.')],
      );
    expect(await errors({ set: { promisedWorkingDays: 2 }, remove: [], add: ['IMMEDIATE'] })).toEqual([
      ['RULE_VIOLATED', 'items.0.code'],
    ]);
    expect(await errors({ items: [{ code, version: 9 }] })).toEqual([['STALE_VERSION', 'items.0.version']]);
    expect(await errors({ remove: [], set: null, add: ['ONLINE'] })).toEqual([['INVALID', 'items']]);
    expect(await errors({}, '2026-03-01')).toEqual([['INVALID', 'effectiveOn']]);
    const foreign = await api.data('{ items(filter: { domain: ["D01"] }, first: 1) { nodes { code } } }');
    expect(await errors({ items: [{ code: foreign.items.nodes[0].code, version: 1 }] })).toEqual([
      ['FORBIDDEN', 'items.0.code'],
    ]);
    expect(
      (await api.error(propose, { input: input(code), on: '2026-02-30' }, tokens.editor)).extensions.code,
    ).toBe('BAD_USER_INPUT');
  });

  it('warns in three colours while a proposal waits, from the last step on', async () => {
    const id = await proposed(fresh());
    const warning = async (moment: string) => {
      today = new Date(moment);
      const { node } = await api.data(
        'query ($id: ID!) { node(id: $id) { ... on Proposal { warning } } }',
        { id },
        tokens.legal,
      );
      return node.warning as string | null;
    };
    expect(await warning('2026-03-04T08:00:00Z')).toBeNull();
    expect(await warning('2026-03-05T08:00:00Z')).toBe('BLUE');
    expect(await warning('2026-03-09T08:00:00Z')).toBe('YELLOW');
    expect(await warning('2026-03-17T08:00:00Z')).toBe('RED');
    await say(id, true, tokens.reviewer);
    expect(await warning('2026-03-18T08:00:00Z')).toBeNull();
    expect(await warning('2026-03-20T08:00:00Z')).toBe('BLUE');
    today = new Date('2026-03-02T02:00:00Z');
  });

  it('is listed for staff, newest first, by status', async () => {
    const query = `query ($s: [ProposalStatus!], $after: String) { proposals(status: $s, first: 2, after: $after) {
      totalCount nodes { id status } pageInfo { hasNextPage endCursor } } }`;
    const all = await api.data(query, {}, tokens.reviewer);
    expect(all.proposals.totalCount).toBeGreaterThan(6);
    const next = await api.data(query, { after: all.proposals.pageInfo.endCursor }, tokens.reviewer);
    expect(next.proposals.nodes).not.toContainEqual(all.proposals.nodes[1]);
    const rejected = await api.data(query, { s: ['REJECTED', 'WITHDRAWN'] }, tokens.editor);
    expect(rejected.proposals.totalCount).toBe(5);
    expect((await api.error(query)).extensions.code).toBe('FORBIDDEN');
    const { node } = await api.data('query ($id: ID!) { node(id: $id) { id } }', all.proposals.nodes[0]);
    expect(node).toBeNull();
  });

  it('can be undone by a further change, and history keeps both', async () => {
    const code = codes[0]!;
    const { item } = await api.data('query ($code: String!) { item(code: $code) { version } }', { code });
    const change = {
      items: [{ code, version: item.version }],
      add: ['IMMEDIATE'],
      set: { promisedWorkingDays: 0 },
      reason: '恢复原来的办理方式',
    };
    const { classifyItems } = await api.data(classify, { input: change }, tokens.administrator);
    expect(classifyItems.userErrors).toEqual([]);
    const { item: after } = await api.data(
      'query ($code: String!) { item(code: $code) { history { nodes { added removed } } } }',
      { code },
    );
    expect(after.history.nodes.slice(0, 2)).toEqual([
      { added: ['IMMEDIATE'], removed: [] },
      { added: [], removed: ['IMMEDIATE'] },
    ]);
  });
});
