import { describeAddress, parseDatabaseUrl } from '../../src/database/address';
import { readConfig } from '../../src/config';

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      database: null,
      host: '127.0.0.1',
      port: 4000,
      logLevel: 'info',
      logFormat: 'readable',
      corsOrigins: [],
      oidc: null,
    });
    expect(readConfig({ NODE_ENV: 'production' }).logFormat).toBe('json');
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('reads what is set', () => {
    const config = readConfig({
      DATABASE_URL: 'mysql://u:p%40ss@db.example:3307/ow',
      HOST: '0.0.0.0',
      PORT: ' 80 ',
      DATA_DIR: '/srv/ow',
      LOG_LEVEL: 'debug',
      CORS_ORIGINS: 'https://a.example, http://b.example:8080',
    });
    expect(config.database).toMatchObject({
      host: 'db.example',
      port: 3307,
      user: 'u',
      password: 'p@ss',
      database: 'ow',
    });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 80, dataDir: '/srv/ow', logLevel: 'debug' });
    expect(config.corsOrigins).toEqual(['https://a.example', 'http://b.example:8080']);
    expect(readConfig({ CORS_ORIGINS: '*' }).corsOrigins).toBe('*');
  });

  it.each([
    ['PORT', '4000x', /^PORT is not usable: "4000x" is not a whole number.*Example: PORT=4000$/],
    ['PORT', '70000', /0 to 65535/],
    ['HOST', 'a b', /neither a host name nor an address/],
    ['LOG_LEVEL', 'loud', /"loud" is none of silent, error/],
    ['CORS_ORIGINS', 'https://a.example/path', /is not an origin/],
    ['DATABASE_URL', 'postgres://u@h/d', /scheme is "postgres:"/],
    ['DATABASE_URL', 'mysql://u:secret@h/', /names no database/],
    ['DATABASE_URL', 'mysql://h/d', /names no user/],
    ['DATABASE_URL', 'nonsense', /not a URL/],
  ])('names %s=%s, its fault and an example', (name, value, message) => {
    expect(() => readConfig({ [name]: value })).toThrow(message);
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret/);
  });

  const issuer = { OIDC_ISSUER: 'https://login.example/realms/county', OIDC_AUDIENCE: 'ow' };

  it('reads an issuer and what its words mean', () => {
    const { oidc } = readConfig(issuer);
    expect(oidc).toMatchObject({
      issuer: 'https://login.example/realms/county',
      audience: 'ow',
      rolesClaim: 'roles',
      domainsClaim: 'domains',
    });
    expect([...oidc!.roleMap]).toContainEqual(['EDITOR', 'EDITOR']);
    const mapped = readConfig({ ...issuer, OIDC_ROLE_MAP: 'clerk=EDITOR, 科长=REVIEWER' });
    expect([...mapped.oidc!.roleMap]).toEqual([
      ['clerk', 'EDITOR'],
      ['科长', 'REVIEWER'],
    ]);
  });

  it.each([
    [
      { OIDC_ISSUER: 'https://a.example' },
      /^OIDC_AUDIENCE is not usable: it is not set, but OIDC_ISSUER is\./,
    ],
    [{ OIDC_AUDIENCE: 'ow' }, /^OIDC_AUDIENCE is not usable: OIDC_ISSUER is not set\./],
    [{ OIDC_ROLE_MAP: 'a=EDITOR' }, /^OIDC_ROLE_MAP is not usable: OIDC_ISSUER is not set\./],
    [{ OIDC_ROLES_CLAIM: 'groups' }, /^OIDC_ROLES_CLAIM is not usable: OIDC_ISSUER is not set\./],
    [{ OIDC_DOMAINS_CLAIM: 'areas' }, /^OIDC_DOMAINS_CLAIM is not usable: OIDC_ISSUER is not set\./],
    [
      { OIDC_ISSUER: 'login' },
      /^OIDC_ISSUER is not usable: "login" is not a URL\. Example: OIDC_ISSUER=https/,
    ],
    [{ OIDC_ISSUER: 'http://login.example' }, /neither https nor on this machine/],
    [{ OIDC_ISSUER: 'https://login.example?a=b' }, /has a query or a fragment/],
    [{ ...issuer, OIDC_ROLE_MAP: 'clerk' }, /^OIDC_ROLE_MAP is not usable: "clerk" is not WORD=ROLE/],
    [{ ...issuer, OIDC_ROLE_MAP: 'clerk=BOSS' }, /"BOSS" is none of CONSUMER, EDITOR/],
    [{ ...issuer, OIDC_ROLE_MAP: 'clerk=EDITOR,clerk=REVIEWER' }, /"clerk" is there twice/],
  ])('refuses %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  it('describes an address without its password', () => {
    expect(describeAddress(parseDatabaseUrl('mysql://u:secret@h/d'))).toBe('u@h:3306/d');
    expect(describeAddress(parseDatabaseUrl('mariadb://u@localhost/d?socket=/run/m.sock'))).toBe(
      'u@/run/m.sock/d',
    );
  });
});
