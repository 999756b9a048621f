import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the database itself', () => {
  let database: TestDatabase;
  let code: string;
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    const [item] = await database.dataSource.query<{ code: string }[]>(
      "SELECT code FROM service_item WHERE modes = 'IMMEDIATE,ONLINE,SINGLE_VISIT' AND on_site_visits = 1 LIMIT 1",
    );
    code = item!.code;
  });
  afterAll(() => database.drop());

  it.each([
    [
      'a promise of more days than the law allows',
      'legal_working_days = 3, promised_working_days = 4, modes = ""',
    ],
    ['马上办 with days of waiting', 'promised_working_days = 2, legal_working_days = NULL'],
    ['网上办 without an address', 'online_url = NULL'],
    ['一次办 with two visits', 'on_site_visits = 2'],
    ['no audience', 'audiences = ""'],
    ['a mode that there is not', 'modes = "TOMORROW"'],
    ['a negative number', 'on_site_visits = -1'],
    ['a window that there is not', 'window_code = "D99-01"'],
    ['a department that there is not', 'department_code = "x"'],
    [
      'a name that another item has',
      'name = (SELECT n FROM (SELECT MAX(name) AS n FROM service_item) other)',
    ],
    ['a name that is too long', 'name = REPEAT("名", 201)'],
  ])('refuses %s', async (_what, assignment) => {
    await expect(
      database.dataSource.query(`UPDATE service_item SET ${assignment.replaceAll('"', "'")} WHERE code = ?`, [
        code,
      ]),
    ).rejects.toThrow();
  });

  it.each([
    ['a window with items', "DELETE FROM service_window WHERE code = 'D01-01'"],
    ['a domain with windows', "DELETE FROM service_domain WHERE code = 'D01'"],
    ['an outlet with items', "DELETE FROM outlet WHERE code = 'T01'"],
  ])('does not let go of %s', async (_what, statement) => {
    await expect(database.dataSource.query(statement)).rejects.toThrow(/foreign key/i);
  });

  it.each([
    ['an entry of the log', "UPDATE catalog_revision SET reason = '另一个理由' WHERE revision = 1"],
    ['a change in the log', "UPDATE catalog_change SET `after` = '{}' WHERE code = 'D01'"],
    ['an entry of the log away', 'DELETE FROM catalog_revision WHERE revision = 1'],
    ['a change away', "DELETE FROM catalog_change WHERE code = 'D01'"],
    ['the history of modes', "UPDATE classification_change SET added = '' LIMIT 1"],
    ['the history of modes away', 'DELETE FROM classification_change LIMIT 1'],
  ])('refuses to edit %s', async (_what, statement) => {
    await expect(database.dataSource.query(statement)).rejects.toThrow(/The log is never edited/);
  });

  it('has only one state of the catalog', async () => {
    const insert = 'INSERT INTO catalog_state SELECT 2, revision, updated_at, notice FROM catalog_state';
    await expect(database.dataSource.query(insert)).rejects.toThrow();
  });

  it('keeps rare characters and tells them apart', async () => {
    const { dataSource } = database;
    const rows = await dataSource.query<{ code: string }[]>('SELECT code FROM service_item LIMIT 2');
    await dataSource.query('UPDATE service_item SET name = ? WHERE code = ?', ['𠮷字登记', rows[0]!.code]);
    await dataSource.query('UPDATE service_item SET name = ? WHERE code = ?', ['𠀋字登记', rows[1]!.code]);
    const [found] = await dataSource.query<{ name: string }[]>(
      'SELECT name FROM service_item WHERE name = ?',
      ['𠮷字登记'],
    );
    expect(found).toEqual({ name: '𠮷字登记' });
  });

  it('speaks UTC on every connection', async () => {
    const zones = await Promise.all(
      Array.from({ length: 12 }, () =>
        database.dataSource.query('SELECT @@session.time_zone AS zone, SLEEP(0.02)'),
      ),
    );
    expect(new Set(zones.map(([row]: { zone: string }[]) => row!.zone))).toEqual(new Set(['+00:00']));
  });
});
