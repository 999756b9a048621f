/** Where a database is and who we are there. The password stays in here: logs get {@link describeAddress}. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  /** A unix socket, used instead of host and port. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/**
 * Reads `mysql://user:password@host:port/database`, or with `?socket=/path` for a unix socket; `mariadb://` means
 * the same. The fault, if any, is told without the password.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  if (!URL.canParse(text)) throw new Error('it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') {
    throw new Error(`its scheme is "${url.protocol}", wanted "mysql:" or "mariadb:"`);
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (!/^[A-Za-z0-9_$-]{1,64}$/.test(database)) {
    throw new Error('it names no database, or one with characters other than letters, digits, _ $ -');
  }
  if (url.username === '') throw new Error('it names no user');
  return {
    host: url.hostname || '127.0.0.1',
    port: url.port === '' ? 3306 : Number(url.port),
    socketPath: url.searchParams.get('socket'),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
  };
}

/** The address as a log may show it: without the password. */
export function describeAddress(address: DatabaseAddress): string {
  const place = address.socketPath ?? `${address.host}:${address.port}`;
  return `${address.user}@${place}/${address.database}`;
}
