import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport, readSeeds } from '../../seeds/files';
import { seedCatalog } from '../../seeds/load';
import { check } from '../../src/cli/check';
import { breaches } from '../../src/classification/rules';
import { projectRoot } from '../../src/lib/project-root';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the seeds', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await createTestDatabase('seeds')));
  afterAll(() => database.drop());

  const runCheck = async (): Promise<[boolean, string]> => {
    const lines: string[] = [];
    const well = await check.run({
      given: new Set(),
      args: [],
      openDatabase: async () => database.dataSource,
      print: (line) => void lines.push(line),
    });
    return [well, lines.join('\n')];
  };

  it('hold a name for every line of required-names.txt', () => {
    const names = readSeeds().items.map(({ name }) => name);
    const required = readFileSync(join(projectRoot, 'test/seeds/required-names.txt'), 'utf8')
      .trim()
      .split('\n');
    const missing = required.filter(
      (line) => !line.split('|').some((part) => names.some((name) => name.includes(part))),
    );
    expect(required.length).toBeGreaterThan(200);
    expect(missing).toEqual([]);
  });

  it('have names and summaries of their own', () => {
    const { items } = readSeeds();
    expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
    expect(new Set(items.map(({ summary }) => summary)).size).toBe(items.length);
    expect(items.filter(({ name }) => /[0-9０-９]$/.test(name))).toEqual([]);
  });

  it('break no rule of severity ERROR or WARNING', () => {
    const found = readSeeds().items.flatMap((item) => breaches(item));
    expect(found.filter(({ severity }) => severity !== 'INFORMATION')).toEqual([]);
  });

  it('put windows into both halls, no two at one counter', () => {
    const { windows } = readSeeds();
    expect(new Set(windows.map(({ hall }) => hall)).size).toBe(2);
    expect(new Set(windows.map(({ hall, counter }) => hall + counter)).size).toBe(windows.length);
  });

  it('agree with the figures of the report, file by file and in the database (cli check)', async () => {
    const [well, text] = await runCheck();
    expect(text).toContain('✓ everything agrees');
    expect(well).toBe(true);
    expect(Object.keys(readReport().byDomain)).toHaveLength(18);
  });

  it('are found wanting by cli check when a row differs', async () => {
    const { dataSource } = database;
    await dataSource.query(
      "UPDATE service_item SET modes = '' WHERE window_code = 'D09-01' AND modes = 'SINGLE_VISIT' LIMIT 1",
    );
    const [well, text] = await runCheck();
    expect(well).toBe(false);
    expect(text).toMatch(/✗ database: total \w+ is \d+, the report has \d+/);
    expect(text).toMatch(/✗ database: D09 \w+ is/);
    expect(text).not.toMatch(/✗ data files/);
  });

  it('go only into an empty catalog, and leave another as it is', async () => {
    await expect(seedCatalog(database.dataSource)).rejects.toThrow(
      /at revision 1; seeds go only into an empty one/,
    );
    const [row] = await database.dataSource.query<{ revision: number }[]>(
      'SELECT revision FROM catalog_state',
    );
    expect(row!.revision).toBe(1);
  });
});
