import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/lib/project-root';
import { startTestApi, type TestApi } from '../support/api';

const folder = join(projectRoot, 'schema', 'examples');

describe('the example operations', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  it.each(readdirSync(folder))('%s is answered without errors', async (file) => {
    const data: object = await api.data(readFileSync(join(folder, file), 'utf8'));
    expect(JSON.stringify(data).length).toBeGreaterThan(100);
  });
});
