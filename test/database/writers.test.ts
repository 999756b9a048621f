/** Many writers at the same time, on two nodes, with deadlocks thrown in. */
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { readHead } from '../../src/revisions/history';
import { readView } from '../../src/search/live-catalog';
import { startTestApi, type TestApi } from '../support/api';
import { classify } from '../support/classify';
import { expectSoundDatabase } from '../support/consistency';
import { tokenOf } from '../support/tokens';

jest.setTimeout(300_000);

const writers = 16;
const writes = 2_000;

describe('sixteen writers', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it('on random items, over 2,000 writes with random deadlocks, lose nothing', async () => {
    const { dataSource } = api.database;
    const token = await tokenOf(dataSource, 'ADMINISTRATOR');
    const log = pino({ level: 'silent' });
    const other = await startApp({
      config: { ...readConfig({}), port: 0 },
      dataSource,
      log,
      tailInterval: 50,
    });
    const nodes = [api.app.url, other.url];
    const ask = async (url: string, query: string, variables: object) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as { data: Record<string, never>; errors?: unknown };
    };
    // Few items, so that writers meet.
    const { items } = await api.data(
      '{ items(filter: { domain: ["D16", "D18"], modes: { all: [ONLINE] } }, first: 40) { nodes { code } } }',
    );
    const codes = items.nodes.map(({ code }: { code: string }) => code) as string[];
    const acknowledged: { code: string; revision: number; version: number }[] = [];
    let stale = 0;
    let left = writes;

    const write = async (n: number): Promise<void> => {
      while (left > 0) {
        left--;
        const code = codes[Math.floor(Math.random() * codes.length)]!;
        const url = nodes[n % 2]!;
        for (;;) {
          const read = await ask(url, 'query ($code: String!) { item(code: $code) { version modes } }', {
            code,
          });
          const { version, modes } = (read.data as unknown as { item: { version: number; modes: string[] } })
            .item;
          const nearby = modes.includes('NEARBY');
          const input = {
            items: [{ code, version }],
            ...(nearby ? { remove: ['NEARBY'] } : { add: ['NEARBY'], set: { outlets: ['T01'] } }),
            reason: `第${n}位编辑的修改`,
          };
          const { data, errors } = await ask(url, classify, { input });
          expect(errors).toBeUndefined();
          const { revision, userErrors } = (
            data as unknown as { classifyItems: { revision: number | null; userErrors: { code: string }[] } }
          ).classifyItems;
          if (revision !== null) {
            acknowledged.push({ code, revision, version: version + 1 });
            break;
          }
          // Somebody else was first, or this node has not heard of it yet.
          expect(userErrors.map((error) => error.code)).toEqual(
            userErrors.length > 0 ? ['STALE_VERSION'] : [],
          );
          stale++;
        }
      }
    };

    // Locks the same rows in the opposite order, so that the database has to choose a victim.
    let deadlocks = 0;
    let working = true;
    const disturb = async (): Promise<void> => {
      while (working) {
        const some = codes.filter(() => Math.random() < 0.3);
        await dataSource
          .transaction(async (manager) => {
            await manager.query('SELECT code FROM service_item WHERE code IN (?) FOR UPDATE', [
              ['', ...some],
            ]);
            await sleep(Math.random() * 10);
            await manager.query('SELECT id FROM catalog_state FOR UPDATE');
          })
          .catch((error: { errno?: number }) => {
            expect(error.errno).toBe(1213);
            deadlocks++;
          });
        await sleep(Math.random() * 30);
      }
    };
    const disturbance = disturb();
    await Promise.all(Array.from({ length: writers }, (_, n) => write(n)));
    working = false;
    await disturbance;

    expect(acknowledged).toHaveLength(writes);
    expect(stale + deadlocks).toBeGreaterThan(0);
    const revisions = acknowledged.map(({ revision }) => revision).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: writes }, (_, i) => i + 2));
    expect((await readHead(dataSource)).revision).toBe(writes + 1);
    const versions = new Set(acknowledged.map(({ code, version }) => `${code} ${version}`));
    expect(versions.size).toBe(writes);
    await expectSoundDatabase(dataSource);

    const { snapshot } = await readView(dataSource);
    const contents = (of: typeof snapshot) => codes.map((code) => of.find(code));
    for (const app of [api.app, other]) {
      await app.tail.advance();
      expect(contents(app.live.current.snapshot)).toEqual(contents(snapshot));
    }
    await other.stop();
  });
});
