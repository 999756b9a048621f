/**
 * The private database of a bare `npm start`: a MariaDB server that is a child of this process, listens on a unix
 * socket in a folder that only its owner may enter, and admits only the system user who runs it. Data is kept
 * between starts. One process owns a data folder at a time; what a killed owner left behind is cleared away.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { OperatorError } from '../lib/errors';
import { type Logger, step } from '../lib/log';
import type { DatabaseAddress } from './address';
import { connectionOptions } from './data-source';
import { commandLine, endProcess, isAlive, startTime } from './process-table';
import { ensureServerProgram, findProgram, type ServerProgram } from './server-program';

export interface LocalServer {
  readonly address: DatabaseAddress;
  /** Settles, with the reason, if the server ends without being asked to. */
  readonly failure: Promise<Error>;
  stop(): Promise<void>;
}

export interface LocalServerSettings {
  readonly dataDir: string;
  /** The database to create where it is missing. */
  readonly database: string;
  /** Where to look for programs. */
  readonly programFolders: readonly string[];
  readonly log: Logger;
  /** More options for the server program. */
  readonly options?: readonly string[];
}

/** Starts the private server of a data folder. Ends with an OperatorError if a living process owns the folder. */
export async function startLocalServer(settings: LocalServerSettings): Promise<LocalServer> {
  const { log } = settings;
  const program = await ensureServerProgram(log, settings.programFolders);
  const place = placeOf(settings.dataDir);
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  mkdirSync(place.run, { recursive: true, mode: 0o700 });
  mkdirSync(place.temporary, { recursive: true, mode: 0o700 });
  takeOwnership(place, settings.dataDir);
  try {
    await stopLeftOver(place, log);
    if (!existsSync(place.data)) {
      await step(log, 'creating the private database', () => install(program, place));
    }
    const child = launch(program, place, settings);
    const failure = new Promise<Error>((settle) => {
      child.once('exit', (code, signal) =>
        settle(new Error(`the private database ended by itself (${signal ?? code}), see ${place.log}`)),
      );
    });
    const address = addressOf(place, settings.database);
    await untilReady(address, child, place);
    await createDatabase(address);
    return { address, failure, stop: () => stop(child, place) };
  } catch (error) {
    rmSync(place.owner, { force: true });
    throw error;
  }
}

/** The address of the private database if a living process runs it now, else null. */
export function runningLocalServer(dataDir: string, database: string): DatabaseAddress | null {
  const place = placeOf(dataDir);
  return livingOwner(place) === null ? null : addressOf(place, database);
}

interface Place {
  readonly data: string;
  readonly run: string;
  readonly socket: string;
  readonly pid: string;
  readonly owner: string;
  readonly log: string;
  /** For the server's own temporary files: those of two servers in one folder may get in each other's way. */
  readonly temporary: string;
}

function placeOf(dataDir: string): Place {
  // A unix socket's path may have 107 bytes at most; a project that lies deeper gets a folder in the temporary one.
  const near = join(dataDir, 'run');
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const run = near.length <= 90 ? near : join(tmpdir(), `one-window-${userInfo().uid}-${hash}`);
  return {
    data: join(dataDir, 'mariadb'),
    run,
    socket: join(run, 'mariadbd.sock'),
    pid: join(dataDir, 'mariadbd.pid'),
    owner: join(dataDir, 'owner.json'),
    log: join(dataDir, 'mariadbd.log'),
    temporary: join(dataDir, 'tmp'),
  };
}

function addressOf(place: Place, database: string): DatabaseAddress {
  const user = userInfo().username;
  return { host: 'localhost', port: 0, socketPath: place.socket, user, password: '', database };
}

/** The pid of the process that owns the folder, if it is the very process that wrote itself down. */
function livingOwner(place: Place): number | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(place.owner, 'utf8')) as {
      pid: number;
      started: string;
    };
    return isAlive(pid) && startTime(pid) === started ? pid : null;
  } catch {
    return null;
  }
}

function takeOwnership(place: Place, dataDir: string): void {
  const owner = livingOwner(place);
  if (owner !== null && owner !== process.pid) {
    throw new OperatorError(
      `The private database in ${dataDir} is in use by process ${owner}. Stop that one first, or give this one a folder of its own: DATA_DIR=.data-2`,
    );
  }
  rmSync(place.owner, { force: true });
  const mine = JSON.stringify({ pid: process.pid, started: startTime(process.pid) });
  // Exclusive, so that of two that start at the same moment one fails here.
  writeFileSync(place.owner, mine, { flag: 'wx', mode: 0o600 });
}

/** Ends the server that a killed owner left running: the process of our pid file, if it runs on our data. */
async function stopLeftOver(place: Place, log: Logger): Promise<void> {
  const pid = existsSync(place.pid) ? Number(readFileSync(place.pid, 'utf8')) : 0;
  if (pid > 0 && isAlive(pid) && commandLine(pid)?.includes(`--datadir=${place.data} `)) {
    await step(log, `stopping the database process ${pid} that an earlier run left`, () =>
      endProcess(pid, 20_000),
    );
  }
  rmSync(place.pid, { force: true });
  rmSync(place.socket, { force: true });
}

async function install(program: ServerProgram, place: Place): Promise<void> {
  // Under another name until it is whole, so that a kill half-way leaves nothing that looks like a database.
  const unfinished = `${place.data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const args = [
    '--no-defaults',
    `--datadir=${unfinished}`,
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${userInfo().username}`,
    `--tmpdir=${place.temporary}`,
    '--skip-test-db',
    '--skip-name-resolve',
    ...asUser(),
  ];
  await promisify(execFile)(program.installer, args);
  await rename(unfinished, place.data);
}

/** The server program refuses to run as root unless told so. */
function asUser(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

function launch(program: ServerProgram, place: Place, settings: LocalServerSettings): ChildProcess {
  const args = [
    '--no-defaults',
    `--datadir=${place.data}`,
    `--socket=${place.socket}`,
    `--pid-file=${place.pid}`,
    `--tmpdir=${place.temporary}`,
    '--skip-networking',
    '--default-time-zone=+00:00',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--skip-log-bin',
    ...asUser(),
    ...(settings.options ?? []),
  ];
  // Where the system can, the kernel ends the server when this process dies, however it dies.
  const setpriv = findProgram('setpriv', settings.programFolders);
  const [command, rest] = setpriv
    ? [setpriv, ['--pdeathsig', 'TERM', program.server, ...args]]
    : [program.server, args];
  const output = openSync(place.log, 'a', 0o600);
  try {
    // A process group of its own: Ctrl-C reaches us alone, and we end answers in flight before the database.
    return spawn(command, rest, { stdio: ['ignore', output, output], detached: true });
  } finally {
    closeSync(output);
  }
}

/** Waits for the first successful login; recovery after a crash may take a while. */
async function untilReady(address: DatabaseAddress, child: ChildProcess, place: Place): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      const connection = await createConnection({ ...connectionOptions(address), database: 'mysql' });
      await connection.end();
      return;
    } catch (error) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        const lines = readFileSync(place.log, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
        throw new OperatorError(
          `The private database did not start (${(error as Error).message}). The end of ${place.log}:\n${lines}`,
        );
      }
      await sleep(15);
    }
  }
}

async function createDatabase(address: DatabaseAddress): Promise<void> {
  const connection = await createConnection({ ...connectionOptions(address), database: 'mysql' });
  try {
    await connection.query(
      `CREATE DATABASE IF NOT EXISTS \`${address.database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    );
  } finally {
    await connection.end();
  }
}

async function stop(child: ChildProcess, place: Place): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    await endProcess(child.pid, 30_000);
  }
  rmSync(place.owner, { force: true });
}
