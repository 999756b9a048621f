/**
 * Kill -9 of the server or of its database at random moments under writes. In `npm test` a few rounds; as
 * `npm run test:crash` fifty. Every acknowledged write is there exactly once, and none is there by half.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDataSource } from '../../src/database/data-source';
import { runningLocalServer } from '../../src/database/local-server';
import { model } from '../../src/model';
import { classify } from '../support/classify';
import { expectSoundDatabase } from '../support/consistency';
import { runProgram, type RunningProgram } from '../support/program';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 3);
jest.setTimeout(60_000 + rounds * 30_000);

describe('after a crash', () => {
  let dataDir: string;
  let program: RunningProgram;
  let url: string;
  let token: string;
  const acknowledged: { reason: string; revision: number }[] = [];
  let attempts = 0;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'one-window-crash-'));
    await start();
    const made = runProgram('cli/cli', { DATA_DIR: dataDir }, [
      'token',
      'create',
      '--name',
      '测试',
      '--role',
      'ADMINISTRATOR',
    ]);
    expect(await made.ended).toBe(0);
    token = /ow_[\w-]+/.exec(made.output())![0];
  });
  afterAll(async () => {
    program.process.kill('SIGTERM');
    await program.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    program = runProgram('main', { DATA_DIR: dataDir, PORT: '0' });
    [, url = ''] = await program.prints(/one-window is ready: (http:\S+)\/graphql/);
  }

  const ask = async (query: string, variables: object) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return ((await response.json()) as { data: Record<string, never> }).data as Record<string, unknown>;
  };

  /** Writes until the server is gone. */
  const write = async (codes: readonly string[]): Promise<void> => {
    for (;;) {
      const code = codes[Math.floor(Math.random() * codes.length)]!;
      const reason = `第${++attempts}次写入`;
      try {
        const { item } = (await ask('query ($code: String!) { item(code: $code) { version modes } }', {
          code,
        })) as {
          item: { version: number; modes: string[] };
        };
        const change = item.modes.includes('NEARBY')
          ? { remove: ['NEARBY'] }
          : { add: ['NEARBY'], set: { outlets: ['T02'] } };
        const input = { items: [{ code, version: item.version }], ...change, reason };
        const { classifyItems } = (await ask(classify, { input })) as {
          classifyItems: { revision: number | null };
        };
        if (classifyItems.revision !== null) acknowledged.push({ reason, revision: classifyItems.revision });
      } catch {
        if (program.process.exitCode !== null || program.process.signalCode !== null) return;
        await sleep(5);
      }
    }
  };

  it(`of server or database, ${rounds} times, every acknowledged write is there once and none by half`, async () => {
    const { items } = (await ask(
      '{ items(filter: { domain: ["D16"] }, first: 30) { nodes { code } } }',
      {},
    )) as {
      items: { nodes: { code: string }[] };
    };
    const codes = items.nodes.map(({ code }) => code);
    for (let round = 0; round < rounds; round++) {
      const before = acknowledged.length;
      const writers = Array.from({ length: 4 }, () => write(codes));
      while (acknowledged.length === before) await sleep(5);
      await sleep(Math.random() * 400);
      if (round % 2 === 0) program.process.kill('SIGKILL');
      else process.kill(Number(readFileSync(join(dataDir, 'mariadbd.pid'), 'utf8')), 'SIGKILL');
      await program.ended;
      await Promise.all(writers);
      await start();

      const dataSource = await openDataSource({ address: runningLocalServer(dataDir, 'one_window')!, model });
      try {
        await expectSoundDatabase(dataSource);
        const rows = await dataSource.query<{ revision: number; reason: string }[]>(
          'SELECT revision, reason FROM catalog_revision',
        );
        for (const { reason, revision } of acknowledged) {
          expect(rows.filter((row) => row.reason === reason)).toEqual([{ revision, reason }]);
        }
        // A write may have been committed and its answer lost; one that was not attempted cannot be there.
        expect(new Set(rows.map(({ reason }) => reason)).size).toBe(rows.length);
      } finally {
        await dataSource.destroy();
      }
      const answer = (await ask('{ catalog { revision } }', {})) as { catalog: { revision: number } };
      expect(answer.catalog.revision).toBeGreaterThanOrEqual(acknowledged.at(-1)!.revision);
    }
  });
});
