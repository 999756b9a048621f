import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/lib/project-root';
import { startTestApi, type TestApi } from '../support/api';

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const pairs = [...readme.matchAll(/```graphql\n([^]*?)```\s+```json\n([^]*?)```/g)].map(
  ([, query, answer]) => ({
    query: query!,
    answer: answer!,
  }),
);

describe("the README's operations", () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it('are at least five', () => expect(pairs.length).toBeGreaterThanOrEqual(5));

  it.each(pairs)('get the answer that it shows: $query', async ({ query, answer }) => {
    expect(await api.ask(query)).toEqual(JSON.parse(answer));
  });
});
