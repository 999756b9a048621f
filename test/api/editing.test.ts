import { startTestApi, type TestApi } from '../support/api';
import { expectSoundDatabase } from '../support/consistency';
import { tokenOf } from '../support/tokens';

describe('editing the catalog', () => {
  let api: TestApi;
  let editor: string;
  let administrator: string;
  beforeAll(async () => {
    api = await startTestApi();
    const { dataSource } = api.database;
    editor = await tokenOf(dataSource, 'EDITOR', ['D18']);
    administrator = await tokenOf(dataSource, 'ADMINISTRATOR');
  });
  afterAll(async () => {
    await expectSoundDatabase(api.database.dataSource);
    await api.stop();
  });

  const payload =
    'item { code name status version modes aliases } revision userErrors { code message path rule }';
  const create = `mutation ($input: ServiceItemInput!, $reason: String!) { createServiceItem(input: $input, reason: $reason) { ${payload} } }`;
  const update = `mutation ($input: ServiceItemInput!, $version: Int!, $reason: String!) { updateServiceItem(input: $input, version: $version, reason: $reason) { ${payload} } }`;
  const retire = `mutation ($input: RetireServiceItemInput!) { retireServiceItem(input: $input) { ${payload} } }`;
  const aliases = `mutation ($code: String!, $aliases: [String!]!, $version: Int!) { setServiceItemAliases(code: $code, aliases: $aliases, version: $version, reason: "补充常用叫法") { ${payload} } }`;

  /** An item that is stored, as an input. */
  const stored = async (n = 0) => {
    const { items } = await api.data(
      '{ items(filter: { domain: ["D18"] }, first: 30) { nodes { version code name summary kind audiences modes legalWorkingDays promisedWorkingDays onSiteVisits fee onlineUrl window { code } department { code } } } }',
    );
    const { window, department, version, ...same } = items.nodes[n];
    return {
      version: version as number,
      input: { ...same, window: window.code, department: department.code },
    };
  };
  const run = async (operation: string, variables: object, token = editor) => {
    const data = await api.data(operation, { reason: '按新的实施规范调整', ...variables }, token);
    return Object.values(data as Record<string, any>)[0]; // eslint-disable-line @typescript-eslint/no-explicit-any -- payloads differ
  };
  const faults = (result: { userErrors: { code: string; path: string[] }[] }) =>
    result.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);

  it('creates an item, which is there at once, in lists and by id', async () => {
    const { input } = await stored();
    const code = `${input.code.slice(0, 31)}77`;
    const own = {
      ...input,
      code,
      name: '法律援助申请材料预审',
      modes: [],
      onSiteVisits: 1,
      promisedWorkingDays: 2,
      legalWorkingDays: null,
      aliases: ['打官司求助'],
    };
    const result = await run(create, { input: own });
    expect(result).toMatchObject({
      revision: 2,
      userErrors: [],
      item: { code, version: 1, status: 'PUBLISHED', aliases: ['打官司求助'] },
    });
    const { items } = await api.data('{ items { totalCount } }');
    expect(items.totalCount).toBe(1455);
    expect(faults(await run(create, { input: { ...own, name: '另一个名称' } }))).toEqual([
      'CONFLICT input.code',
    ]);
  });

  it('replaces an item under its version, with the guide', async () => {
    const { input, version } = await stored(3);
    const wanted = {
      ...input,
      summary: '改过的说明，市民看得懂。',
      conditions: ['本县户籍'],
      materials: [{ name: '身份证', original: true, copies: 1, electronicAccepted: true, exempt: false }],
      steps: [{ name: '受理', handler: '窗口', workingDays: 0 }],
      legalBases: [{ title: '《中华人民共和国法律援助法》' }],
    };
    const result = await run(update, { input: wanted, version });
    expect(result).toMatchObject({ userErrors: [], item: { version: version + 1 } });
    const { item } = await api.data(
      'query ($code: String!) { item(code: $code) { summary conditions materials { name source } steps { handler } legalBases { title article } } }',
      input,
    );
    expect(item).toEqual({
      summary: '改过的说明，市民看得懂。',
      conditions: ['本县户籍'],
      materials: [{ name: '身份证', source: null }],
      steps: [{ handler: '窗口' }],
      legalBases: [{ title: '《中华人民共和国法律援助法》', article: null }],
    });
    expect(faults(await run(update, { input: wanted, version }))).toEqual(['STALE_VERSION version']);
    const same = await run(update, { input: wanted, version: version + 1 });
    expect(same).toMatchObject({ revision: null, userErrors: [], item: { version: version + 1 } });
  });

  it('tells every mistake with its path, and changes nothing', async () => {
    const { input, version } = await stored(5);
    const other = await stored(6);
    const errors = async (change: object, own: object = {}) =>
      faults(await run(update, { input: { ...input, ...change }, version, ...own }));
    expect(await errors({ department: 'x', outlets: ['T01', 'T99'] })).toEqual([
      'NOT_FOUND input.department',
      'NOT_FOUND input.outlets.1',
    ]);
    expect(await errors({ name: other.input.name })).toEqual(['CONFLICT input.name']);
    expect(await errors({ name: '', aliases: [' x'] })).toEqual([
      'INVALID input.name',
      'INVALID input.aliases.0',
    ]);
    expect(await errors({ onSiteVisits: 2, modes: input.modes })).toEqual(
      input.modes.includes('SINGLE_VISIT') ? ['RULE_VIOLATED input.onSiteVisits'] : [],
    );
    expect(await errors({}, { reason: '短' })).toEqual(['INVALID reason']);
    expect(faults(await run(update, { input: { ...input, code: 'x' }, version }))).toEqual([
      'NOT_FOUND input.code',
    ]);
    expect(
      faults(await run(create, { input: { ...input, code: 'x', name: '不成立的事项', modes: [] } })),
    ).toContain('INVALID input.code');
  });

  it('keeps editors in their domains, and modes under review', async () => {
    const { input, version } = await stored(8);
    expect(faults(await run(update, { input: { ...input, window: 'D01-01' }, version }))).toEqual([
      'FORBIDDEN input.window',
    ]);
    const modes = input.modes.filter((mode: string) => mode !== 'IMMEDIATE');
    const change = { input: { ...input, modes, promisedWorkingDays: 1, legalWorkingDays: null }, version };
    expect(faults(await run(update, change))).toEqual(['FORBIDDEN input.modes']);
    expect(await run(update, change, administrator)).toMatchObject({ userErrors: [], item: { modes } });
  });

  it('sets the names that citizens use', async () => {
    const { input, version } = await stored(10);
    const result = await run(aliases, { code: input.code, version, aliases: ['公证书丢了', '补公证'] });
    expect(result).toMatchObject({
      userErrors: [],
      item: { version: version + 1, aliases: ['公证书丢了', '补公证'] },
    });
    expect(faults(await run(aliases, { code: input.code, version: version + 1, aliases: [''] }))).toEqual([
      'INVALID aliases.0',
    ]);
    expect(faults(await run(aliases, { code: input.code, version, aliases: [] }))).toEqual([
      'STALE_VERSION version',
    ]);
  });

  it('retires an item: out of lists, but in history and by its code', async () => {
    const { input, version } = await stored(12);
    const { items: before } = await api.data('{ items { totalCount } }');
    const one = { code: input.code, version, reason: '上级已取消该事项' };
    expect(faults(await run(retire, { input: { ...one, version: 9 } }))).toEqual([
      'STALE_VERSION input.version',
    ]);
    expect(faults(await run(retire, { input: { ...one, reason: '短' } }))).toEqual(['INVALID input.reason']);
    expect(await run(retire, { input: one })).toMatchObject({ userErrors: [], item: { status: 'RETIRED' } });
    const { items, item } = await api.data(
      'query ($code: String!) { items { totalCount } item(code: $code) { status history { totalCount } } }',
      one,
    );
    expect(items.totalCount).toBe(before.totalCount - 1);
    expect(item).toEqual({ status: 'RETIRED', history: { totalCount: 1 } });
    expect(faults(await run(retire, { input: { ...one, version: version + 1 } }))).toEqual([
      'CONFLICT input.code',
    ]);
  });

  it('creates, replaces and retires windows, outlets, kiosks and life events', async () => {
    const hours = [{ weekday: 1, opens: '08:00', closes: '12:00' }];
    const location = { latitude: 25.06, longitude: 118.19 };
    const { input: item } = await stored(14);
    const nouns = [
      {
        noun: 'ServiceWindow',
        field: 'window',
        input: {
          code: 'D18-09',
          name: '公证服务窗口',
          domain: 'D18',
          hall: '主厅',
          counter: '九号',
          openingHours: hours,
        },
      },
      {
        noun: 'Outlet',
        field: 'outlet',
        input: {
          code: 'V001',
          name: '城东村便民服务站',
          level: 'VILLAGE',
          township: '凤城镇',
          location,
          openingHours: hours,
        },
      },
      {
        noun: 'Kiosk',
        field: 'kiosk',
        input: { code: 'K99', name: '车站自助终端', address: '凤城镇车站', location, openingHours: hours },
      },
      {
        noun: 'LifeEvent',
        field: 'lifeEvent',
        input: {
          code: 'L99',
          name: '我要做公证',
          summary: '常办的公证事项。',
          audience: 'NATURAL_PERSON',
          items: [item.code],
        },
      },
    ];
    for (const { noun, field, input } of nouns) {
      const result = `${field} { code name version retired } revision userErrors { code message path }`;
      const make = `mutation ($input: ${noun}Input!, $reason: String!) { create${noun}(input: $input, reason: $reason) { ${result} } }`;
      const change = `mutation ($input: ${noun}Input!, $version: Int!, $reason: String!) { update${noun}(input: $input, version: $version, reason: $reason) { ${result} } }`;
      const drop = `mutation ($input: RetireRecordInput!) { retire${noun}(input: $input) { ${result} } }`;
      const as = (operation: string, variables: object) => run(operation, variables, administrator);
      expect(await as(make, { input })).toMatchObject({
        userErrors: [],
        [field]: { code: input.code, version: 1, retired: false },
      });
      expect(faults(await as(make, { input: { ...input, name: '别的名称' } }))).toEqual([
        'CONFLICT input.code',
      ]);
      expect(await as(change, { input, version: 1 })).toMatchObject({ revision: null, userErrors: [] });
      expect(await as(change, { input: { ...input, name: '改过的名称' }, version: 1 })).toMatchObject({
        userErrors: [],
        [field]: { name: '改过的名称', version: 2 },
      });
      expect(faults(await as(change, { input, version: 1 }))).toEqual(['STALE_VERSION version']);
      expect(faults(await as(change, { input: { ...input, name: '' }, version: 2 }))).toEqual([
        'INVALID input.name',
      ]);
      const gone = { code: input.code, version: 2, reason: '不再需要了' };
      expect(await as(drop, { input: gone })).toMatchObject({
        userErrors: [],
        [field]: { retired: true, version: 3 },
      });
      expect(faults(await as(drop, { input: { ...gone, code: 'NONE' } }))).toEqual(['NOT_FOUND input.code']);
      expect(await as(change, { input, version: 3 })).toMatchObject({
        userErrors: [],
        [field]: { retired: false, version: 4 },
      });
    }
    const drop =
      'mutation ($input: RetireRecordInput!) { retireServiceWindow(input: $input) { userErrors { code path } } }';
    const busy = await run(
      drop,
      { input: { code: 'D18-01', version: 1, reason: '窗口合并到别处' } },
      administrator,
    );
    expect(faults(busy)).toEqual(['INVALID input.retired']);
    const wrong = await run(
      'mutation ($input: LifeEventInput!, $reason: String!) { createLifeEvent(input: $input, reason: $reason) { userErrors { code path } } }',
      { input: { ...nouns[3]!.input, code: 'L98', name: '另一件事', items: ['x'] } },
      administrator,
    );
    expect(faults(wrong)).toEqual(['NOT_FOUND input.items.0']);
  });
});
