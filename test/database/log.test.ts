import type { DataSource } from 'typeorm';
import { storeRecords } from '../../src/catalog/directory.store';
import { draftOf } from '../../src/catalog/item-state';
import { readItemStates, WriteConflictError } from '../../src/catalog/item.store';
import { writeRecords } from '../../src/classification/directory.service';
import { ServiceWindow } from '../../src/catalog/window';
import { writeItems, WriteRefusedError } from '../../src/classification/item.service';
import { readChanges, readHead } from '../../src/revisions/history';
import { commitRevision } from '../../src/revisions/log';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { editItem, origin, storedItem } from '../support/edit';

describe('the revision log', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let codes: string[];
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    ({ dataSource } = database);
    codes = [...(await readItemStates(dataSource.manager, 'all')).keys()].sort();
  });
  afterAll(() => database.drop());

  it('has the seeds as revision 1, every row once, as it was stored', async () => {
    const changes = await readChanges(dataSource, 0, 1, 10_000);
    const counts = new Map<string, number>();
    for (const { kind, before } of changes) {
      expect(before).toBeNull();
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      domain: 18,
      department: 40,
      window: 83,
      outlet: 24,
      kiosk: 15,
      item: 1454,
      lifeEvent: 12,
    });
    const stored = await readItemStates(dataSource.manager, 'all');
    for (const { kind, code, after } of changes) if (kind === 'item') expect(after).toEqual(stored.get(code));
  });

  it('numbers revisions of 24 writers at the same time without gaps, and loses no change', async () => {
    const before = (await readHead(dataSource)).revision;
    const revisions = await Promise.all(
      codes
        .slice(0, 24)
        .map((code, i) => editItem(dataSource, code, { summary: `第${i}位编辑同时修改的说明。` })),
    );
    expect([...revisions].sort((a, b) => a! - b!)).toEqual(revisions.map((_, i) => before + 1 + i));
    const changes = await readChanges(dataSource, before, before + 24, 100);
    expect(changes.map(({ code }) => code).sort()).toEqual(codes.slice(0, 24));
    const [row] = await dataSource.query<{ n: string; top: number }[]>(
      'SELECT COUNT(*) AS n, MAX(revision) AS top FROM catalog_revision',
    );
    expect(Number(row!.n)).toBe(row!.top);
  });

  it('lets one of two win who saw the same version, and tells the other the version stored', async () => {
    const stored = await storedItem(dataSource, codes[30]!);
    const [draft, version] = [draftOf(stored), stored.version];
    const write = (summary: string) =>
      commitRevision(dataSource, origin, (open) =>
        writeItems(open, [{ draft: { ...draft, summary }, version }]),
      );
    const results = await Promise.allSettled([
      write('甲的说明，先写的人赢。'),
      write('乙的说明，先写的人赢。'),
    ]);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect((lost[0]!.reason as WriteConflictError).conflicts).toEqual([
      { index: 0, reason: 'STALE_VERSION', current: version + 1 },
    ]);
    expect((await storedItem(dataSource, codes[30]!)).version).toBe(version + 1);
  });

  it('does nothing at all if one write of many is at fault', async () => {
    const head = await readHead(dataSource);
    const states = await readItemStates(dataSource.manager, codes.slice(40, 43));
    const writes = [...states.values()].map((state, i) => ({
      version: i === 2 ? state.version + 7 : state.version,
      draft: { ...draftOf(state), summary: '不会写入的说明，因为第三个版本不对。' },
    }));
    await expect(commitRevision(dataSource, origin, (open) => writeItems(open, writes))).rejects.toThrow(
      WriteConflictError,
    );
    expect(await readItemStates(dataSource.manager, codes.slice(40, 43))).toEqual(states);
    expect(await readHead(dataSource)).toEqual(head);
  });

  it('refuses items that break a rule or are malformed, naming item, field and rule', async () => {
    const stored = await storedItem(dataSource, codes[50]!);
    const [draft, version] = [draftOf(stored), stored.version];
    const bad = { ...draft, modes: ['ONLINE', 'NEARBY'] as const, onlineUrl: null, outlets: [] };
    const refused = commitRevision(dataSource, origin, (open) => writeItems(open, [{ draft: bad, version }]));
    await expect(refused).rejects.toThrow(WriteRefusedError);
    const { faults } = (await refused.catch((error: unknown) => error)) as WriteRefusedError;
    expect(faults.map(({ index, field, rule }) => [index, field, rule])).toEqual([
      [0, 'onlineUrl', 'online-url'],
      [0, 'outlets', 'nearby-outlet'],
    ]);
    const malformed = { ...draft, name: '', code: 'x', onSiteVisits: 1.5 };
    const other = commitRevision(dataSource, origin, (open) =>
      writeItems(open, [{ draft: malformed, version: null }]),
    );
    await expect(other).rejects.toThrow(
      /code: 有误（length has 1 characters[^]*name: 不能为空[^]*onSiteVisits: 为1.5/,
    );
  });

  it('runs a write again from the start after a deadlock, and gives up after a few', async () => {
    const { revision: before } = await readHead(dataSource);
    const stored = await storedItem(dataSource, codes[70]!);
    const draft = { ...draftOf(stored), summary: '经过几次死锁之后写入的说明。' };
    const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 });
    let attempts = 0;
    const { revision } = await commitRevision(dataSource, origin, async (open) => {
      const changed = await writeItems(open, [{ draft, version: stored.version }]);
      if (++attempts < 3) throw deadlock;
      return changed;
    });
    expect([attempts, revision]).toEqual([3, before + 1]);
    expect((await storedItem(dataSource, codes[70]!)).version).toBe(stored.version + 1);
    const hopeless = commitRevision(dataSource, origin, () => {
      attempts++;
      return Promise.reject(deadlock);
    });
    await expect(hopeless).rejects.toBe(deadlock);
    expect(attempts).toBe(9);
    expect((await readHead(dataSource)).revision).toBe(before + 1);
  });

  it('makes no revision of what changes nothing', async () => {
    const head = await readHead(dataSource);
    expect(await editItem(dataSource, codes[60]!, {})).toBeNull();
    const { version, ...record } = await dataSource.manager.findOneByOrFail(ServiceWindow, {
      code: 'D01-01',
    });
    const { revision } = await commitRevision(dataSource, origin, (open) =>
      writeRecords(open, 'window', [{ record, version }]),
    );
    expect(revision).toBeNull();
    expect(await readHead(dataSource)).toEqual(head);
  });

  it('replaces a record and logs what it was', async () => {
    const after = { code: 'D01', name: '市场主体', nameEn: 'Firms', description: null };
    const { revision } = await commitRevision(dataSource, origin, (open) =>
      storeRecords(open, 'domain', [after]),
    );
    const [change] = await readChanges(dataSource, revision! - 1, revision!, 10);
    expect(change).toMatchObject({
      kind: 'domain',
      code: 'D01',
      before: { name: '企业开办与市场监管' },
      after,
    });
  });
});
