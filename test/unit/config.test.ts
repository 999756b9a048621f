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

  it('describes an address without its password', () => {
    expect(describeAddress(parseDatabaseUrl('mysql://u:secret@h/d'))).toBe('u@h:3306/d');
    expect(describeAddress(parseDatabaseUrl('mariadb://u@localhost/d?socket=/run/m.sock'))).toBe(
      'u@/run/m.sock/d',
    );
  });
});
