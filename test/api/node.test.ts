import { startTestApi, type TestApi } from '../support/api';

describe('global object identification', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const everyKind = `{
    domain(code: "D05") { id } window(code: "D05-02") { id } departments { id }
    outlet(code: "T03") { id } kiosk(code: "K03") { id } lifeEvent(code: "L03") { id }
    items(first: 2, orderBy: { field: NAME }) { nodes { id } }
  }`;
  const byId = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

  it('finds every kind of thing by its id, in the order asked', async () => {
    const data = await api.data(everyKind);
    const ids = [
      data.items.nodes[1].id,
      data.window.id,
      data.departments[0].id,
      data.domain.id,
      data.items.nodes[0].id,
      data.outlet.id,
      data.kiosk.id,
      data.lifeEvent.id,
    ];
    const { nodes } = await api.data(byId, { ids });
    expect(nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(nodes.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
      'ServiceItem',
      'ServiceWindow',
      'Department',
      'ServiceDomain',
      'ServiceItem',
      'Outlet',
      'Kiosk',
      'LifeEvent',
    ]);
    const { node } = await api.data(
      'query ($id: ID!) { node(id: $id) { ... on ServiceWindow { code } } }',
      data.window,
    );
    expect(node).toEqual({ code: 'D05-02' });
  });

  it('answers null for ids of nothing, of unknown types and of nonsense', async () => {
    const id = (text: string) => Buffer.from(text).toString('base64url');
    const ids = [id('ServiceItem:none'), id('Kiosk:T01'), id('toString:x'), id(':'), 'no id at all', ''];
    expect(await api.data(byId, { ids })).toEqual({ nodes: ids.map(() => null) });
  });

  it('refuses more than 100 ids, and has no statement more for 100 than for 1', async () => {
    const error = await api.error(byId, { ids: Array.from({ length: 101 }, () => 'x') });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['ids'] });
    const { items } = await api.data('{ items(first: 100) { nodes { id } } }');
    for (const some of [1, 100]) {
      api.app.rows.clear();
      api.database.takeStatements();
      await api.data(byId, { ids: items.nodes.slice(0, some).map((node: { id: string }) => node.id) });
      expect(api.database.takeStatements()).toHaveLength(1);
    }
  });
});
