import { readReport } from '../../seeds/files';
import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

describe('the catalog', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const count = async (sql: string): Promise<number> => {
    const [row] = await api.database.dataSource.query<{ n: string }[]>(`SELECT COUNT(*) AS n FROM ${sql}`);
    return Number(row!.n);
  };

  it("has the report's figures, and they are the rows counted", async () => {
    const report = readReport();
    const { catalog } = await api.data(
      '{ catalog { revision notice statistics { asOf revision domainCount windowCount itemCount modes { mode count } } } }',
    );
    expect(catalog.statistics).toMatchObject({
      domainCount: 18,
      windowCount: 83,
      itemCount: 1454,
      revision: 1,
    });
    expect(catalog.statistics.modes).toEqual([
      { mode: 'IMMEDIATE', count: 918 },
      { mode: 'ONLINE', count: 1314 },
      { mode: 'NEARBY', count: 110 },
      { mode: 'SINGLE_VISIT', count: 1091 },
      { mode: 'SELF_SERVICE', count: 115 },
    ]);
    expect(await count('service_domain')).toBe(report.domains);
    expect(await count('service_window')).toBe(report.windows);
    expect(await count('service_item')).toBe(report.items);
    for (const [mode, figure] of Object.entries(report.modes)) {
      expect(await count(`service_item WHERE FIND_IN_SET('${mode}', modes)`)).toBe(figure);
    }
    expect(catalog.notice).toContain('示例数据');
  });

  it('has the figures of each domain', async () => {
    const { domains } = await api.data(
      '{ domains { code name nameEn description itemCount modes { mode count } windows { code itemCount } items { totalCount } } }',
    );
    const report = readReport();
    expect(domains.map(({ code }: { code: string }) => code)).toEqual(Object.keys(report.byDomain));
    for (const domain of domains) {
      const wanted = report.byDomain[domain.code as string]!;
      expect(domain.itemCount).toBe(wanted.items);
      expect(domain.items.totalCount).toBe(wanted.items);
      expect(domain.windows).toHaveLength(wanted.windows);
      const windowItems = domain.windows.map(({ itemCount }: { itemCount: number }) => itemCount);
      expect(windowItems.reduce((a: number, b: number) => a + b)).toBe(wanted.items);
      const modes = domain.modes.map(({ mode, count }: { mode: string; count: number }) => [mode, count]);
      expect(Object.fromEntries(modes)).toEqual(wanted.modes);
    }
  });

  it('gives windows with their halls and hours, those of some domains or all', async () => {
    const all = await api.data('{ windows { code domain { code } } }');
    expect(all.windows).toHaveLength(83);
    const some = await api.data('{ windows(domain: ["D18", "D11"]) { code domain { code } } }');
    expect(some.windows.map(({ code }: { code: string }) => code)).toEqual(['D11-01', 'D11-02', 'D18-01']);
    const { window } = await api.data(
      '{ window(code: "D01-01") { name hall counter phone domain { name } openingHours { weekday opens closes } modes { mode count } items(first: 1) { totalCount nodes { window { code } } } } }',
    );
    expect(window).toMatchObject({
      hall: expect.stringContaining('凤城'),
      domain: { name: '企业开办与市场监管' },
    });
    expect(window.openingHours[0]).toEqual({ weekday: 1, opens: '08:00', closes: '12:00' });
    expect(window.items.nodes).toEqual([{ window: { code: 'D01-01' } }]);
  });

  it('gives departments, whose items add up to the catalog', async () => {
    const { departments } = await api.data('{ departments { code name itemCount } }');
    const sum = departments.reduce(
      (total: number, { itemCount }: { itemCount: number }) => total + itemCount,
      0,
    );
    expect(sum).toBe(1454);
    const { department } = await api.data(
      'query ($code: String!) { department(code: $code) { name } }',
      departments[3],
    );
    expect(department.name).toBe(departments[3].name);
  });

  it('gives one item with everything around it', async () => {
    const { items } = await api.data('{ items(first: 1) { nodes { code } } }');
    const { item } = await api.data(
      `query ($code: String!) { item(code: $code) {
        id code name summary kind status audiences modes version revision updatedAt legalWorkingDays promisedWorkingDays
        onSiteVisits fee onlineUrl domain { code } window { code domain { code } } department { code } } }`,
      items.nodes[0],
    );
    expect(item).toMatchObject({ status: 'PUBLISHED', version: 1, revision: 1, code: items.nodes[0].code });
    expect(item.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(item.domain).toEqual(item.window.domain);
    expect(item.code.startsWith(item.department.code)).toBe(true);
  });

  it('answers null for a single thing that is not there', async () => {
    const data = await api.data(
      '{ item(code: "x") { code } domain(code: "x") { code } window(code: "x") { code } department(code: "x") { code } }',
    );
    expect(data).toEqual({ item: null, domain: null, window: null, department: null });
  });

  it('counts only published items, and still gives a suspended one by its code', async () => {
    const { items } = await api.data('{ items(last: 1) { nodes { code } } }');
    const code = items.nodes[0].code as string;
    const revision = await editItem(api.database.dataSource, code, { status: 'SUSPENDED' });
    await api.app.tail.advance();
    const after = await api.data(
      'query ($code: String!) { catalog { revision statistics { itemCount } } items { totalCount } item(code: $code) { status version revision } }',
      { code },
    );
    expect(after).toEqual({
      catalog: { revision, statistics: { itemCount: 1453 } },
      items: { totalCount: 1453 },
      item: { status: 'SUSPENDED', version: 2, revision },
    });
  });
});
