import { pendingMigrations } from '../../src/database/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => void (database = await createTestDatabase('nothing')));
  afterEach(() => database.drop());

  const tables = async (): Promise<string[]> => {
    const rows = await database.dataSource.query<{ name: string }[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
    );
    return rows.map(({ name }) => name).filter((name) => name !== 'schema_migration');
  };

  /** Every table as the server would make it again. */
  const definitions = async (): Promise<string[]> => {
    const texts: string[] = [];
    for (const table of await tables()) {
      const [row] = await database.dataSource.query<Record<string, string>[]>(`SHOW CREATE TABLE ${table}`);
      texts.push(row!['Create Table']!);
    }
    return texts;
  };

  it('go up, down and up again, and end as they began', async () => {
    const { dataSource } = database;
    expect(await pendingMigrations(dataSource)).toHaveLength(dataSource.migrations.length);
    await dataSource.runMigrations();
    const first = await definitions();
    expect(first).toHaveLength(dataSource.entityMetadatas.length);
    expect(await pendingMigrations(dataSource)).toEqual([]);
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
    expect(await tables()).toEqual([]);
    await dataSource.runMigrations();
    expect(await definitions()).toEqual(first);
  });

  it('leave nothing to generate', async () => {
    const { dataSource } = database;
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    // On MySQL, TypeORM sees differences in how the server writes the same types down.
    const seen = dataSource.options.type === 'mariadb' ? upQueries.map(({ query }) => query) : [];
    expect(seen).toEqual([]);
  });

  it('make tables that compare text by code point, whatever the default of the database', async () => {
    await database.dataSource.runMigrations();
    const rows = await database.dataSource.query<{ collation: string }[]>(
      'SELECT DISTINCT collation_name AS collation FROM information_schema.columns WHERE table_schema = DATABASE() AND collation_name IS NOT NULL AND table_name <> ? AND data_type <> ?',
      ['schema_migration', 'longtext'],
    );
    expect(rows.map(({ collation }) => collation)).toEqual(['utf8mb4_bin']);
  });
});
