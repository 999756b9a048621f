import { type RecordWrite, type VersionedKind } from '../../src/catalog/directory.store';
import { type WriteConflictError } from '../../src/catalog/item.store';
import { Kiosk } from '../../src/catalog/kiosk';
import { Outlet } from '../../src/catalog/outlet';
import { ServiceWindow } from '../../src/catalog/window';
import { writeRecords } from '../../src/classification/directory.service';
import { WriteRefusedError } from '../../src/classification/item.service';
import { commitRevision } from '../../src/revisions/log';
import { startTestApi, type TestApi } from '../support/api';
import { editItem, origin, storedItem } from '../support/edit';

describe('windows, outlets, kiosks and life events under versions', () => {
  let api: TestApi;
  beforeEach(async () => void (api = await startTestApi()));
  afterEach(() => api.stop());

  const write = async <K extends VersionedKind>(kind: K, ...writes: RecordWrite<K>[]) => {
    const { revision } = await commitRevision(api.database.dataSource, origin, (open) =>
      writeRecords(open, kind, writes),
    );
    await api.app.tail.advance();
    return revision;
  };
  const stored = async <T extends { code: string; version: number }>(type: new () => T, code: string) => {
    const row = await api.database.dataSource.manager.findOneByOrFail<{ code: string }>(type, { code });
    const { version, ...record } = row as T;
    return { version, record };
  };
  const outlet = async (code: string, change: Partial<RecordWrite<'outlet'>['record']>) => {
    const { version, record } = await stored(Outlet, code);
    return { version, record: { ...record, ...change } };
  };
  const kiosk = async (code: string, change: Partial<RecordWrite<'kiosk'>['record']>) => {
    const { version, record } = await stored(Kiosk, code);
    return { version, record: { ...record, ...change } };
  };
  const faultsOf = async (refused: Promise<unknown>) => {
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WriteRefusedError);
    return (error as WriteRefusedError).faults.map(({ index, field, rule }) => [index, field, rule]);
  };

  it('begin at version 1 and grow by one with each change; a stale version changes nothing', async () => {
    const query = '{ outlet(code: "T05") { name version retired } }';
    expect((await api.data(query)).outlet).toMatchObject({ version: 1, retired: false });
    const change = await outlet('T05', { name: '改名后的便民服务中心' });
    expect(await write('outlet', change)).toBe(2);
    expect((await api.data(query)).outlet).toEqual({
      name: '改名后的便民服务中心',
      version: 2,
      retired: false,
    });
    const fresh = { ...change.record, code: 'T99', name: '新网点' };
    const conflicts = await write(
      'outlet',
      change,
      { record: fresh, version: 1 },
      { record: { ...change.record, code: 'T06' }, version: null },
    ).catch((error: unknown) => (error as WriteConflictError).conflicts);
    expect(conflicts).toEqual([
      { index: 0, reason: 'STALE_VERSION', current: 2 },
      { index: 1, reason: 'NOT_FOUND', current: null },
      { index: 2, reason: 'ALREADY_THERE', current: 1 },
    ]);
    expect(await write('outlet', { record: fresh, version: null })).toBe(3);
    expect(await write('outlet', { record: fresh, version: 1 })).toBeNull();
    expect((await api.data('{ outlet(code: "T99") { version } }')).outlet.version).toBe(1);
  });

  it('let one of two win who saw the same version', async () => {
    const [a, b] = [await kiosk('K02', { name: '甲终端' }), await kiosk('K02', { name: '乙终端' })];
    const results = await Promise.allSettled([write('kiosk', a), write('kiosk', b)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await stored(Kiosk, 'K02')).version).toBe(2);
  });

  it('leave lists, filters and counts when retired, but are found by code and id', async () => {
    const { items } = await api.data(
      '{ items(filter: { outlet: ["T05"] }, first: 1) { nodes { code outlets { totalCount } } } outlets { totalCount } }',
    );
    const [item] = items.nodes;
    await write('outlet', await outlet('T05', { retired: true }));
    const after = await api.data(
      `query ($code: String!) { outlets(first: 100) { totalCount nodes { code } } outlet(code: "T05") { id retired itemCount }
         item(code: $code) { outlets(first: 100) { totalCount nodes { code } } } }`,
      { code: item.code },
    );
    expect(after.outlets.totalCount).toBe(23);
    expect(JSON.stringify([after.outlets, after.item])).not.toContain('T05');
    expect(after.item.outlets.totalCount).toBe(item.outlets.totalCount - 1);
    expect(after.outlet).toMatchObject({ retired: true });
    const { node } = await api.data('query ($id: ID!) { node(id: $id) { ... on Outlet { code retired } } }', {
      id: after.outlet.id,
    });
    expect(node).toEqual({ code: 'T05', retired: true });
    const error = await api.error('{ items(filter: { outlet: ["T05"] }) { totalCount } }');
    expect(error.extensions).toMatchObject({ argument: ['filter', 'outlet', '0'] });
  });

  it('count windows and list life events without the retired ones', async () => {
    const { version: _v, record } = await stored(ServiceWindow, 'D18-01');
    const window = { ...record, code: 'D18-09', name: '临时窗口', counter: '三楼D区99号' };
    await write('window', { record: window, version: null });
    const query =
      '{ catalog { statistics { windowCount } } windows(domain: ["D18"]) { code } domain(code: "D18") { windows { code } } window(code: "D18-09") { retired } lifeEvents { code } lifeEvent(code: "L02") { retired } }';
    expect((await api.data(query)).catalog.statistics.windowCount).toBe(84);
    await write('window', { record: { ...window, retired: true }, version: 1 });
    const event = api.app.live.current.snapshot.directory.lifeEvent('L02')!;
    const { version, ...was } = event;
    await write('lifeEvent', { record: { ...was, retired: true }, version });
    const data = await api.data(query);
    expect(data.catalog.statistics.windowCount).toBe(83);
    expect(data.windows).toEqual([{ code: 'D18-01' }]);
    expect(data.domain.windows).toEqual([{ code: 'D18-01' }]);
    expect(data.window.retired).toBe(true);
    expect(data.lifeEvents).toHaveLength(11);
    expect(data.lifeEvent).toEqual({ retired: true });
    const [code] = was.itemCodes;
    const { item } = await api.data('query ($code: String!) { item(code: $code) { lifeEvents { code } } }', {
      code,
    });
    expect(item.lifeEvents).toEqual([]);
  });

  it('are not retired while items rely on them', async () => {
    const { dataSource } = api.database;
    const { version, record } = await stored(ServiceWindow, 'D01-01');
    expect(await faultsOf(write('window', { version, record: { ...record, retired: true } }))).toEqual([
      [0, 'retired', null],
    ]);
    const { items } = await api.data(
      '{ items(filter: { modes: { all: [NEARBY] } }, first: 1) { nodes { code } } }',
    );
    const code = items.nodes[0].code as string;
    await editItem(dataSource, code, { outlets: ['T05', 'T06'] });
    const both = [await outlet('T05', { retired: true }), await outlet('T06', { retired: true })];
    expect(await faultsOf(write('outlet', ...both))).toEqual([
      [0, 'retired', 'nearby-outlet'],
      [1, 'retired', 'nearby-outlet'],
    ]);
    await write('outlet', both[0]!);
    expect(await faultsOf(write('outlet', both[1]!))).toEqual([[0, 'retired', 'nearby-outlet']]);
    // The link from before stays and counts for nothing; a new one is refused.
    await editItem(dataSource, code, { summary: '保留原有网点的修改。' });
    expect((await storedItem(dataSource, code)).outlets).toEqual(['T05', 'T06']);
    expect(await faultsOf(editItem(dataSource, code, { outlets: ['T05'] }))).toEqual([
      [0, 'outlets', 'nearby-outlet'],
    ]);
    await editItem(dataSource, code, { outlets: ['T06', 'T07'] });
    expect(await faultsOf(editItem(dataSource, code, { outlets: ['T05', 'T06'] }))).toEqual([
      [0, 'outlets.0', null],
    ]);
    await write('outlet', await outlet('T05', { retired: false }));
    await editItem(dataSource, code, { outlets: ['T05', 'T06'] });
  });

  it('are refused when malformed, and the field at fault is named', async () => {
    const bad = await outlet('T05', {
      name: ' ',
      latitude: 91,
      phone: '9'.repeat(31),
      openingHours: [
        { weekday: 8, opens: '08:00', closes: '12:00' },
        { weekday: 1, opens: '8:00', closes: '12:00' },
        { weekday: 1, opens: '08:00', closes: '25:00' },
        { weekday: 1, opens: '12:00', closes: '08:00' },
      ],
    });
    const fields = (await faultsOf(write('outlet', bad))).map(([, field]) => field);
    expect(fields.sort()).toEqual([
      'latitude',
      'name',
      'openingHours.0.weekday',
      'openingHours.1.opens',
      'openingHours.2.closes',
      'openingHours.3.closes',
      'phone',
    ]);
    const { version, ...event } = api.app.live.current.snapshot.directory.lifeEvent('L01')!;
    const twice = [event.itemCodes[0]!, event.itemCodes[0]!];
    for (const [change, field] of [
      [{ itemCodes: [] }, 'items'],
      [{ itemCodes: twice }, 'items.1'],
    ] as const) {
      const refused = write('lifeEvent', {
        version,
        record: { ...event, ...change, itemCodes: [...change.itemCodes] },
      });
      expect(await faultsOf(refused)).toEqual([[0, field, null]]);
    }
  });
});
