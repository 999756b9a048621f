import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { createToken, listTokens, revokeToken } from '../../src/access/token.store';
import { startTestApi, type TestApi } from '../support/api';
import { tokenOf } from '../support/tokens';

const viewer = '{ viewer { id name roles domains { code } } }';
const suspended = '{ items(filter: { status: [SUSPENDED] }) { totalCount } }';

describe('authentication', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const send = (authorization: string | null, url = api.app.url, query = viewer) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
      body: JSON.stringify({ query }),
    });
  const refusal = async (authorization: string, url?: string) => {
    const response = await send(authorization, url);
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    return [
      response.status,
      response.headers.get('www-authenticate'),
      errors[0]!.extensions,
      errors[0]!.message,
    ] as const;
  };
  const refused = (message: string) => [401, 'Bearer', { code: 'UNAUTHENTICATED' }, message];
  const make = (days: number | null = null) =>
    createToken(api.database.dataSource, { name: '王芳', roles: ['EDITOR'], domains: ['D02', 'D01'], days });
  const change = (sql: string, ...values: unknown[]) =>
    api.database.dataSource.query(`UPDATE access_token SET ${sql}`, values);
  const stored = async (id: string) =>
    (await listTokens(api.database.dataSource)).find((token) => token.id === id)!;
  /** Waits until the use of a token is written, which happens behind the answer. */
  const used = async (id: string, before: Date | null = null): Promise<Date> => {
    for (;;) {
      const { lastUsedAt } = await stored(id);
      if (lastUsedAt !== null && lastUsedAt.getTime() !== before?.getTime()) return lastUsedAt;
      await sleep(20);
    }
  };

  it('takes who sends no header for anonymous', async () => {
    expect(await (await send(null)).json()).toEqual({ data: { viewer: null } });
  });

  it('tells the bearer of a good token who he is', async () => {
    const { id, token } = await make(30);
    expect(token).toMatch(/^ow_[A-Za-z0-9_-]{43}$/);
    const wanted = { id, name: '王芳', roles: ['EDITOR'], domains: [{ code: 'D01' }, { code: 'D02' }] };
    expect(await (await send(`Bearer ${token}`)).json()).toEqual({ data: { viewer: wanted } });
    expect(await (await send(`bearer  ${token} `)).json()).toEqual({ data: { viewer: wanted } });
  });

  it('shows an administrator no domains, which means all', async () => {
    const token = await tokenOf(api.database.dataSource, 'ADMINISTRATOR');
    expect(await api.data('{ viewer { roles domains { code } } }', {}, token)).toEqual({
      viewer: { roles: ['ADMINISTRATOR'], domains: [] },
    });
  });

  it.each(['Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', 'Bearer ow_ä', 'ow_x', ''])(
    'refuses the malformed header "%s"',
    async (authorization) => {
      // What HTTP itself does not carry is sent as the bytes that it would be.
      const header = Buffer.from(authorization).toString('latin1');
      expect(await refusal(header)).toEqual(
        refused('The Authorization header is not of the form: Bearer TOKEN'),
      );
    },
  );

  it.each(['ow_x', `ow_${'A'.repeat(43)}`, "ow_'", 'eyJhbGciOiJub25lIn0.e30.', 'a/b=='])(
    'refuses the unknown token "%s"',
    async (token) => {
      const [status, challenge, extensions] = await refusal(`Bearer ${token}`);
      expect([status, challenge, extensions]).toEqual([401, 'Bearer', { code: 'UNAUTHENTICATED' }]);
    },
  );

  it('refuses a token with one character changed, and the id or the hash in its stead', async () => {
    const { id, token } = await make();
    const changed = token.slice(0, -5) + (token.at(-5) === 'A' ? 'B' : 'A') + token.slice(-4);
    const hash = createHash('sha256').update(token).digest();
    for (const other of [changed, token.toUpperCase(), id, hash.toString('hex'), hash.toString('base64')]) {
      expect(await refusal(`Bearer ${other}`)).toEqual(refused('The token is not one of this server'));
    }
  });

  it('answers nothing of a refused request, not even what is public', async () => {
    const response = await send('Bearer wrong', api.app.url, '{ catalog { revision } }');
    expect(await response.json()).toEqual({ errors: [expect.anything()] });
    expect(response.headers.get('content-type')).toContain('json');
  });

  it('refuses a token from the moment that it expires', async () => {
    const { id, token } = await make(1);
    expect((await send(`Bearer ${token}`)).status).toBe(200);
    await change('expires_at = UTC_TIMESTAMP(6) WHERE id = ?', id);
    expect(await refusal(`Bearer ${token}`)).toEqual(refused('The token has expired'));
  });

  it('refuses a revoked token at the next request, on every node', async () => {
    const other = await startApp({
      config: { ...readConfig({}), port: 0 },
      dataSource: api.database.dataSource,
      log: pino({ level: 'silent' }),
      tailInterval: 3_600_000,
    });
    const { id, token } = await make();
    for (const url of [api.app.url, other.url]) expect((await send(`Bearer ${token}`, url)).status).toBe(200);
    expect(await revokeToken(api.database.dataSource, id)).toBe('revoked');
    for (const url of [api.app.url, other.url]) {
      expect(await refusal(`Bearer ${token}`, url)).toEqual(refused('The token was revoked'));
    }
    expect(await revokeToken(api.database.dataSource, id)).toBe('revoked before');
    expect(await revokeToken(api.database.dataSource, 'none')).toBe('unknown');
    await other.stop();
  });

  it('costs a request one statement, and none where there is no header', async () => {
    const { id, token } = await make();
    await send(`Bearer ${token}`);
    await used(id);
    api.database.takeStatements();
    await send(`Bearer ${token}`);
    expect(api.database.takeStatements()).toHaveLength(1);
    await send(null);
    expect(api.database.takeStatements()).toEqual([]);
  });

  it('lists what is not published to staff alone', async () => {
    const { dataSource } = api.database;
    expect(await api.error(suspended)).toMatchObject({
      message: 'An anonymous caller may not perform Query.items(status:)',
      extensions: { code: 'FORBIDDEN', argument: ['filter', 'status', '0'] },
    });
    const portal = await tokenOf(dataSource, 'CONSUMER');
    expect((await api.error(suspended, {}, portal)).extensions.code).toBe('FORBIDDEN');
    for (const role of ['EDITOR', 'REVIEWER', 'LEGAL_REVIEWER', 'ADMINISTRATOR'] as const) {
      const token = await tokenOf(dataSource, ['CONSUMER', role], ['D01']);
      expect(await api.data(suspended, {}, token)).toEqual({ items: { totalCount: 0 } });
    }
  });

  describe('writes down the last use', () => {
    it('at most once a minute', async () => {
      const { id, token } = await make();
      await send(`Bearer ${token}`);
      const first = await used(id);
      api.database.takeStatements();
      for (let i = 0; i < 5; i++) await send(`Bearer ${token}`);
      expect(api.database.takeStatements().filter((sql) => sql.startsWith('UPDATE'))).toEqual([]);
      await change('last_used_at = last_used_at - INTERVAL 61 SECOND WHERE id = ?', id);
      const old = (await stored(id)).lastUsedAt!;
      expect(old.getTime()).toBe(first.getTime() - 61_000);
      await send(`Bearer ${token}`);
      expect((await used(id, old)).getTime()).toBeGreaterThanOrEqual(first.getTime());
    });

    it('without waiting for it', async () => {
      const { id, token } = await make();
      const runner = api.database.dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query('SELECT id FROM access_token FOR UPDATE');
      for (let i = 0; i < 20; i++) expect((await send(`Bearer ${token}`)).status).toBe(200);
      expect((await stored(id)).lastUsedAt).toBeNull();
      await runner.rollbackTransaction();
      await runner.release();
      await used(id);
    });

    it('and answers all the same if it cannot', async () => {
      const { id, token } = await make();
      const { dataSource } = api.database;
      await dataSource.query(
        `ALTER TABLE access_token ADD CONSTRAINT no CHECK (id <> '${id}' OR last_used_at IS NULL)`,
      );
      for (let i = 0; i < 3; i++) expect((await send(`Bearer ${token}`)).status).toBe(200);
      const warned = () => api.logged.filter(({ msg }) => String(msg).includes('when tokens were used'));
      while (warned().length === 0) await sleep(20);
      await dataSource.query('ALTER TABLE access_token DROP CONSTRAINT no');
    });
  });

  it('masks a failing look-up, and never tells a token or its hash to the log', async () => {
    const { id, token } = await make();
    const { dataSource } = api.database;
    expect((await send(`Bearer ${token}`)).status).toBe(200);
    await dataSource.query('RENAME TABLE access_token TO hidden');
    const response = await send(`Bearer ${token}`);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('INTERNAL_SERVER_ERROR');
    await dataSource.query('RENAME TABLE hidden TO access_token');
    await revokeToken(dataSource, id);
    expect((await send(`Bearer ${token}`)).status).toBe(401);
    await expect(
      createToken(dataSource, { name: 'x'.repeat(101), roles: ['EDITOR'], domains: [], days: null }),
    ).rejects.toThrow('Cannot store the token: the database says ER_DATA_TOO_LONG');
    const log = JSON.stringify(api.logged);
    expect(log).toContain('Cannot look a token up: the database says ER_NO_SUCH_TABLE');
    const hash = createHash('sha256').update(token).digest();
    for (const secret of [token, token.slice(3), hash.toString('hex'), hash.toString('base64')]) {
      expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    expect(log).not.toContain(JSON.stringify([...hash]).slice(1, -1));
  });
});
