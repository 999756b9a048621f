import { draftOf } from '../../src/catalog/item-state';
import type { DataSource } from 'typeorm';
import { creditCheckCharacter } from '../../src/catalog/item-code';
import { readItemStates } from '../../src/catalog/item.store';
import { reportLines } from '../../src/exchange/import-report';
import { RevertRefusedError, revertRevision } from '../../src/exchange/revision.revert';
import { readHead } from '../../src/revisions/history';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { editItem, storedItem } from '../support/edit';
import { administrator, importLines, outcome } from '../support/sheets';

const department = '安溪县市场监督管理局';
const credit = '11350524MB1A20010W';

describe('an import', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let codes: string[];
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    ({ dataSource } = database);
    codes = [...(await readItemStates(dataSource.manager, 'all')).keys()].sort();
  });
  afterAll(() => database.drop());

  const head = async () => (await readHead(dataSource)).revision;

  it('of only names, departments and modes makes whole items, the second time none', async () => {
    const before = await head();
    const lines = [
      '事项名称,部门,马上办,网上办,就近办,一次办,自助办',
      `茶叶加工坊备案,${department},是,是,,✓,`,
      `老字号认定初审,${credit},否,0,1,√,１`,
    ];
    const report = await importLines(dataSource, lines);
    expect(outcome(report)).toEqual({
      created: 2,
      changed: 0,
      unchanged: 0,
      revision: before + 1,
      faults: [],
    });
    const [first, second] = report.created.first;
    expect(first).toMatchObject({ row: 2, code: `${credit}43520` + '90001000', name: '茶叶加工坊备案' });
    expect(first!.columns).toContain('承诺时限');
    expect(draftOf(await storedItem(dataSource, first!.code))).toMatchObject({
      kind: 'PUBLIC_SERVICE',
      status: 'PUBLISHED',
      department: credit,
      modes: ['IMMEDIATE', 'ONLINE', 'SINGLE_VISIT'],
      promisedWorkingDays: 0,
      onlineUrl: 'https://zwfw.fujian.gov.cn/',
      summary: '茶叶加工坊备案',
    });
    const other = await storedItem(dataSource, second!.code);
    expect([other.modes, other.outlets.length, other.kiosks.length, other.promisedWorkingDays]).toEqual([
      ['NEARBY', 'SINGLE_VISIT', 'SELF_SERVICE'],
      24,
      15,
      20,
    ]);
    expect(other.window.slice(0, 3)).toBe('D01');
    expect(outcome(await importLines(dataSource, lines))).toEqual({
      created: 0,
      changed: 0,
      unchanged: 2,
      revision: null,
      faults: [],
    });
    const more = await importLines(dataSource, ['事项名称,部门', `第三个新事项,${department}`]);
    expect(more.created.first[0]!.code.slice(-8)).toBe('90003000');
  });

  it('changes what its columns say, and leaves the rest of an item alone', async () => {
    const before = await storedItem(dataSource, codes[0]!);
    const report = await importLines(dataSource, [
      '安溪县事项清单,,',
      '序号,事项编码,事项名称*,收费（元）,是否马上办',
      `1,${codes[0]!.toLowerCase()},改了名称的事项,免费,`,
    ]);
    expect(report.ignoredHeaders).toEqual(['序号']);
    expect(report.changed.first).toEqual([
      { row: 3, code: codes[0], name: '改了名称的事项', columns: ['事项名称', '马上办'] },
    ]);
    expect(await storedItem(dataSource, codes[0]!)).toMatchObject({
      ...draftOf(before),
      name: '改了名称的事项',
      modes: before.modes.filter((mode) => mode !== 'IMMEDIATE'),
      version: before.version + 1,
    });
  });

  it('clears what is optional by an empty cell, and refuses to clear what is not', async () => {
    const { name, legalWorkingDays } = await storedItem(dataSource, codes[1]!);
    expect(legalWorkingDays).not.toBeNull();
    const cleared = await importLines(dataSource, ['事项名称,法定时限', `${name},`]);
    expect(cleared.changed.first[0]!.columns).toEqual(['法定时限']);
    expect((await storedItem(dataSource, codes[1]!)).legalWorkingDays).toBeNull();
    const refused = await importLines(dataSource, ['事项名称,窗口,说明', `${name},,`]);
    expect(outcome(refused)).toMatchObject({ revision: null, faults: ['2 B: 不能清空', '2 C: 不能清空'] });
  });

  it('swaps names of two items, and gives a name that was freed to a new one', async () => {
    const [a, b] = await Promise.all([storedItem(dataSource, codes[2]!), storedItem(dataSource, codes[3]!)]);
    const swap = ['事项编码,事项名称', `${a.code},${b.name}`, `${b.code},${a.name}`];
    expect(outcome(await importLines(dataSource, swap))).toMatchObject({ changed: 2, faults: [] });
    expect((await storedItem(dataSource, a.code)).name).toBe(b.name);
    const code = `${credit}4352099998000`;
    const pass = [
      '事项编码,事项名称,部门',
      `${a.code},另起的名称,${a.department}`,
      `${code},${b.name},${credit}`,
    ];
    expect(outcome(await importLines(dataSource, pass))).toMatchObject({
      changed: 1,
      created: 1,
      faults: [],
    });
    expect((await storedItem(dataSource, code)).name).toBe(b.name);
  });

  it('tells every fault by row and column, and then writes nothing', async () => {
    const before = await head();
    const [x, y, z] = await Promise.all(codes.slice(10, 13).map((code) => storedItem(dataSource, code)));
    const wrongCheck = `${credit.slice(0, 17)}${creditCheckCharacter(credit.slice(0, 17)) === 'X' ? 'W' : 'X'}`;
    const report = await importLines(dataSource, [
      '事项编码,事项名称,部门,窗口,网上办,承诺时限,网办地址,领域',
      `1.13505E+30,甲,${credit},D01-01,,1,,`,
      `,乙,无此部门,D01-01,也许,1.5,ftp://x,`,
      `${x!.code},,${x!.department},${x!.window},,1,,`,
      `${y!.code},${y!.name},${y!.department},${y!.window},是,1,,`,
      `${z!.code},${z!.name},${z!.department},${z!.window},,1,,D18`,
      `${z!.code},${z!.name},${z!.department},${z!.window},,1,,`,
      `,丙,,D01-01,,1,,`,
      `${wrongCheck}4352012345000,丁,${credit},D01-01,,1,,`,
      `${credit}4352012345000,${codes[20] && (await storedItem(dataSource, codes[20])).name},${credit},D01-01,,1,,`,
      `,戊,${credit},D01-01,,1,,,多出的`,
    ]);
    expect(outcome(report)).toMatchObject({ revision: null });
    const found = report.faults.first.map(({ row, column, message }) => `${row} ${column} ${message}`);
    expect(found).toHaveLength(13);
    for (const wanted of [
      /^2 A 编码被存成了数字/,
      /^3 C 目录中没有编码或名称为“无此部门”的条目/,
      /^3 E 不是“是”或“否”/,
      /^3 F 不是 0 到 1000 的整数/,
      /^3 G 不是以 https:\/\/ 开头的网址/,
      /^4 B 不能为空/,
      /^5 G “网上办”事项必须有网上办理地址（规则 online-url）/,
      /^6 H 与窗口不符：该窗口属于领域 D01/,
      /^7 A 与第 6 行是同一事项/,
      /^8 C 新事项必须填写部门/,
      /^9 A 编码有误：统一社会信用代码（第1–18位） ends with/,
      /^10 B 目录中的事项 \w+ 已用此名称/,
      /^11 I 这一列没有表头/,
    ]) {
      expect(found).toContainEqual(expect.stringMatching(wanted));
    }
    const lines = [...reportLines(report)];
    expect(lines[0]).toMatch(/^错误（13）/);
    expect(lines).toContain('  第 3 行 E 列（网上办）：“也许” 不是“是”或“否”（也可填 ✓、√、1、0 或留空）');
    expect(lines.at(-1)).toMatch(/错误 13。有错误，什么都没有写入。$/);
    expect(await head()).toBe(before);
  });

  it('as a dry run tells the same and writes nothing', async () => {
    const before = await head();
    const lines = ['事项名称,部门', `试运行的新事项,${department}`];
    const dry = await importLines(dataSource, lines, { dryRun: true });
    expect(outcome(dry)).toMatchObject({ created: 1, revision: null, faults: [] });
    expect([...reportLines(dry)].at(-1)).toContain('这是试运行');
    expect(await head()).toBe(before);
    const wet = await importLines(dataSource, lines);
    expect(wet.created.first).toEqual(dry.created.first);
  });

  it('keeps to the domains it is restricted to, and to those of its caller', async () => {
    const { name } = await storedItem(dataSource, codes[30]!);
    const lines = ['事项名称,说明', `${name},改过的说明。`];
    const restricted = await importLines(dataSource, lines, { domains: ['D18'] });
    expect(outcome(restricted)).toMatchObject({ faults: [expect.stringContaining('本次只导入领域 D18')] });
    const editor = { id: 'e', name: '编辑甲', roles: ['EDITOR'], domains: ['D18'] } as const;
    const foreign = await importLines(dataSource, lines, { caller: editor });
    expect(outcome(foreign)).toMatchObject({ faults: [expect.stringContaining('编辑甲 无权修改领域')] });
    const consumer = { ...editor, roles: ['CONSUMER'] } as const;
    await expect(importLines(dataSource, lines, { caller: consumer })).rejects.toThrow(/may not import/);
    const unknown = await importLines(dataSource, lines, { domains: ['D99'] });
    expect(outcome(unknown)).toMatchObject({ faults: ['- -: 没有编码为“D99”的领域'] });
  });

  it('leaves the modes to the review where that is asked for', async () => {
    const { name, modes } = await storedItem(dataSource, codes[31]!);
    const lines = [
      '事项名称,一次办,说明',
      `${name},${modes.includes('SINGLE_VISIT') ? '否' : '是'},新的说明。`,
    ];
    const report = await importLines(dataSource, lines, { mayChangeModes: false });
    expect(outcome(report)).toMatchObject({ faults: ['2 -: 五办的变更须经审核，不能由导入直接写入'] });
  });

  describe('taken back', () => {
    const revert = (revision: number) =>
      revertRevision(dataSource, { revision, caller: administrator, reason: '测试撤回' });

    it('restores what it changed and retires what it made, by one further revision', async () => {
      const [a, b] = await Promise.all(codes.slice(40, 42).map((code) => storedItem(dataSource, code)));
      const { revision, created } = await importLines(dataSource, [
        '事项编码,事项名称,部门',
        `${a!.code},${b!.name},${a!.department}`,
        `${b!.code},全新的名称,${b!.department}`,
        `${credit}4352099997000,${a!.name},${credit}`,
      ]);
      expect(await revert(revision!)).toEqual({ revision: revision! + 1, restored: 2, retired: 1 });
      for (const old of [a!, b!]) {
        expect(draftOf(await storedItem(dataSource, old.code))).toEqual(draftOf(old));
      }
      expect(await storedItem(dataSource, created.first[0]!.code)).toMatchObject({
        status: 'RETIRED',
        name: `${a!.name}（已撤回，修订 ${revision}）`,
      });
      await expect(revert(revision!)).rejects.toThrow(/3 of the 3 items .* were changed again since/);
      expect(await revert(revision! + 1)).toMatchObject({ revision: revision! + 2, restored: 3, retired: 0 });
    });

    it('is refused for items that were changed again since, and for what is no revision of items', async () => {
      const { name } = await storedItem(dataSource, codes[50]!);
      const { revision } = await importLines(dataSource, ['事项名称,说明', `${name},导入的说明。`]);
      await editItem(dataSource, codes[50]!, { summary: '后来的说明。' });
      const before = await head();
      await expect(revert(revision!)).rejects.toThrow(
        new RegExp(`${codes[50]} \\(revision ${revision! + 1}\\)`),
      );
      await expect(revert(1)).rejects.toThrow(/changed more than items/);
      await expect(revert(9_999)).rejects.toThrow(RevertRefusedError);
      expect(await head()).toBe(before);
    });
  });
});
