import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../src/access/caller';
import { projectRoot } from '../../src/lib/project-root';
import { startTestApi, type TestApi } from '../support/api';
import { tokenOf } from '../support/tokens';

const page = readFileSync(join(projectRoot, 'docs/administrators.md'), 'utf8');
const call = /<!-- as (\w+) ?(\w*) -->\s+```graphql\n([^]*?)```\s+```json\n([^]*?)```/g;
const calls = [...page.matchAll(call)].map(([, role, domain, query, answer]) => ({
  role: role as Role,
  domain: domain!,
  query: query!,
  answer: answer!,
}));

describe("the administrators' page", () => {
  let api: TestApi;
  const tokens = new Map<string, string>();
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it('has calls for every step', () => expect(calls.length).toBeGreaterThanOrEqual(9));

  // In the order of the page: each call finds what those before it left.
  it.each(calls)('gets the answer that it shows: $role $query', async ({ role, domain, query, answer }) => {
    const who = `${role} ${domain}`;
    if (!tokens.has(who))
      tokens.set(who, await tokenOf(api.database.dataSource, role, domain ? [domain] : []));
    expect(await api.ask(query, undefined, tokens.get(who))).toEqual(JSON.parse(answer));
  });
});
