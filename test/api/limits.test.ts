import { getIntrospectionQuery } from 'graphql';
import { startTestApi, type TestApi } from '../support/api';
import { maxCost, maxDepth } from '../../src/server/limits';

describe('bounds on operations', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it('refuse an operation that may have too many fields, also when variables say so, on every request', async () => {
    const query = `query ($n: Int) { domains { windows { items(first: $n) { nodes { name code summary } } } } }`;
    await api.data(query, { n: 1 });
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await api.error(query, { n: 100 });
      expect(error.extensions.code).toBe('OPERATION_TOO_COMPLEX');
      expect(error.message).toMatch(new RegExp(`costs \\d+, at most ${maxCost}`));
    }
  });

  it('count every alias', async () => {
    const aliases = Array.from({ length: 60 }, (_, i) => `a${i}: items(first: 100) { nodes { name code } }`);
    expect((await api.error(`{ ${aliases.join(' ')} }`)).extensions.code).toBe('OPERATION_TOO_COMPLEX');
  });

  it('refuse deep operations, through fragments too', async () => {
    const deep = (levels: number) =>
      '{ domain(code: "D01") '.concat(
        '{ windows { domain '.repeat(levels),
        '{ code }',
        ' } }'.repeat(levels),
        ' }',
      );
    expect((await api.error(deep(8))).extensions.code).toBe('OPERATION_TOO_COMPLEX');
    const fragments = Array.from(
      { length: 10 },
      (_, i) => `fragment F${i} on ServiceDomain { windows { domain { ...F${i + 1} } } }`,
    );
    const query = `{ domain(code: "D01") { ...F0 } } ${fragments.join(' ')} fragment F10 on ServiceDomain { code }`;
    expect((await api.error(query)).message).toMatch(new RegExp(`levels deep, at most ${maxDepth}`));
  });

  it('refuse documents with too many tokens', async () => {
    const error = await api.error(`{ ${'__typename '.repeat(2_100)} }`);
    expect(error.message).toMatch(/tokens/);
  });

  it('leave room for what portals ask, introspection included', async () => {
    await api.data(`{ items(first: 100) { totalCount nodes { id code name summary modes window { name counter hall } department { name } domain { name } }
      facets { domains { domain { name } count } windows { window { name } count } departments { department { name } count } } } }`);
    await api.data(getIntrospectionQuery());
  });
});
