/** What each operation costs the database: the statements are kept as a snapshot, so that a change shows in review. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { projectRoot } from '../../src/lib/project-root';
import { startTestApi, type TestApi } from '../support/api';
import { editItem } from '../support/edit';

describe('SQL statements', () => {
  let api: TestApi;
  let code: string;
  beforeAll(async () => {
    api = await startTestApi();
    const { items } = await api.data('{ items(first: 1) { nodes { code } } }');
    code = items.nodes[0].code as string;
  });
  afterAll(() => api.stop());

  /** The statements of an operation whose rows are not cached yet. */
  const cold = async (query: string, variables: object): Promise<string[]> => {
    api.app.rows.clear();
    api.database.takeStatements();
    await api.data(query, variables);
    return api.database.takeStatements();
  };

  const item =
    'id code name summary kind modes version window { name hall domain { name } } department { name }';
  const operations: Record<string, string> = {
    catalog: '{ catalog { revision updatedAt notice statistics { itemCount modes { mode count } } } }',
    domains: '{ domains { code name itemCount modes { mode count } windows { code itemCount } } }',
    windows: '{ windows { code domain { name } itemCount modes { mode count } } }',
    departments: '{ departments { code name itemCount } }',
    item: `query ($code: String!) { item(code: $code) { ${item} } }`,
    items: `query ($first: Int) { items(first: $first) { totalCount nodes { ${item} } edges { cursor node { name } } } }`,
    'items by name': `query ($first: Int) { items(first: $first, orderBy: { field: NAME }) { nodes { ${item} } } }`,
    'items with facets': `query ($first: Int) { items(first: $first, filter: { modes: { all: [ONLINE] } }) { nodes { name }
      facets { modes { count } domains { domain { name } count } windows { window { name } count } departments { count } kinds { count } audiences { count } } } }`,
    'items of every domain': `query ($first: Int) { domains { items(first: $first) { nodes { name window { name } } } } }`,
    outlets:
      'query ($first: Int) { outlets(first: $first, near: { latitude: 25, longitude: 118 }) { nodes { name distanceMeters itemCount } } }',
    kiosks: 'query ($first: Int) { kiosks(first: $first) { totalCount nodes { name itemCount } } }',
    'places of items': `query ($first: Int) { items(first: $first) { nodes { name outlets { totalCount } kiosks { totalCount } } } }`,
    'life events': '{ lifeEvents { name items { name } } }',
    'counts of items': '{ items(filter: { free: true }) { totalCount facets { domains { count } } } }',
  };

  it.each(Object.keys(operations))('of %s are as in the snapshot, for 1 row and for 100', async (name) => {
    const one = await cold(operations[name]!, { code, first: 1 });
    const hundred = await cold(operations[name]!, { code, first: 100 });
    expect(one).toEqual(hundred);
    expect(one.length).toBeLessThanOrEqual(1);
    expect(one.join(';\n') || 'none').toMatchSnapshot();
  });

  it('are none for rows that were read before', async () => {
    await api.data(operations['items']!, { first: 100 });
    api.database.takeStatements();
    await api.data(operations['items']!, { first: 100 });
    expect(api.database.takeStatements()).toEqual([]);
  });

  it('are one more to wind back a list that changed, and one for rows that changed', async () => {
    const query = `query ($after: String) { items(first: 100, after: $after, orderBy: { field: UPDATED_AT }) {
      nodes { code name } pageInfo { endCursor } } }`;
    const first = await api.data(query);
    const after = first.items.pageInfo.endCursor as string;
    const second = await api.data(query, { after });
    for (const node of second.items.nodes.slice(0, 3)) {
      await editItem(api.database.dataSource, node.code, { summary: '翻页之间修改的说明。' });
    }
    await api.app.tail.advance();
    // The snapshot of the first page is at hand on this node, so only another one has to wind back.
    const statements = await cold(query, { after });
    expect(statements.map((sql) => /FROM (\w+)/.exec(sql)?.[1])).toEqual(['service_item', 'catalog_change']);
    expect(await api.data(query, { after })).toEqual(second);
    const other = await startApp({
      config: { ...readConfig({}), port: 0 },
      dataSource: api.database.dataSource,
      log: pino({ level: 'silent' }),
      tailInterval: 3_600_000,
    });
    api.database.takeStatements();
    const response = await fetch(`${other.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { after } }),
    });
    expect(await response.json()).toEqual({ data: second });
    const tables = api.database.takeStatements().map((sql) => /FROM (\w+)/.exec(sql)?.[1]);
    expect(tables).toEqual(['catalog_change', 'service_item', 'catalog_change']);
    await other.stop();
  });

  it.each(readdirSync(join(projectRoot, 'schema', 'examples')))(
    'of the example %s are at most one',
    async (file) => {
      const query = readFileSync(join(projectRoot, 'schema', 'examples', file), 'utf8');
      expect((await cold(query, {})).length).toBeLessThanOrEqual(1);
    },
  );
});
