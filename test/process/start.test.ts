import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isAlive } from '../../src/database/process-table';
import { runProgram, type RunningProgram } from '../support/program';

describe('a bare start', () => {
  let dataDir: string;
  const running: RunningProgram[] = [];
  beforeAll(() => void (dataDir = mkdtempSync(join(tmpdir(), 'one-window-start-'))));
  afterAll(async () => {
    for (const program of running) program.process.kill('SIGTERM');
    await Promise.all(running.map(({ ended }) => ended));
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (): Promise<{ program: RunningProgram; url: string }> => {
    const program = runProgram('main', { DATA_DIR: dataDir, PORT: '0' });
    running.push(program);
    const [, url = ''] = await program.prints(/one-window is ready: (http:\S+)\/graphql/);
    return { program, url };
  };
  const databasePid = () => Number(readFileSync(join(dataDir, 'mariadbd.pid'), 'utf8'));
  const itemCount = async (url: string): Promise<unknown> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ catalog { revision statistics { itemCount } } }"}',
    });
    return response.json();
  };
  const seeded = { data: { catalog: { revision: 1, statistics: { itemCount: 1454 } } } };
  const untilGone = async (pid: number) => {
    while (isAlive(pid)) await sleep(20);
  };

  it('makes a private database, migrates and seeds it, and says where to go', async () => {
    const { program, url } = await start();
    for (const long of ['creating the private database', 'migrating the database', 'seeding the catalog']) {
      expect(program.output()).toMatch(new RegExp(`${long}.*: done in \\d+\\.\\d\\d s`));
    }
    expect(program.output()).toContain('npm run -s cli -- token create --name me --role ADMINISTRATOR');
    expect(program.output().trimEnd().split('\n').at(-1)).toContain(`${url}/graphql`);
    expect(await itemCount(url)).toEqual(seeded);
    expect(commandLine(databasePid())).toContain('--skip-networking');
  });

  it('owns its data folder: another start fails and says who has it, while a command joins', async () => {
    const second = runProgram('main', { DATA_DIR: dataDir, PORT: '0' });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`in use by process ${running[0]!.process.pid}`);
    const check = runProgram('cli/cli', { DATA_DIR: dataDir }, ['check']);
    expect([await check.ended, check.output()]).toEqual([0, expect.stringContaining('✓ everything agrees')]);
  });

  it('has no token until somebody makes one', async () => {
    const token = async (...args: string[]) => {
      const command = runProgram('cli/cli', { DATA_DIR: dataDir }, ['token', ...args]);
      await command.ended;
      return command.output().trimEnd().split('\n');
    };
    expect(await token('list')).toHaveLength(1);
    expect((await token('create', '--name', 'me', '--role', 'ADMINISTRATOR')).at(-1)).toMatch(/^ow_/);
    expect(await token('list')).toHaveLength(2);
  });

  it('ends answers in flight before both processes when asked to stop', async () => {
    const { program } = { program: running[0]! };
    const [, url = ''] = await program.prints(/one-window is ready: (http:\S+)\/graphql/);
    const pid = databasePid();
    const body = '{"query":"{ items(first: 3) { nodes { name } } }"}';
    const answer = new Promise<string>((settle, fail) => {
      const slow = request(
        `${url}/graphql`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => {
          let text = '';
          response.on('data', (chunk) => (text += String(chunk)));
          response.on('end', () => settle(text));
        },
      );
      slow.on('error', fail);
      slow.write(body.slice(0, 20));
      void sleep(300).then(async () => {
        program.process.kill('SIGTERM');
        // Twice, as npm hands on what a terminal sends to both.
        program.process.kill('SIGTERM');
        await program.prints(/SIGTERM: ending answers in flight/);
        slow.end(body.slice(20));
      });
    });
    expect(JSON.parse(await answer)).toMatchObject({ data: { items: { nodes: expect.any(Array) } } });
    expect(await program.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(dataDir, 'owner.json'))).toBe(false);
  });

  it('keeps its data between starts, and does not migrate or seed again', async () => {
    const { program, url } = await start();
    expect(await itemCount(url)).toEqual(seeded);
    expect(program.output()).not.toMatch(/migrating|seeding|creating|token/);
  });

  it('after kill -9 of the server leaves nothing that hinders the next', async () => {
    const killed = running.at(-1)!;
    killed.process.kill('SIGKILL');
    await killed.ended;
    const { url } = await start();
    expect(await itemCount(url)).toEqual(seeded);
  });

  it('after kill -9 of the database ends with a reason, and the next start is well', async () => {
    const program = running.at(-1)!;
    process.kill(databasePid(), 'SIGKILL');
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/the private database ended by itself \(SIGKILL\)/);
    const { url } = await start();
    expect(await itemCount(url)).toEqual(seeded);
  });

  it('stops a database that an owner without heirs left running', async () => {
    const program = running.at(-1)!;
    const pid = databasePid();
    // Stopped, it cannot follow the kernel's signal when its owner dies: a left-over.
    process.kill(pid, 'SIGSTOP');
    program.process.kill('SIGKILL');
    await program.ended;
    expect(isAlive(pid)).toBe(true);
    const next = start();
    const after = running.at(-1)!;
    await after.prints(new RegExp(`stopping the database process ${pid} that an earlier run left`));
    process.kill(pid, 'SIGCONT');
    const { url } = await next;
    await untilGone(pid);
    expect(await itemCount(url)).toEqual(seeded);
  });
});
