/** What can be wrong with a window, outlet, kiosk or life event taken by itself; whether codes exist is the database's to say. */
import type { DirectoryRecords, VersionedKind } from './directory.store';
import { coordinateFault } from './geo';
import type { OpeningHours } from './opening-hours';

/** What is wrong with a field; `field` is the path of the value at fault, e.g. openingHours.2.closes. */
export interface RecordFault {
  readonly field: string;
  readonly message: string;
}

/** The text fields of each kind, and how many characters each has at most. */
const texts: { readonly [K in VersionedKind]: { readonly [F in keyof DirectoryRecords[K]]?: number } } = {
  window: { name: 100, hall: 100, counter: 100, phone: 30 },
  outlet: { name: 100, township: 50, phone: 30 },
  kiosk: { name: 100, address: 200 },
  lifeEvent: { name: 100, summary: 500 },
};

const mostItems = 50;

/** Every fault of a record. */
export function recordFaults<K extends VersionedKind>(kind: K, record: DirectoryRecords[K]): RecordFault[] {
  const faults: RecordFault[] = [];
  const expect = (field: string, holds: boolean, message: string) => {
    if (!holds) faults.push({ field, message });
  };
  const parts = Object.entries(record) as [string, unknown][];
  const longest = texts[kind] as Readonly<Record<string, number>>;
  expect('code', /^[A-Z0-9-]{1,16}$/.test(record.code), '须为1至16个大写字母、数字或连字符');
  for (const [field, value] of parts) {
    const most = longest[field];
    if (most === undefined || typeof value !== 'string') continue;
    expect(field, value.trim() === value && value !== '', '不能为空，首尾不能有空格');
    expect(field, [...value].length <= most, `不得超过${most}个字`);
  }
  if ('latitude' in record) {
    for (const axis of ['latitude', 'longitude'] as const) {
      const fault = coordinateFault(axis, record[axis]);
      expect(axis, fault === null, `超出范围（${fault}）`);
    }
  }
  if ('openingHours' in record) faults.push(...hoursFaults(record.openingHours));
  if ('itemCodes' in record) {
    const { length } = record.itemCodes;
    expect('items', length >= 1 && length <= mostItems, `有${length}项，须为1至${mostItems}项`);
    record.itemCodes.forEach((code, i) => expect(`items.${i}`, record.itemCodes.indexOf(code) === i, '重复'));
  }
  return faults;
}

function hoursFaults(hours: readonly OpeningHours[]): RecordFault[] {
  return hours.flatMap(({ weekday, opens, closes }, i): RecordFault[] => {
    const time = /^([01]\d|2[0-3]):[0-5]\d$/;
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
      return [{ field: `openingHours.${i}.weekday`, message: `为${weekday}，须为1至7` }];
    if (!time.test(opens)) return [{ field: `openingHours.${i}.opens`, message: '须为时:分，00:00至23:59' }];
    if (closes !== '24:00' && !time.test(closes))
      return [{ field: `openingHours.${i}.closes`, message: '须为时:分，至24:00' }];
    return opens < closes ? [] : [{ field: `openingHours.${i}.closes`, message: `须晚于${opens}` }];
  });
}
