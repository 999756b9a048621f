import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { runProgram } from '../support/program';
import { urlOf } from '../support/server-address';

describe('the commands for sheets', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    folder = mkdtempSync(join(tmpdir(), 'one-window-sheets-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });

  const cli = async (...args: string[]): Promise<[number | null, string]> => {
    const program = runProgram('cli/cli', { DATABASE_URL: urlOf(database.address) }, args);
    return [await program.ended, program.output()];
  };

  it('export, import and take back', async () => {
    const file = join(folder, 'items.xlsx');
    expect(await cli('export', file)).toEqual([0, `Wrote 1454 items of revision 1 to ${file}.\n`]);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(await cli('import', file)).toEqual([0, expect.stringContaining('没有变化，未产生新修订')]);
    const more = join(folder, 'more.csv');
    writeFileSync(more, '事项名称,部门\n命令行新增事项,安溪县公安局\n');
    expect(await cli('import', more, '--dry-run')).toEqual([0, expect.stringContaining('这是试运行')]);
    expect(await cli('import', more, '--domain', 'D18')).toEqual([
      1,
      expect.stringContaining('必须填写窗口'),
    ]);
    expect(await cli('import', more, '--reason', '公安局补报')).toEqual([
      0,
      expect.stringContaining('已写入，修订号 2。'),
    ]);
    expect(await cli('revert', '2')).toEqual([
      0,
      'Reverted revision 2 as revision 3: 0 items restored, 1 retired.\n',
    ]);
    expect(await cli('revert', '2')).toEqual([1, expect.stringContaining('changed again since')]);
    expect(
      await database.dataSource.query('SELECT actor, reason FROM catalog_revision WHERE revision > 1'),
    ).toEqual([
      { actor: expect.stringMatching(/^命令行 /), reason: '公安局补报' },
      { actor: expect.stringMatching(/^命令行 /), reason: '撤回修订 2' },
    ]);
  });

  it('write CSV to standard output, and nothing else', async () => {
    const [code, output] = await cli('export', '--domain', 'D18');
    expect([code, output.split('\r\n').length]).toEqual([0, 32]);
    expect(output).toMatch(/^\ufeff事项编码,/);
  });

  it('say what is wrong with their arguments', async () => {
    for (const args of [['import'], ['import', 'a.csv', 'b.csv'], ['import', 'a.csv', '--foo']]) {
      expect(await cli(...args)).toEqual([1, expect.stringContaining('Usage: npm run cli -- COMMAND')]);
    }
    expect(await cli('export', 'a.pdf')).toEqual([1, expect.stringContaining('ends with .xlsx or .csv')]);
    expect(await cli('revert', 'two')).toEqual([1, expect.stringContaining('"two" is not the number')]);
    expect(await cli('import', join(folder, 'none.csv'))).toEqual([1, expect.stringMatching(/^ENOENT/)]);
    expect(await cli('import', 'a.csv', '--reason', '短')).toEqual([
      1,
      '--reason has 1 characters, wanted 4 to 500\n',
    ]);
    expect(await cli('export', '--domain', 'D99')).toEqual([1, '没有编码为“D99”的领域\n']);
  });
});
