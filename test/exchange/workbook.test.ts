/** Workbooks as other programs write them, and files that are none. */
import type { DataSource } from 'typeorm';
import { writeRecords } from '../../src/classification/directory.service';
import { bounds } from '../../src/exchange/sheet';
import { readHead } from '../../src/revisions/history';
import { commitRevision } from '../../src/revisions/log';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { origin, storedItem } from '../support/edit';
import { exportBytes, importBytes, importLines, outcome, sheetRows, workbook } from '../support/sheets';

const credit = '11350524MB1A20010W';

describe('a workbook', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    ({ dataSource } = database);
  });
  afterAll(() => database.drop());

  const faultsOf = async (bytes: Buffer) =>
    (outcome(await importBytes(dataSource, bytes, { dryRun: true })) as { faults: string[] }).faults;

  it('with merged cells gives every row of a merge its value, under a header of two lines', async () => {
    const bytes = await workbook({
      rows: sheetRows([
        ['安溪县事项清单（合并单元格）'],
        ['事项名称', '部门', '五办', ''],
        ['', '', '马上办', '一次办'],
        ['合并甲', '安溪县市场监督管理局', '是', '✓'],
        ['合并乙', '', '', '√'],
        ['合并丙', '安溪县公安局', '', '是'],
        ['合并丁', '', '', ''],
      ]),
      behind:
        '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:D2"/><mergeCell ref="B4:B5"/><mergeCell ref="C4:C6"/><mergeCell ref="B6:B7"/></mergeCells>',
    });
    const report = await importBytes(dataSource, bytes);
    expect(outcome(report)).toMatchObject({ created: 4, faults: [] });
    const items = await Promise.all(report.created.first.map(({ code }) => storedItem(dataSource, code)));
    expect(items.map(({ department, modes }) => [department, modes.join()])).toEqual([
      [credit, 'IMMEDIATE,SINGLE_VISIT'],
      [credit, 'IMMEDIATE,SINGLE_VISIT'],
      ['11350524MB1A2138X6', 'IMMEDIATE,SINGLE_VISIT'],
      ['11350524MB1A2138X6', ''],
    ]);
  });

  it('has shared texts, rich texts without their phonetic hints, numbers, booleans and results of formulas', async () => {
    const bytes = await workbook({
      prefix: 'x:',
      sharedTexts:
        '<si><t>事项名称</t></si><si><r><t>共享</t></r><r><t>文本</t></r><rPh><t>gongxiang</t></rPh></si>',
      rows:
        '<x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="B3" t="str"><x:f>"部"&amp;"门"</x:f><x:v>部门</x:v></x:c><x:c r="C3" t="inlineStr"><x:is><x:t>承诺时限（工作日）</x:t></x:is></x:c><x:c r="E3" t="inlineStr"><x:is><x:t>一次办</x:t></x:is></x:c><x:c r="F3" t="inlineStr"><x:is><x:t>收费</x:t></x:is></x:c></x:row>' +
        `<x:row r="5"><x:c r="A5" t="s"><x:v>1</x:v></x:c><x:c r="B5" t="inlineStr"><x:is><x:t>${credit}</x:t></x:is></x:c><x:c r="C5"><x:v>3.0</x:v></x:c><x:c r="E5" t="b"><x:v>1</x:v></x:c><x:c r="F5"><x:v>10</x:v></x:c></x:row>`,
    });
    const report = await importBytes(dataSource, bytes);
    expect(outcome(report)).toMatchObject({ created: 1, faults: [] });
    const [item] = report.created.first;
    expect(item).toMatchObject({ row: 5, name: '共享文本' });
    expect(await storedItem(dataSource, item!.code)).toMatchObject({
      promisedWorkingDays: 3,
      modes: ['SINGLE_VISIT'],
      fee: '10',
    });
  });

  it('with dates where counts or codes belong is told by row and column', async () => {
    const bytes = await workbook({
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="0&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>',
      rows: sheetRows([
        ['事项编码', '事项名称', '部门', '窗口', '承诺时限', '说明'],
        [
          '',
          '日期甲',
          credit,
          '<c s="1"><v>45292</v></c>',
          '<c s="2"><v>5</v></c>',
          '<c s="1"><v>45292</v></c>',
        ],
        [
          '<c><v>1.1350524E+30</v></c>',
          '日期乙',
          '<c><v>1.13505240E+17</v></c>',
          'D01-01',
          '<c s="3"><v>5</v></c>',
          '',
        ],
        ['', '错误丙', '<c t="e"><v>#N/A</v></c>', 'D01-01', '<c><f>A1+1</f></c>', ''],
      ]),
    });
    const faults = await faultsOf(bytes);
    expect(faults.map((fault) => fault.slice(0, 12))).toEqual([
      '2 D: 被存成了日期；',
      '2 E: 是日期，应填整',
      '3 A: 编码被存成了数',
      '3 C: 编码被存成了数',
      '4 C: 单元格的值是 ',
      '4 E: 单元格的值是 ',
    ]);
  });

  it('is refused for a doctype, damage, a bomb, an old format, or no header', async () => {
    const rows = sheetRows([['事项名称'], ['甲']]);
    const doctype = await workbook({ rows, prolog: '<!DOCTYPE x [<!ENTITY e "eeee">]>' });
    expect(await faultsOf(doctype)).toEqual(['- -: 工作簿中的 XML 含有 DOCTYPE 声明，拒绝读取']);
    const entity = await workbook({ rows: rows.replace('甲', '&e;') });
    expect(await faultsOf(entity)).toEqual([expect.stringContaining('不是有效的 .xlsx 文件')]);
    const whole = await workbook({ rows });
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, 60, 400);
    expect(await faultsOf(damaged)).toEqual([expect.stringContaining('不是有效的 .xlsx 文件')]);
    expect(await faultsOf(whole.subarray(0, 700))).toEqual([
      expect.stringContaining('不是有效的 .xlsx 文件'),
    ]);
    const bomb = Buffer.from(whole);
    const entry = bomb.indexOf('xl/worksheets/sheet1.xml', bomb.indexOf('504b0102', 'hex'));
    // The size that the directory of the zip tells, 22 bytes before the name.
    bomb.writeUInt32LE(bounds.unpacked + 1, entry - 22);
    expect(await faultsOf(bomb)).toEqual(['- -: 工作簿解压后过大，无法读取']);
    expect(await faultsOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual([
      expect.stringContaining('旧版 .xls'),
    ]);
    expect(await faultsOf(await workbook({ rows: sheetRows([['甲'], ['乙']]) }))).toEqual([
      expect.stringContaining('没有找到含“事项名称”的表头'),
    ]);
    expect(await faultsOf(Buffer.from(''))).toEqual([expect.stringContaining('没有找到含“事项名称”的表头')]);
    expect(await faultsOf(Buffer.from('事项名称,部门,实施主体'))).toEqual(['1 -: 表头有两列都是“部门”']);
    expect(await faultsOf(Buffer.from('事项名称\n"甲\n'))).toEqual([expect.stringContaining('引号不成对')]);
  });

  it('is refused beyond 20 MB and 100,000 rows, as soon as that is seen', async () => {
    const large = Buffer.concat([Buffer.from('事项名称\n'), Buffer.alloc(bounds.bytes, 0x20)]);
    expect(await faultsOf(large)).toEqual(['- -: 文件超过 20 MB，请拆分后分别导入']);
    const lines = ['事项名称', ...Array.from({ length: bounds.rows + 1 }, (_, i) => `事项${i}`)];
    expect(outcome(await importLines(dataSource, lines, { dryRun: true }))).toMatchObject({
      faults: [`${bounds.rows + 2} -: 超过 100000 行，请拆分后分别导入`],
    });
  });

  it('writes and reads names of windows that look like formulas', async () => {
    const [row] = await dataSource.query<{ openingHours: unknown }[]>(
      "SELECT code, name, domain_code AS domainCode, hall, counter, opening_hours AS openingHours, phone FROM service_window WHERE code = 'D18-01'",
    );
    const openingHours =
      typeof row!.openingHours === 'string' ? JSON.parse(row!.openingHours) : row!.openingHours;
    await commitRevision(dataSource, origin, (open) =>
      writeRecords(open, 'window', [
        { record: { ...row!, name: '@综合窗口', openingHours, retired: false } as never, version: 1 },
      ]),
    );
    const { revision } = await readHead(dataSource);
    const bytes = await exportBytes(dataSource, 'csv', { domains: ['D18'] });
    expect(bytes.toString()).toContain(",'@综合窗口,");
    expect(outcome(await importBytes(dataSource, bytes))).toMatchObject({ unchanged: 30, revision: null });
    expect((await readHead(dataSource)).revision).toBe(revision);
  });
});
