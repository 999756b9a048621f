/** How the run's set-up tells test files, which are other processes, where the database server is. */
import type { DatabaseAddress } from '../../src/database/address';

const variable = 'ONE_WINDOW_TEST_SERVER';

export function handOver(address: DatabaseAddress): void {
  process.env[variable] = JSON.stringify(address);
}

/** The address on the run's server; its database name is the prefix of those that tests make. */
export function testServer(): DatabaseAddress {
  const text = process.env[variable];
  if (!text) throw new Error('the set-up of the test run has not run');
  return JSON.parse(text) as DatabaseAddress;
}

/** The address as a DATABASE_URL. */
export function urlOf({ host, port, socketPath, user, password, database }: DatabaseAddress): string {
  const place = socketPath === null ? `${host}:${port}` : 'localhost';
  const socket = socketPath === null ? '' : `?socket=${encodeURIComponent(socketPath)}`;
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${place}/${database}${socket}`;
}
