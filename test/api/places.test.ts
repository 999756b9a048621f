import { readSeeds } from '../../seeds/files';
import { distanceMeters } from '../../src/catalog/geo';
import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

interface Place {
  code: string;
  distanceMeters: number | null;
}

describe('outlets and kiosks', () => {
  let api: TestApi;
  const seeds = readSeeds();
  const center = { latitude: 25.057, longitude: 118.1869 };
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const codesOf = (places: readonly { code: string }[]) => places.map(({ code }) => code);

  it('are listed in order of code, with all that is known of them', async () => {
    const { outlets, kiosks } = await api.data(
      `{ outlets(first: 100) { totalCount nodes { id code name level township phone location { latitude longitude }
           openingHours { weekday opens closes } distanceMeters itemCount } }
         kiosks { totalCount nodes { code name address location { latitude longitude } openingHours { weekday } distanceMeters itemCount } } }`,
    );
    expect(outlets.totalCount).toBe(24);
    expect(codesOf(outlets.nodes)).toEqual(codesOf(seeds.outlets));
    const [first] = seeds.outlets;
    expect(outlets.nodes[0]).toMatchObject({
      code: 'T01',
      name: '凤城镇便民服务中心',
      level: 'TOWNSHIP',
      location: { latitude: first!.latitude, longitude: first!.longitude },
      distanceMeters: null,
      itemCount: seeds.items.filter((item) => item.outlets.includes('T01')).length,
    });
    expect(outlets.nodes[0].openingHours).toEqual(first!.openingHours);
    expect(kiosks.totalCount).toBe(15);
    expect(kiosks.nodes[2].itemCount).toBe(
      seeds.items.filter((item) => item.kiosks.includes(kiosks.nodes[2].code as string)).length,
    );
  });

  it('are found by code, and are null where there is none', async () => {
    const data = await api.data(
      '{ outlet(code: "T02") { name } kiosk(code: "K02") { name } a: outlet(code: "K02") { name } b: kiosk(code: "T02") { name } }',
    );
    expect(data).toEqual({
      outlet: { name: '城厢镇便民服务中心' },
      kiosk: { name: '湖头分中心综合自助终端' },
      a: null,
      b: null,
    });
  });

  it('are ordered by distance from a point, and tell it in whole metres', async () => {
    const query = `query ($near: GeoPointInput) { outlets(near: $near, first: 100) { nodes { code distanceMeters location { latitude longitude } } }
      kiosks(near: $near, first: 100) { nodes { code distanceMeters location { latitude longitude } } } }`;
    const { outlets, kiosks } = await api.data(query, { near: center });
    for (const { nodes } of [outlets, kiosks] as { nodes: (Place & { location: typeof center })[] }[]) {
      for (const { location, distanceMeters: told } of nodes)
        expect(told).toBe(distanceMeters(center, location));
      const keys = nodes.map(({ code, distanceMeters: d }) => [d!, code] as const);
      expect(keys).toEqual([...keys].sort(([a, m], [b, n]) => a - b || (m < n ? -1 : 1)));
    }
    expect(kiosks.nodes[0]).toMatchObject({ code: 'K01', distanceMeters: 0 });
    const { outlet } = await api.data('{ outlet(code: "T01") { distanceMeters } }');
    expect(outlet.distanceMeters).toBeNull();
  });

  it('measure distances as surveyors do', () => {
    const points = (a: number, b: number, c: number, d: number) =>
      distanceMeters({ latitude: a, longitude: b }, { latitude: c, longitude: d });
    expect(points(0, 0, 0, 180)).toBe(20_015_114);
    expect(points(90, 12, -90, 77)).toBe(20_015_114);
    expect(points(0, 179.5, 0, -179.5)).toBe(points(0, 0, 0, 1));
    // Beijing to Shanghai, by the great circle on the mean sphere.
    expect(points(39.9042, 116.4074, 31.2304, 121.4737)).toBeGreaterThan(1_066_000);
    expect(points(39.9042, 116.4074, 31.2304, 121.4737)).toBeLessThan(1_069_000);
  });

  it('are paged by cursors, each once, also while items change', async () => {
    const query = `query ($after: String, $near: GeoPointInput, $item: String) {
      outlets(near: $near, first: 5, after: $after, item: $item) { totalCount nodes { code } edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const linked = seeds.items.find(({ outlets }) => outlets.length > 20)!;
    const variables = { near: center, item: linked.code };
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { outlets } = await api.data(query, { ...variables, after });
      expect(outlets.totalCount).toBe(linked.outlets.length);
      expect(outlets.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(outlets.pageInfo.startCursor).toBe(outlets.edges[0].cursor);
      seen.push(...codesOf(outlets.nodes));
      after = outlets.pageInfo.hasNextPage ? (outlets.pageInfo.endCursor as string) : null;
      await editItem(api.database.dataSource, linked.code, { outlets: linked.outlets.slice(0, seen.length) });
      await api.app.tail.advance();
    } while (after);
    expect([...seen].sort()).toEqual([...linked.outlets].sort());
  });

  it('of an item are those that handle it, as of the revision of its row', async () => {
    const item = seeds.items.find(({ modes }) => modes.includes('SELF_SERVICE') && modes.includes('NEARBY'))!;
    const query = `query ($code: String!, $near: GeoPointInput) { item(code: $code) {
      outlets(first: 100) { nodes { code } } kiosks(near: $near, first: 100) { totalCount nodes { code distanceMeters } } } }`;
    const data = await api.data(query, { code: item.code, near: center });
    expect(codesOf(data.item.outlets.nodes)).toEqual([...item.outlets].sort());
    expect(codesOf(data.item.kiosks.nodes).sort()).toEqual([...item.kiosks].sort());
    expect(data.item.kiosks.nodes[0].distanceMeters).toEqual(expect.any(Number));
    // A list that was begun before a change shows row and places as they were.
    const list = `query ($after: String) { items(first: 100, after: $after, filter: { kiosk: ["K01"] }) {
      nodes { code kiosks(first: 1) { totalCount nodes { code } pageInfo { endCursor } } } pageInfo { endCursor } } }`;
    const begun = await api.data(list.replace('first: 100', 'first: 1'));
    const after = begun.items.pageInfo.endCursor as string;
    const rest = await api.data(list, { after });
    const changed = rest.items.nodes.find(
      ({ kiosks }: { kiosks: { totalCount: number } }) => kiosks.totalCount > 1,
    );
    await editItem(api.database.dataSource, changed.code, { kiosks: ['K01'] });
    await api.app.tail.advance();
    expect((await api.data(list, { after })).items.nodes.map((n: object) => ({ ...n, kiosks: 0 }))).toEqual(
      rest.items.nodes.map((n: object) => ({ ...n, kiosks: 0 })),
    );
    const again = (await api.data(list, { after })).items.nodes.find(
      ({ code }: { code: string }) => code === changed.code,
    );
    expect(again.kiosks).toMatchObject({
      totalCount: changed.kiosks.totalCount,
      nodes: changed.kiosks.nodes,
    });
    const next = `query ($code: String!, $after: String) { item(code: $code) { kiosks(first: 100, after: $after) { totalCount nodes { code } } } }`;
    const { item: walked } = await api.data(next, {
      code: changed.code,
      after: again.kiosks.pageInfo.endCursor,
    });
    expect(walked.kiosks.nodes).toHaveLength(changed.kiosks.totalCount - 1);
    const fresh = await api.data(next, { code: changed.code });
    expect(fresh.item.kiosks).toEqual({ totalCount: 1, nodes: [{ code: 'K01' }] });
  });

  it('filter by level, and by the item that they handle', async () => {
    const item = seeds.items.find(({ kiosks }) => kiosks.length > 0)!;
    const { a, b, c, d } = await api.data(
      `query ($item: String) { a: outlets(level: [VILLAGE, COUNTY]) { totalCount } b: outlets(level: [TOWNSHIP]) { totalCount }
        c: outlets(level: []) { totalCount } d: kiosks(item: $item) { nodes { code } } }`,
      { item: item.code },
    );
    expect([a.totalCount, b.totalCount, c.totalCount]).toEqual([0, 24, 24]);
    expect(codesOf(d.nodes)).toEqual([...item.kiosks].sort());
  });

  it.each<[string, string, string[], RegExp]>([
    [
      'a latitude beyond the pole',
      'outlets(near: { latitude: 90.1, longitude: 0 })',
      ['near', 'latitude'],
      /latitude is 90.1/,
    ],
    [
      'a longitude beyond the globe',
      'kiosks(near: { latitude: -90, longitude: -181 })',
      ['near', 'longitude'],
      /is -181/,
    ],
    ['an unknown item', 'outlets(item: "x")', ['item'], /no item with the code "x"/],
    ['an unknown item of kiosks', 'kiosks(item: "")', ['item'], /no item with the code ""/],
    ['too large a page', 'kiosks(first: 101)', ['first'], /101/],
    ['a broken cursor', 'outlets(after: "abc")', ['after'], /no cursor/],
    [
      'an unknown outlet in a filter',
      'items(filter: { outlet: ["T01", "T99"] })',
      ['filter', 'outlet', '1'],
      /"T99"/,
    ],
    ['an unknown kiosk in a filter', 'items(filter: { kiosk: ["T01"] })', ['filter', 'kiosk', '0'], /"T01"/],
  ])('refuse %s', async (_what, field, argument, message) => {
    const error = await api.error(`{ ${field} { totalCount } }`);
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(error.message).toMatch(message);
  });

  it('refuse a cursor of another list: another point, item, level or kind', async () => {
    const { outlets } = await api.data('{ outlets(first: 1) { pageInfo { endCursor } } }');
    for (const field of [
      'kiosks(after: $c)',
      'outlets(after: $c, level: [TOWNSHIP])',
      'outlets(after: $c, near: { latitude: 1, longitude: 1 })',
    ]) {
      const error = await api.error(`query ($c: String) { ${field} { totalCount } }`, {
        c: outlets.pageInfo.endCursor,
      });
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['after'] });
    }
  });
});
