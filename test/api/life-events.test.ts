import { readSeeds } from '../../seeds/files';
import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

describe('life events (一件事)', () => {
  let api: TestApi;
  const { lifeEvents: seeded } = readSeeds();
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const codesOf = (things: readonly { code: string }[]) => things.map(({ code }) => code);

  it('are listed with their items in order, all or those of an audience', async () => {
    const { lifeEvents, firms } = await api.data(
      '{ lifeEvents { code name summary audience retired items { code } } firms: lifeEvents(audience: LEGAL_PERSON) { code } }',
    );
    expect(lifeEvents).toEqual(
      seeded.map(({ itemCodes, ...event }) => ({ ...event, items: itemCodes.map((code) => ({ code })) })),
    );
    expect(firms.length).toBeGreaterThan(0);
    expect(codesOf(firms)).toEqual(codesOf(seeded.filter(({ audience }) => audience === 'LEGAL_PERSON')));
  });

  it('are found by code and by item, and filter items', async () => {
    const [first, second] = seeded;
    const { lifeEvent, none, items, item } = await api.data(
      `query ($a: String!, $f: ServiceItemFilter, $item: String!) { lifeEvent(code: $a) { name } none: lifeEvent(code: "x") { name }
        items(filter: $f, first: 100) { nodes { code } } item(code: $item) { lifeEvents { code } } }`,
      { a: first!.code, f: { lifeEvent: [first!.code, second!.code] }, item: first!.itemCodes[0] },
    );
    expect([lifeEvent.name, none]).toEqual([first!.name, null]);
    expect(codesOf(items.nodes)).toEqual([...new Set([...first!.itemCodes, ...second!.itemCodes])].sort());
    expect(codesOf(item.lifeEvents)).toContain(first!.code);
    const error = await api.error('{ items(filter: { lifeEvent: ["L99"] }) { totalCount } }');
    expect(error.extensions).toMatchObject({ argument: ['filter', 'lifeEvent', '0'] });
  });

  it('leave out items that are not published', async () => {
    const event = seeded[6]!;
    const [suspended, ...others] = event.itemCodes;
    await editItem(api.database.dataSource, suspended!, { status: 'SUSPENDED' });
    await api.app.tail.advance();
    const data = await api.data(
      'query ($code: String!, $f: ServiceItemFilter) { lifeEvent(code: $code) { items { code } } items(filter: $f) { totalCount } }',
      { code: event.code, f: { lifeEvent: [event.code] } },
    );
    expect(codesOf(data.lifeEvent.items)).toEqual(others);
    expect(data.items.totalCount).toBe(others.length);
  });
});
