import { startTestApi, type TestApi } from '../support/api';

describe('an unexpected error', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it('is masked with an id that the log has, and the server goes on', async () => {
    await api.database.dataSource.query('RENAME TABLE service_item TO elsewhere');
    const query = '{ items(first: 2) { totalCount nodes { name } } }';
    const { errors } = await api.ask(query);
    expect(errors).toHaveLength(1);
    const { message, extensions } = errors![0]!;
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
    expect(message).toBe(`Internal error; the server's log has it under ${extensions.id}`);
    const line = api.logged.find(({ id }) => id === extensions.id) as {
      err: { message: string };
      requestId: string;
    };
    expect(line.err.message).toMatch(/service_item/);
    expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/);
    await api.database.dataSource.query('RENAME TABLE elsewhere TO service_item');
    await api.data(query);
  });

  it('in the database makes the node not ready', async () => {
    await api.database.dataSource.query('RENAME TABLE schema_migration TO elsewhere');
    const response = await fetch(`${api.app.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      checks: { schema: expect.stringContaining('npm run cli -- migrate') },
    });
    await api.database.dataSource.query('RENAME TABLE elsewhere TO schema_migration');
  });
});
