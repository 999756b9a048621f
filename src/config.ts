/**
 * The environment as one frozen, checked Config. A bad value ends the start with its name, its fault and an
 * example; nothing else in the program reads `process.env`.
 */
import { resolve } from 'node:path';
import { type OidcSettings, ownRoleNames, parseIssuer, parseRoleMap } from './access/oidc-settings';
import { type DatabaseAddress, parseDatabaseUrl } from './database/address';
import { programFolders } from './database/server-program';
import { OperatorError } from './lib/errors';
import { type LogLevel, logLevels } from './lib/log';
import { projectRoot } from './lib/project-root';

export interface Config {
  /** The database to use; null means the private one under `dataDir`, which the program runs itself. */
  readonly database: DatabaseAddress | null;
  /** The address to listen on. */
  readonly host: string;
  /** The port to listen on; 0 lets the system choose. */
  readonly port: number;
  /** Where the private database lives. */
  readonly dataDir: string;
  /** Where to look for programs: those of PATH, and where servers are kept apart from it. */
  readonly programFolders: readonly string[];
  readonly logLevel: LogLevel;
  /** JSON in production, for people otherwise. */
  readonly logFormat: 'json' | 'readable';
  /** Origins that browsers may call from; `'*'` is every origin, an empty list none but our own page. */
  readonly corsOrigins: '*' | readonly string[];
  /** Whether changes of modes are reviewed (双审制) before they are in force. */
  readonly review: 'required' | 'off';
  /** After how many working days a waiting proposal warns in blue, yellow and red. */
  readonly warningDays: readonly [number, number, number];
  /** The issuer whose JWTs sign staff in, besides tokens; null for none. */
  readonly oidc: OidcSettings | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one variable; what `parse` throws names its fault. */
type Read = <T>(name: string, fallback: string, example: string, parse: (text: string) => T) => T;

/** Reads and checks the environment. */
export function readConfig(environment: Environment): Config {
  const read: Read = (name, fallback, example, parse) => {
    const text = environment[name]?.trim() || fallback;
    try {
      return parse(text);
    } catch (fault) {
      throw new OperatorError(
        `${name} is not usable: ${(fault as Error).message}. Example: ${name}=${example}`,
      );
    }
  };
  return Object.freeze({
    database: read('DATABASE_URL', '', 'mysql://user:password@127.0.0.1:3306/one_window', (text) =>
      text === '' ? null : parseDatabaseUrl(text),
    ),
    host: read('HOST', '127.0.0.1', '0.0.0.0', parseHost),
    port: read('PORT', '4000', '4000', parsePort),
    dataDir: read('DATA_DIR', '.data', '/var/lib/one-window', (text) => resolve(projectRoot, text)),
    programFolders: programFolders(environment['PATH'] ?? ''),
    logLevel: read('LOG_LEVEL', 'info', 'debug', parseLogLevel),
    logFormat: environment['NODE_ENV'] === 'production' ? 'json' : 'readable',
    corsOrigins: read('CORS_ORIGINS', '', 'https://portal.example,https://kiosk.example', parseOrigins),
    review: read('REVIEW', 'required', 'off', parseReview),
    warningDays: read('WARNING_DAYS', '3,5,10', '3,5,10', parseWarningDays),
    oidc: readOidc(read),
  });
}

/** All of OIDC, or nothing: half of it would refuse everybody, or believe too much. */
function readOidc(read: Read): OidcSettings | null {
  const plain = (text: string) => text;
  const issuer = read('OIDC_ISSUER', '', 'https://login.example/realms/county', (text) =>
    text === '' ? null : parseIssuer(text),
  );
  const among = <T>(name: string, fallback: string, example: string, parse: (text: string) => T): T =>
    read(name, issuer === null ? '' : fallback, example, (text) => {
      if (issuer === null && text !== '') throw new Error('OIDC_ISSUER is not set');
      return parse(text);
    });
  const settings = {
    audience: among('OIDC_AUDIENCE', '', 'one-window', (text) => {
      if (issuer !== null && text === '') throw new Error('it is not set, but OIDC_ISSUER is');
      return text;
    }),
    rolesClaim: among('OIDC_ROLES_CLAIM', 'roles', 'realm_access.roles', plain),
    domainsClaim: among('OIDC_DOMAINS_CLAIM', 'domains', 'domains', plain),
    roleMap: among('OIDC_ROLE_MAP', '', 'clerk=EDITOR,chief=REVIEWER', (text) =>
      text === '' ? ownRoleNames : parseRoleMap(text),
    ),
  };
  return issuer === null ? null : { issuer, ...settings };
}

function parseHost(text: string): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text)) throw new Error(`"${text}" is neither a host name nor an address`);
  return text;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`"${text}" is not a whole number from 0 to 65535`);
  return port;
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (!level) throw new Error(`"${text}" is none of ${logLevels.join(', ')}`);
  return level;
}

function parseOrigins(text: string): '*' | readonly string[] {
  if (text === '*') return '*';
  const origins = text.split(',').map((origin) => origin.trim());
  const given = origins.filter((origin) => origin !== '');
  for (const origin of given) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(`"${origin}" is not an origin (scheme, host and port without a path)`);
    }
  }
  return given;
}

function parseReview(text: string): 'required' | 'off' {
  if (text !== 'required' && text !== 'off') throw new Error(`"${text}" is neither required nor off`);
  return text;
}

function parseWarningDays(text: string): [number, number, number] {
  const [blue = 0, yellow = 0, red = 0, ...more] = text.split(',').map(Number);
  const whole = [blue, yellow, red].every((days) => Number.isInteger(days) && days > 0);
  if (!whole || more.length > 0 || blue > yellow || yellow > red) {
    throw new Error(`"${text}" is not three whole numbers of days, none smaller than the one before`);
  }
  return [blue, yellow, red];
}
