import { decodeNodeId, encodeNodeId } from '../../src/catalog/node';
import { parseOpeningHours } from '../../src/catalog/opening-hours';
import { dateTimeScalar } from '../../src/lib/date-time';
import { nameKey } from '../../src/search/pinyin';

describe('opening hours', () => {
  it('are read from their short form', () => {
    const hours = parseOpeningHours('1-2 08:00-12:00 14:30-17:30; 6 09:00-12:00');
    expect(hours.map(({ weekday, opens, closes }) => `${weekday} ${opens} ${closes}`)).toEqual([
      '1 08:00 12:00',
      '1 14:30 17:30',
      '2 08:00 12:00',
      '2 14:30 17:30',
      '6 09:00 12:00',
    ]);
    expect(parseOpeningHours('1-7 00:00-24:00')).toHaveLength(7);
  });

  it.each(['', '8 08:00-12:00', '5-1 08:00-12:00', '1 12:00-08:00', '1', '1 8:00-12:00', '1 08:00-25:00'])(
    '"%s" are none',
    (text) => expect(() => parseOpeningHours(text)).toThrow(/is no opening hours such as/),
  );
});

describe('DateTime', () => {
  it('is written in UTC with milliseconds', () => {
    expect(dateTimeScalar.serialize(new Date(Date.UTC(2024, 0, 31, 8, 30)))).toBe('2024-01-31T08:30:00.000Z');
  });

  it('is read with any offset, and only with one', () => {
    expect(dateTimeScalar.parseValue('2024-01-31T16:30:00+08:00')).toEqual(new Date('2024-01-31T08:30:00Z'));
    for (const bad of ['2024-01-31', '2024-01-31T08:30:00', '2024-13-31T08:30:00Z', 'now', 7, null]) {
      expect(() => dateTimeScalar.parseValue(bad)).toThrow(/DateTime wants a moment/);
    }
  });
});

describe('node ids', () => {
  it('are read as they were written, and in no other form', () => {
    const id = encodeNodeId('ServiceItem', '11350524A:1');
    expect(decodeNodeId(id)).toEqual({ type: 'ServiceItem', code: '11350524A:1' });
    for (const bad of [`${id}=`, ` ${id}`, '', 'x', Buffer.from('nothing').toString('base64url')]) {
      expect(decodeNodeId(bad)).toBeNull();
    }
  });
});

describe('pinyin order', () => {
  const sorted = (names: string[]) => [...names].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1));

  it('goes by syllable, then tone, then character', () => {
    const names = ['安全', '八字', '立户', '零售', '力学', '里程', '工伤', '公证', '公司', '共有'];
    expect(sorted(names)).toEqual([
      '安全',
      '八字',
      '公司',
      '公证',
      '工伤',
      '共有',
      '里程',
      '力学',
      '立户',
      '零售',
    ]);
  });

  it('reads a character as in its word (多音字)', () => {
    expect(sorted(['重新登记', '重要变更', '成立登记'])).toEqual(['成立登记', '重新登记', '重要变更']);
    expect(sorted(['银行开户', '银杏保护'])).toEqual(['银行开户', '银杏保护']);
    expect(nameKey('行业')).toContain('hang2');
    expect(nameKey('行程')).toContain('xing2');
    expect(nameKey('长期护理')).toContain('chang2');
    expect(nameKey('校长任职')).toContain('zhang3');
  });

  it('puts what is not Chinese first', () => {
    expect(sorted(['阿里', 'Wi-Fi 开通', '12345 热线'])).toEqual(['12345 热线', 'Wi-Fi 开通', '阿里']);
  });
});
