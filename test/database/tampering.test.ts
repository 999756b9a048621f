import { auditVerify } from '../../src/cli/audit';
import { canonicalJson } from '../../src/revisions/hash';
import { readChangesByRevision } from '../../src/revisions/history';
import { verifyLog } from '../../src/revisions/verify';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { editItem } from '../support/edit';

describe('the hash chain of the log', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase('seeds');
    const rows = await database.dataSource.query<{ code: string }[]>(
      'SELECT code FROM service_item ORDER BY code LIMIT 4',
    );
    for (const { code } of rows)
      await editItem(database.dataSource, code, { summary: `修改了${code.slice(-4)}的说明。` });
  });
  afterEach(() => database.drop());

  const tamper = async (statement: string) => {
    const { dataSource } = database;
    // Whoever owns the server can take the triggers away; the chain still shows it.
    for (const table of ['catalog_revision', 'catalog_change']) {
      for (const verb of ['update', 'delete'])
        await dataSource.query(`DROP TRIGGER IF EXISTS ${table}_no_${verb}`);
    }
    await dataSource.query(statement);
  };

  it('is sound from the seeds to the last change', async () => {
    const result = await verifyLog(database.dataSource);
    const [last] = await readChangesByRevision(database.dataSource, 4, 5);
    expect(result).toEqual({ entries: 5, lastHash: last!.hash, fault: null });
  });

  it.each([
    [
      "UPDATE catalog_revision SET reason = '另一个理由' WHERE revision = 3",
      'revision 3 is not what was written',
    ],
    ["UPDATE catalog_revision SET actor = '别人' WHERE revision = 1", 'revision 1 is not what was written'],
    [
      "UPDATE catalog_change SET `after` = JSON_SET(`after`, '$.modes', JSON_ARRAY()) WHERE revision = 4",
      'revision 4 is not what was written',
    ],
    ['DELETE FROM catalog_change WHERE revision = 2', 'revision 2 is not what was written'],
    [
      "UPDATE catalog_revision SET hash = REPEAT('0', 64) WHERE revision = 5",
      'revision 5 is not what was written',
    ],
    ['UPDATE catalog_state SET revision = 6', 'revision 6 is missing'],
  ])('shows %s', async (statement, fault) => {
    await tamper(statement);
    expect(await verifyLog(database.dataSource)).toMatchObject({ fault });
    const lines: string[] = [];
    const well = await auditVerify.run({
      given: new Set(),
      valuesOf: () => [],
      words: [],
      remark: () => undefined,
      openDatabase: async () => database.dataSource,
      print: (line) => void lines.push(line),
    });
    expect([well, lines[0]]).toEqual([false, expect.stringContaining(fault)]);
  });

  it('does not hang on the order of keys in an object', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '二' }], a: 0.5 })).toBe(
      '{"a":0.5,"b":[1,{"c":"二","d":null}]}',
    );
  });
});
