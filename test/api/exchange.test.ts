import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { roles } from '../../src/access/caller';
import { type App, startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { sheetFormats } from '../../src/exchange/sheet';
import { readHead } from '../../src/revisions/history';
import { startTestApi, type TestApi } from '../support/api';
import { storedItem } from '../support/edit';
import { tokenOf } from '../support/tokens';

const types = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const department = '安溪县市场监督管理局';

interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a report or an error
  readonly body: any;
}

describe('spreadsheets over HTTP', () => {
  let api: TestApi;
  /** The same catalog, without review. */
  let unreviewed: App;
  let administrator: string;
  let code: string;
  beforeAll(async () => {
    api = await startTestApi({ corsOrigins: ['https://portal.example'] });
    const { dataSource } = api.database;
    const config = { ...readConfig({ REVIEW: 'off' }), port: 0 };
    unreviewed = await startApp({ config, dataSource, log: pino({ level: 'silent' }) });
    administrator = await tokenOf(dataSource, 'ADMINISTRATOR');
    const { items } = await api.data('{ items(first: 1, filter: { domain: ["D18"] }) { nodes { code } } }');
    code = items.nodes[0].code as string;
  });
  afterAll(async () => {
    await unreviewed.stop();
    await api.stop();
  });

  const bearer = (token: string | null) => (token === null ? {} : { authorization: `Bearer ${token}` });
  const send = async (
    query: string,
    body: string | Buffer,
    token: string | null = administrator,
    type: string = types.csv,
    url = api.app.url,
  ): Promise<Answer> => {
    const response = await fetch(`${url}/import?${query}`, {
      method: 'POST',
      headers: { 'content-type': type, ...bearer(token) },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const get = (path: string, token: string | null = administrator, method = 'GET') =>
    fetch(`${api.app.url}/export/${path}`, { method, headers: bearer(token) });
  const head = async () => (await readHead(api.database.dataSource)).revision;
  const renamed = (name: string) => `事项编码,事项名称\r\n${code},${name}\r\n`;
  const writing = `dryRun=false&reason=${encodeURIComponent('市场监管局补报')}`;

  it.each(sheetFormats)('go out as %s with a name, and come back without a change', async (format) => {
    const revision = await head();
    const response = await get(`items.${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="items-revision-${revision}.${format}"`,
    );
    expect(response.headers.get('content-type')).toContain(types[format]);
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status, body } = await send(writing, bytes, administrator, types[format]);
    expect([status, body]).toEqual([
      200,
      {
        dryRun: false,
        revision: null,
        rows: 1454,
        created: { count: 0, first: [] },
        changed: { count: 0, first: [] },
        unchanged: 1454,
        faults: { count: 0, first: [] },
        ignoredHeaders: [],
      },
    ]);
    expect(await head()).toBe(revision);
  });

  it('go out by domain, and by HEAD without a body', async () => {
    const text = await (await get('items.csv?domain=D18&domain=D17')).text();
    const { items } = await api.data('{ items(filter: { domain: ["D18", "D17"] }) { totalCount } }');
    expect(text.split('\r\n')).toHaveLength((items.totalCount as number) + 2);
    const asked = await get('items.xlsx', administrator, 'HEAD');
    expect([asked.status, asked.headers.get('content-type'), await asked.text()]).toEqual([
      200,
      types.xlsx,
      '',
    ]);
    const unknown = await get('items.csv?domain=D99');
    expect([unknown.status, await unknown.json()]).toEqual([400, { error: '没有编码为“D99”的领域' }]);
    expect((await get('items.csv?domian=D18')).status).toBe(400);
    expect((await get('items.csv', administrator, 'POST')).status).toBe(405);
    expect((await fetch(`${api.app.url}/import`, { headers: bearer(administrator) })).status).toBe(405);
  });

  it('are only tried unless one says otherwise', async () => {
    const before = await head();
    const { status, body } = await send('', renamed('试运行的名称'));
    expect([status, body.dryRun, body.revision]).toEqual([200, true, null]);
    expect(body.changed).toEqual({
      count: 1,
      first: [{ row: 2, code, name: '试运行的名称', columns: ['事项名称'] }],
    });
    expect(await head()).toBe(before);
  });

  it('are written as one revision, which is read at once', async () => {
    const before = await head();
    const lines = `${renamed('写入的名称').replace('事项名称', '事项名称,部门')}`.trimEnd();
    const { department: own } = await storedItem(api.database.dataSource, code);
    const { status, body } = await send(writing, `${lines},${own}\r\n,经由接口新增的事项,${department}\r\n`);
    expect([status, body.revision, body.created.count, body.changed.count]).toEqual([200, before + 1, 1, 1]);
    const read = await api.data(`{ catalog { revision } item(code: "${code}") { name } }`);
    expect(read).toEqual({ catalog: { revision: before + 1 }, item: { name: '写入的名称' } });
    expect(
      await api.database.dataSource.query('SELECT actor, reason FROM catalog_revision WHERE revision = ?', [
        before + 1,
      ]),
    ).toEqual([{ actor: '测试 ADMINISTRATOR', reason: '市场监管局补报' }]);
  });

  it('tell faults by row and column, and then write nothing', async () => {
    const before = await head();
    const { status, body } = await send(
      writing,
      `事项名称,部门,马上办\r\n好的事项,${department},\r\n坏的,无,也许`,
    );
    expect([status, body.revision, body.faults.count]).toEqual([422, null, 2]);
    expect(body.faults.first).toContainEqual(
      expect.objectContaining({ row: 3, column: 'C', header: '马上办', value: '也许' }),
    );
    expect((await send('', Buffer.from('504b030400', 'hex'), administrator, types.xlsx)).status).toBe(422);
    expect((await send('domain=D99', renamed('甲'))).body.faults.first[0].message).toContain('D99');
    expect(await head()).toBe(before);
  });

  it('are for those with the right, by role', async () => {
    const found: Record<string, number[]> = {};
    for (const role of roles) {
      const token = await tokenOf(api.database.dataSource, role, ['D18']);
      const sent = await send('', renamed(`由 ${role} 改名`), token);
      found[role] = [sent.status, (await get('items.csv?domain=D18', token)).status];
    }
    expect(found).toEqual({
      CONSUMER: [403, 403],
      EDITOR: [200, 200],
      REVIEWER: [403, 200],
      LEGAL_REVIEWER: [403, 200],
      ADMINISTRATOR: [200, 200],
    });
    const elsewhere = await tokenOf(api.database.dataSource, 'EDITOR', ['D01']);
    const { status, body } = await send(writing, renamed('越权的名称'), elsewhere);
    expect([status, body.faults.first[0].message]).toEqual([422, '测试 EDITOR 无权修改领域 D18 的事项']);
  });

  it('change modes only past review', async () => {
    const before = await head();
    const editor = await tokenOf(api.database.dataSource, 'EDITOR', ['D18']);
    const { name, modes } = await storedItem(api.database.dataSource, code);
    const once = modes.includes('SINGLE_VISIT') ? '否' : '是';
    const lines = `事项编码,事项名称,一次办\r\n${code},${name},${once}\r\n`;
    const refused = await send(writing, lines, editor);
    expect([refused.status, refused.body.faults.first[0].message]).toEqual([
      422,
      '五办的变更须经审核，不能由导入直接写入',
    ]);
    expect(await head()).toBe(before);
    expect((await send('', lines)).status).toBe(200);
    const open = await send('', lines, editor, types.csv, unreviewed.url);
    expect([open.status, open.body.changed.count]).toEqual([200, 1]);
  });

  it('want a token that is good', async () => {
    for (const token of [null, 'ow_wrong']) {
      const refused = await Promise.all([
        fetch(`${api.app.url}/import`, { method: 'POST', headers: bearer(token), body: 'x' }),
        get('items.xlsx', token),
      ]);
      for (const response of refused) {
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(await response.json()).toEqual({ error: expect.stringMatching(/oken|TOKEN/) });
      }
    }
  });

  it.each([
    [/dryRun is "yes"/, 'dryRun=yes'],
    [/a reason is needed/, 'dryRun=false'],
    [/has 3 characters/, 'dryRun=false&reason=abc'],
    [/has 501 characters/, `reason=${'x'.repeat(501)}`],
    [/more than once/, 'dryRun=true&dryRun=false'],
    [/no parameter "domian"/, 'domian=D18'],
  ])('are refused with bad parameters: %p', async (message, query) => {
    const { status, body } = await send(query, renamed('不会写入'));
    expect([status, body]).toEqual([400, { error: expect.stringMatching(message) }]);
  });

  it('are refused over 20 MB, announced or not, and of other types', async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, 'x');
    expect(await send('', large)).toEqual({ status: 413, body: { error: 'The file is over 20 MB' } });
    const status = await new Promise<number | undefined>((settle, fail) => {
      const options = { method: 'POST', headers: { 'content-type': types.csv, ...bearer(administrator) } };
      const streamed = request(`${api.app.url}/import`, options, (response) => {
        settle(response.statusCode);
        response.resume();
      });
      streamed.on('error', fail);
      for (let at = 0; at < large.length; at += 1 << 20) streamed.write(large.subarray(at, at + (1 << 20)));
      streamed.end();
    });
    expect(status).toBe(413);
    expect((await send('', 'a=b', administrator, 'application/x-www-form-urlencoded')).status).toBe(415);
  });

  it('survive clients that go away', async () => {
    const before = await head();
    const aborted = (path: string, method: string) =>
      new Promise<void>((settle) => {
        const headers = { 'content-type': types.csv, 'content-length': 1000, ...bearer(administrator) };
        const left = request(`${api.app.url}${path}`, {
          method,
          headers: method === 'GET' ? bearer(administrator) : headers,
        });
        left.on('error', () => settle());
        left.on('close', () => settle());
        if (method === 'GET') {
          left.on('response', (response) => response.once('data', () => left.destroy()));
          left.end();
        } else {
          left.write(renamed('半个文件'));
          setTimeout(() => left.destroy(), 100);
        }
      });
    await aborted(`/import?${writing}`, 'POST');
    for (const format of sheetFormats) await aborted(`/export/items.${format}`, 'GET');
    await sleep(200);
    expect(await head()).toBe(before);
    expect(api.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    expect((await get('items.csv')).status).toBe(200);
  });

  it('may be fetched by pages of the configured origins', async () => {
    const headers = { origin: 'https://portal.example' };
    const preflight = await fetch(`${api.app.url}/import`, { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const response = await fetch(`${api.app.url}/export/items.csv?domain=D18`, {
      headers: { ...headers, ...bearer(administrator) },
    });
    expect(response.headers.get('access-control-expose-headers')).toContain('content-disposition');
    expect((await response.text()).length).toBeGreaterThan(0);
  });
});
