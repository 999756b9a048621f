/** One throw-away database server for the whole run, or the server of TEST_DATABASE_URL. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDatabaseUrl } from '../src/database/address';
import { type LocalServer, startLocalServer } from '../src/database/local-server';
import { programFolders } from '../src/database/server-program';
import { openLog } from '../src/lib/log';
import { handOver } from './support/server-address';

declare global {
  var throwAwayServer: { server: LocalServer; dataDir: string } | undefined;
}

export = async function globalSetup(): Promise<void> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url) {
    handOver(parseDatabaseUrl(url));
    return;
  }
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'one-window-test-'));
  const server = await startLocalServer({
    dataDir,
    database: 'ow_test',
    programFolders: programFolders(process.env['PATH'] ?? ''),
    log: openLog('info', 'readable'),
    // Nothing here outlives the run, so nothing needs to reach a disk.
    options: ['--innodb-flush-log-at-trx-commit=0', '--innodb-log-file-size=16M', '--max-connections=300'],
  });
  globalThis.throwAwayServer = { server, dataDir };
  handOver(server.address);
};
