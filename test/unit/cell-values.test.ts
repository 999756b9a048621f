import fc from 'fast-check';
import {
  guardText,
  plainText,
  readCode,
  readCount,
  readFlag,
  readParts,
  readProse,
} from '../../src/exchange/cell-values';
import { decodeText } from '../../src/exchange/csv.reader';
import { columnLetters, parseReference, type Cell } from '../../src/exchange/sheet';
import { decodeEscapes, encodeEscapes, isoDate } from '../../src/exchange/xlsx.sheet-parts';

const text = (value: string): Cell => ({ type: 'text', text: value });
const number = (value: string): Cell => ({ type: 'number', text: value });

describe('a cell', () => {
  it.each(['是', ' 是 ', '✓', '√', '1', '１', 'Y', 'ｙ', 'true', '有'])('says yes by "%s"', (value) =>
    expect(readFlag(text(value))).toBe(true),
  );
  it.each(['否', '', '0', '０', '×', 'N', '无', '-', '—', '－'])('says no by "%s"', (value) =>
    expect(readFlag(text(value))).toBe(false),
  );
  it('says yes and no by numbers and nothing', () => {
    expect([readFlag(number('1')), readFlag(number('1.0')), readFlag(number('0'))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(readFlag(undefined)).toBe(false);
    expect(() => readFlag(text('也许'))).toThrow(/不是“是”或“否”/);
  });

  it.each([
    ['5', 5],
    ['５', 5],
    ['1.0', 1],
    ['5个工作日', 5],
    ['３ 日', 3],
    ['2次', 2],
    ['1E1', 10],
    ['无', null],
    ['', null],
  ])('counts "%s" as %s', (value, count) => expect(readCount(text(value), 100, { 无: null })).toBe(count));
  it.each(['1.5', '-1', '101', '五', '1-3', '5个月'])('refuses "%s" as a count', (value) =>
    expect(() => readCount(text(value), 100, {})).toThrow(/不是 0 到 100 的整数/),
  );
  it('refuses a date as a count', () => {
    expect(() => readCount({ type: 'date', text: '2024-01-05' }, 100, {})).toThrow(/是日期/);
  });

  it('has a code in half-width capitals, and tells one that became a number or a date', () => {
    expect(readCode(text('　１1350524mb1a20010ｗ '))).toBe('11350524MB1A20010W');
    for (const lost of [number('1.1350524E+30'), number('12'), text('1.13505E+30'), text('１．１Ｅ＋３０')]) {
      expect(() => readCode(lost)).toThrow(/编码被存成了数字/);
    }
    expect(() => readCode({ type: 'date', text: '2024-01-05' })).toThrow(/编码被存成了日期/);
  });

  it('keeps the characters of prose, and tells what is too long or is an error of the sheet', () => {
    expect(readProse(text(' Ｗｉ－Ｆｉ（免费）开通 '), 200)).toBe('Ｗｉ－Ｆｉ（免费）开通');
    expect(() => readProse(text('𠮷'.repeat(11)), 10)).toThrow('有 11 个字，最多 10 个');
    expect(() => readProse({ type: 'fault', text: '#REF!' }, 10)).toThrow(/#REF!/);
  });

  it('has several texts, whatever separates them', () => {
    expect(readParts(text('甲、乙，丙,丁;戊；己\n庚\r\n辛、'))).toEqual([...'甲乙丙丁戊己庚辛']);
    expect(readParts(undefined)).toEqual([]);
  });

  it.each(['=1+1', '+86', '-5', '@SUM', '\tx', '\rx', "'x", '＝1', '－', '免费'])(
    'is guarded if it is "%s", and reads back as that',
    (value) => {
      const guarded = guardText(value, ['免费']);
      expect(guarded).toBe(`'${value}`);
      expect(plainText(text(guarded))).toBe(value);
    },
  );
  it('reads back as any text that was written', () => {
    const trimmed = fc.string({ unit: 'binary' }).filter((value) => value.trim() === value);
    fc.assert(
      fc.property(trimmed, (value) => {
        expect(plainText(text(guardText(value)))).toBe(value);
        expect(decodeEscapes(encodeEscapes(value))).toBe(value);
      }),
    );
  });
});

describe('a sheet', () => {
  it('has columns A to XFD', () => {
    expect([0, 25, 26, 701, 702, 16383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
    fc.assert(
      fc.property(fc.nat(16383), (column) => {
        expect(parseReference(`${columnLetters(column)}12`)).toEqual({ column, row: 12 });
      }),
    );
    expect(parseReference('12')).toBeNull();
  });

  it('counts days as Excel does, from 1900 or from 1904', () => {
    expect(isoDate(1, false)).toBe('1900-01-01');
    expect(isoDate(61, false)).toBe('1900-03-01');
    expect(isoDate(45_292, false)).toBe('2024-01-01');
    expect(isoDate(45_292.5, false)).toBe('2024-01-01 12:00:00');
    expect(isoDate(0, true)).toBe('1904-01-01');
  });
});

describe('the text of a file', () => {
  it('is UTF-8 with or without BOM, UTF-16 with one, or GB18030', () => {
    const word = '马上办𠮷';
    expect(decodeText(Buffer.from(`\ufeff${word}`))).toBe(word);
    expect(decodeText(Buffer.from(word))).toBe(word);
    expect(decodeText(Buffer.from(`\ufeff${word}`, 'utf16le'))).toBe(word);
    expect(decodeText(Buffer.from('c2edc9cfb0ec95 32 eb31'.replaceAll(' ', ''), 'hex')).slice(0, 3)).toBe(
      '马上办',
    );
    expect(() => decodeText(Buffer.from('ffff80', 'hex'))).toThrow(/既不是 UTF-8 也不是 GB18030/);
  });
});
