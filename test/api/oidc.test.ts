import { createSecretKey } from 'node:crypto';
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { startTestApi, type TestApi } from '../support/api';
import { audience, type Issuer, makeKey, type SigningKey, startIssuer } from '../support/issuer';
import { tokenOf } from '../support/tokens';

const viewer = '{ viewer { id name roles domains { code } } }';
const suspended = '{ items(filter: { status: [SUSPENDED] }) { totalCount } }';
const soon = () => Math.floor(Date.now() / 1_000) + 300;

describe('staff who sign in elsewhere', () => {
  let issuer: Issuer;
  let key: SigningKey;
  let api: TestApi;
  beforeAll(async () => {
    issuer = await startIssuer();
    key = await makeKey('first');
    await issuer.publish(key);
    const { oidc } = readConfig({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience });
    api = await startTestApi({ oidc });
  });
  afterAll(async () => {
    await api.stop();
    await issuer.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  /** Why a JWT is refused. */
  const refusal = async (jwt: string): Promise<string> => {
    const { message, extensions } = await api.error(viewer, {}, jwt);
    expect(extensions).toEqual({ code: 'UNAUTHENTICATED' });
    return message;
  };

  it('are known by subject, name, roles and domains', async () => {
    const jwt = await issuer.sign(key, {
      name: '王芳',
      preferred_username: 'wangfang',
      roles: ['EDITOR', 'REVIEWER'],
      domains: ['D02', 'D01', 'D99'],
    });
    expect(await api.data(viewer, {}, jwt)).toEqual({
      viewer: {
        id: 'oidc:u-1',
        name: '王芳',
        roles: ['EDITOR', 'REVIEWER'],
        domains: [{ code: 'D01' }, { code: 'D02' }],
      },
    });
    expect(await api.data(suspended, {}, jwt)).toEqual({ items: { totalCount: 0 } });
  });

  it('may be named by their user name, or by the subject', async () => {
    const nameOf = async (claims: object) =>
      (await api.data('{ viewer { name } }', {}, await issuer.sign(key, { ...claims }))).viewer
        .name as string;
    expect(await nameOf({ preferred_username: 'wangfang' })).toBe('wangfang');
    expect(await nameOf({ name: ' ' })).toBe('u-1');
    expect(await nameOf({ name: '名'.repeat(101) })).toBe('名'.repeat(100));
  });

  it.each([[['manager', 'constructor', 7]], ['manager'], [undefined], [{ EDITOR: true }], ['editor']])(
    'have no role by the words %j, and no right that needs one',
    async (roles) => {
      const jwt = await issuer.sign(key, { roles });
      expect((await api.data(viewer, {}, jwt)).viewer.roles).toEqual([]);
      expect((await api.error(suspended, {}, jwt)).extensions.code).toBe('FORBIDDEN');
    },
  );

  it('may sign by elliptic curves too', async () => {
    const keys = [key, await makeKey('e', 'ES256'), await makeKey('d', 'EdDSA'), await makeKey('p', 'PS256')];
    await issuer.publish(...keys);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
    for (const other of keys) {
      expect(await api.data('{ viewer { id } }', {}, await issuer.sign(other))).toEqual({
        viewer: { id: 'oidc:u-1' },
      });
    }
    await issuer.publish(key);
  });

  describe('are refused with a JWT', () => {
    it('for another audience, or for none', async () => {
      for (const aud of ['another', ['a', 'b'], undefined]) {
        expect(await refusal(await issuer.sign(key, { aud }))).toMatch(/^The JWT is refused: .*"aud"/);
      }
    });

    it('of another issuer, or of none', async () => {
      for (const iss of ['https://elsewhere.example', `${issuer.url}/`, undefined]) {
        expect(await refusal(await issuer.sign(key, { iss }))).toContain('"iss"');
      }
    });

    it('that has expired, never expires, or is not good yet', async () => {
      const now = Math.floor(Date.now() / 1_000);
      expect(await refusal(await issuer.sign(key, { exp: now - 30 }))).toContain('"exp"');
      expect(await refusal(await issuer.sign(key, { exp: undefined }))).toContain('"exp"');
      expect(await refusal(await issuer.sign(key, { nbf: now + 120 }))).toContain('"nbf"');
    });

    it('of nobody', async () => {
      for (const sub of [undefined, '', 7]) {
        expect(await refusal(await issuer.sign(key, { sub }))).toContain('"sub"');
      }
    });

    it('that nobody signed (alg none)', async () => {
      const jwt = new UnsecuredJWT({ iss: issuer.url, aud: audience, sub: 'u-1', roles: ['ADMINISTRATOR'] });
      expect(await refusal(jwt.setExpirationTime('5m').encode())).toContain('"alg"');
    });

    it('signed with the public key as if it were a secret (HS256)', async () => {
      const pem = createSecretKey(Buffer.from(await exportSPKI(key.publicKey)));
      const jwt = new SignJWT({ iss: issuer.url, aud: audience, sub: 'u-1', exp: soon() });
      expect(await refusal(await jwt.setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(pem))).toContain(
        '"alg"',
      );
    });

    it('signed by a key that the issuer does not publish, under its own id or another’s', async () => {
      const forger = await makeKey('forger');
      expect(await refusal(await issuer.sign(forger))).toContain('no applicable key');
      expect(await refusal(await issuer.sign(forger, {}, { kid: key.kid }))).toContain('signature');
    });

    it('that brings its own key', async () => {
      const forger = await makeKey('forger');
      const jku = { jku: 'https://forger.example/keys', x5u: 'https://forger.example/certificate' };
      expect(await refusal(await issuer.sign(forger, {}, jku))).toContain('no applicable key');
    });

    it('whose claims were changed, or that is no JWT at all', async () => {
      const [header, , signature] = (await issuer.sign(key)).split('.');
      const claims = { iss: issuer.url, aud: audience, sub: 'u-2', roles: ['ADMINISTRATOR'], exp: soon() };
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
      expect(await refusal(`${header}.${payload}.${signature}`)).toContain('signature');
      for (const text of ['a.b.c', '..', 'e30.e30.e30', `${header}.${payload}.`]) await refusal(text);
    });
  });

  it('are known by a new key as soon as the issuer has one, and no longer by one that it took back', async () => {
    const next = await makeKey('second');
    await issuer.publish(next);
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 120_000);
    expect(await api.data('{ viewer { id } }', {}, await issuer.sign(next))).toEqual({
      viewer: { id: 'oidc:u-1' },
    });
    expect(await refusal(await issuer.sign(key))).toContain('no applicable key');
    // Unknown keys do not make us ask the issuer again and again.
    const before = issuer.fetches();
    for (let i = 0; i < 5; i++) await refusal(await issuer.sign(await makeKey(`unknown-${i}`, 'ES256')));
    expect(issuer.fetches()).toBe(before);
    await issuer.publish(key);
    clock.mockReturnValue(now + 240_000);
    expect((await api.ask(viewer, {}, await issuer.sign(key))).errors).toBeUndefined();
  });

  it('do not keep others from using tokens', async () => {
    const token = await tokenOf(api.database.dataSource, 'CONSUMER');
    expect((await api.data('{ viewer { roles } }', {}, token)).viewer.roles).toEqual(['CONSUMER']);
  });

  it('may have words of their own for roles, in claims of their own', async () => {
    const { oidc } = readConfig({
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: audience,
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_DOMAINS_CLAIM: 'https://county.example/domains',
      OIDC_ROLE_MAP: 'clerk=EDITOR, chief = REVIEWER',
    });
    const other = await startTestApi({ oidc });
    const jwt = await issuer.sign(key, {
      realm_access: { roles: ['chief', 'clerk', 'clerk', 'ADMINISTRATOR'] },
      'https://county.example/domains': 'D03 D04',
    });
    expect((await other.data(viewer, {}, jwt)).viewer).toMatchObject({
      roles: ['REVIEWER', 'EDITOR'],
      domains: [{ code: 'D03' }, { code: 'D04' }],
    });
    await other.stop();
  });

  it('wait for an issuer that is down, and the log says so without the JWT', async () => {
    const config = { ...readConfig({}), port: 0 };
    const { oidc } = readConfig({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience });
    const jwt = await issuer.sign(key);
    const logged: unknown[] = [];
    const { dataSource } = api.database;
    const log = { ...silent(), error: (line: unknown) => void logged.push(line) } as never;
    const app = await startApp({ config: { ...config, oidc }, dataSource, log, tailInterval: 3_600_000 });
    const status = async () => {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${jwt}` },
        body: JSON.stringify({ query: viewer }),
      });
      return response.status;
    };
    issuer.answerWith(503);
    expect(await status()).toBe(500);
    issuer.answerWith(200);
    issuer.discovery['issuer'] = 'https://elsewhere.example';
    expect(await status()).toBe(500);
    delete issuer.discovery['issuer'];
    issuer.discovery['jwks_uri'] = 'http://elsewhere.example/keys';
    expect(await status()).toBe(500);
    delete issuer.discovery['jwks_uri'];
    expect(await status()).toBe(200);
    const messages = logged.map((line) => (line as { err: Error }).err.message);
    expect(messages).toEqual([
      expect.stringMatching(/Cannot get the keys of OIDC_ISSUER .* answers 503$/),
      expect.stringContaining('is of the issuer "https://elsewhere.example"'),
      expect.stringContaining('unusable jwks_uri "http://elsewhere.example/keys"'),
    ]);
    const words = logged
      .map((line) => `${(line as { err: Error }).err.stack} ${JSON.stringify(line)}`)
      .join();
    expect(words).not.toContain(jwt.split('.')[1]);
    await app.stop();
  });
});

/** A log that keeps nothing. */
function silent(): Record<string, () => undefined> {
  const nothing = () => undefined;
  return { trace: nothing, debug: nothing, info: nothing, warn: nothing };
}
