/**
 * Finds the MariaDB server program that a private database runs on, and installs it where the machine has none
 * and a package manager that we may use (Debian's and Ubuntu's apt, as root or with passwordless sudo).
 */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '../lib/errors';
import { type Logger, step } from '../lib/log';

const run = promisify(execFile);

/** The two programs that a private database needs. */
export interface ServerProgram {
  readonly server: string;
  readonly installer: string;
}

/** Debian's packages of just these programs: 8 MB, no service is started. */
const packages = ['mariadb-server-core', 'mariadb-client-core'];

const waysOut = [
  'No MariaDB server program was found, and none could be installed. Any one of these helps:',
  `  - install one: apt-get install ${packages.join(' ')}   (or your system's MariaDB server package)`,
  '  - use a MariaDB or MySQL server that you have: DATABASE_URL=mysql://user:password@host:3306/database',
  '  - run everything in containers: DATABASE_PASSWORD=choose-one docker compose up',
].join('\n');

/** The installed server program; installs it if need be, and ends with the ways out if that cannot be done. */
export async function ensureServerProgram(log: Logger, folders: readonly string[]): Promise<ServerProgram> {
  const found = findServerProgram(folders);
  if (found) return found;
  const apt = await aptCommand(folders);
  if (!apt) throw new OperatorError(waysOut);
  try {
    await step(log, 'installing the MariaDB server program', () => installWith(apt));
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    throw new OperatorError(`${waysOut}\nWhat apt-get said: ${stderr.trim() || message}`);
  }
  const installed = findServerProgram(folders);
  if (!installed) throw new OperatorError(waysOut);
  return installed;
}

/** The folders of a search path, and those where distributions keep servers apart from it. */
export function programFolders(searchPath: string): string[] {
  return [...searchPath.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/libexec'];
}

/** Looks for the two programs in some folders. */
export function findServerProgram(folders: readonly string[]): ServerProgram | null {
  const server = findProgram('mariadbd', folders);
  const installer = findProgram('mariadb-install-db', folders);
  return server && installer ? { server, installer } : null;
}

/** The full path of a program, or null. */
export function findProgram(name: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return null;
}

async function aptCommand(folders: readonly string[]): Promise<string[] | null> {
  const apt = findProgram('apt-get', folders);
  if (!apt) return null;
  if (process.getuid?.() === 0) return [apt];
  const sudo = findProgram('sudo', folders);
  if (!sudo) return null;
  try {
    await run(sudo, ['-n', 'true']);
    return [sudo, '-n', apt];
  } catch {
    return null;
  }
}

async function installWith([program = '', ...args]: string[]): Promise<void> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 1 << 26 };
  await run(program, [...args, 'update'], options);
  // A machine that runs MySQL keeps it: apt must not remove what conflicts.
  const install = ['install', '-y', '--no-install-recommends', '--no-remove', ...packages];
  await run(program, [...args, ...install], options);
}
