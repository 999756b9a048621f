/** What was exported imports without a change. */
import { draftOf } from '../../src/catalog/item-state';
import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { parse } from 'csv-parse/sync';
import type { DataSource } from 'typeorm';
import { audiences, handlingModes, itemKinds, itemStatuses } from '../../src/catalog/item-enums';
import { readItemStates } from '../../src/catalog/item.store';
import { writeRecords } from '../../src/classification/directory.service';
import { writeItems } from '../../src/classification/item.service';
import { sheetFormats } from '../../src/exchange/sheet';
import { readHead } from '../../src/revisions/history';
import { commitRevision } from '../../src/revisions/log';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { editItem, origin } from '../support/edit';
import { exportBytes, importBytes, outcome } from '../support/sheets';

describe('an export', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let codes: string[];
  beforeAll(async () => {
    database = await createTestDatabase('seeds');
    ({ dataSource } = database);
    codes = [...(await readItemStates(dataSource.manager, 'all')).keys()].sort();
  });
  afterAll(() => database.drop());

  const unchanged = (count: number) => ({
    created: 0,
    changed: 0,
    unchanged: count,
    revision: null,
    faults: [],
  });

  it.each(sheetFormats)('as %s imports without a change', async (format) => {
    const head = await readHead(dataSource);
    const report = await importBytes(dataSource, await exportBytes(dataSource, format));
    expect(outcome(report)).toEqual(unchanged(1454));
    expect(await readHead(dataSource)).toEqual(head);
  });

  it('as CSV begins with a BOM, ends lines as Excel does, and imports from GB18030 too', async () => {
    const bytes = await exportBytes(dataSource, 'csv');
    const text = bytes.toString();
    expect(text.slice(0, 5)).toBe('\ufeff事项编码');
    expect(text.match(/\r\n/g)).toHaveLength(1455);
    const gb18030 = encode(text.slice(1), 'gb18030');
    expect(gb18030.length).toBeLessThan(bytes.length);
    expect(outcome(await importBytes(dataSource, gb18030))).toEqual(unchanged(1454));
  });

  it('of one domain has its items only', async () => {
    const bytes = await exportBytes(dataSource, 'csv', { domains: ['D18'] });
    const rows: string[][] = parse(bytes, { bom: true });
    expect(rows).toHaveLength(31);
    const report = await importBytes(dataSource, bytes, { domains: ['D18'] });
    expect(outcome(report)).toEqual(unchanged(30));
    await expect(exportBytes(dataSource, 'csv', { domains: ['D99'] })).rejects.toThrow(/“D99”/);
  });

  it('shows what is not published to staff only', async () => {
    await editItem(dataSource, codes[3]!, { status: 'SUSPENDED' });
    const lines = async (caller: Parameters<typeof exportBytes>[2]) =>
      (await exportBytes(dataSource, 'csv', caller)).toString().split('\r\n').length;
    expect((await lines({})) - (await lines({ caller: null }))).toBe(1);
  });

  it('neutralises what a spreadsheet might run, and takes it back', async () => {
    const texts = { name: '=HYPERLINK("http://evil","点我")', summary: '+1\r\n"第二行"', fee: '-免费' };
    await editItem(dataSource, codes[5]!, texts);
    const [header, ...rows]: string[][] = parse(await exportBytes(dataSource, 'csv'), { bom: true });
    const row = rows.find(([code]) => code === codes[5])!;
    const cell = (title: string) => row[header!.indexOf(title)];
    expect([cell('事项名称'), cell('说明'), cell('收费')]).toEqual([
      `'${texts.name}`,
      `'${texts.summary}`,
      `'${texts.fee}`,
    ]);
    expect(rows.flat().filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
    for (const format of sheetFormats) {
      const report = await importBytes(dataSource, await exportBytes(dataSource, format));
      expect(outcome(report)).toEqual(unchanged(1454));
    }
  });

  it('imports without a change whatever the items are', async () => {
    // Names that would be told apart badly: they lead to the code instead.
    await commitRevision(dataSource, origin, async (open) => {
      const place = { latitude: 25, longitude: 118, openingHours: [], phone: null, township: '凤城镇' };
      const outlets = [
        { code: 'X1', name: '甲、乙站', level: 'VILLAGE', ...place },
        { code: 'X2', name: 'X1', level: 'VILLAGE', ...place },
        { code: 'X3', name: '=站', level: 'VILLAGE', ...place },
      ] as const;
      await writeRecords(
        open,
        'outlet',
        outlets.map((record) => ({ record: { ...record, openingHours: [], retired: false }, version: null })),
      );
    });
    const prose = (longest: number) =>
      fc
        .oneof(
          fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
          fc.constantFrom(
            '免费',
            "'免费",
            '_x000D_',
            'a\rb',
            'a\r\nb',
            '\u0000',
            '001',
            '1E5',
            'TRUE',
            '2024-01-01',
          ),
        )
        // The database keeps what UTF-8 can say.
        .map((text) => Buffer.from(text).toString().trim())
        .filter((text) => text !== '' && [...text].length <= longest);
    const item = fc.record({
      name: prose(150),
      summary: prose(500),
      fee: fc.option(prose(200)),
      kind: fc.constantFrom(...itemKinds),
      status: fc.constantFrom(...itemStatuses),
      audiences: fc.subarray([...audiences], { minLength: 1 }),
      modes: fc.subarray([...handlingModes]),
      legalWorkingDays: fc.option(fc.integer({ min: 1, max: 1_000 })),
      onSiteVisits: fc.constant(1),
      promisedWorkingDays: fc.nat(1),
      onlineUrl: fc.constant('https://a.example/?q=1&b=<">'),
      outlets: fc.subarray(['X1', 'X2', 'X3', 'T01'], { minLength: 1 }),
      kiosks: fc.subarray(['K01', 'K02', 'K03'], { minLength: 1 }),
    });
    let round = 0;
    const property = fc.asyncProperty(fc.array(item, { minLength: 10, maxLength: 30 }), async (items) => {
      round++;
      const states = await readItemStates(dataSource.manager, codes.slice(100, 100 + items.length));
      const writes = [...states.values()].map((state, i) => ({
        version: state.version,
        draft: { ...draftOf(state), ...items[i], name: `${items[i]!.name}${round}-${i}` },
      }));
      await commitRevision(dataSource, origin, (open) => writeItems(open, writes));
      for (const format of sheetFormats) {
        const report = await importBytes(dataSource, await exportBytes(dataSource, format));
        expect(outcome(report)).toEqual(unchanged(1454));
      }
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });
});
