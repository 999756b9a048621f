import { readHolidays } from '../../seeds/holidays';
import { warningFor } from '../../src/classification/warning';
import { isWorkingDay, workingDaysBetween } from '../../src/classification/working-days';

const calendar = readHolidays();
const inShanghai = (text: string) => new Date(`${text}:00+08:00`);

describe('working days', () => {
  it('are Monday to Friday, without holidays, with the weekend days worked instead', () => {
    expect(isWorkingDay('2026-03-06', calendar)).toBe(true);
    expect(isWorkingDay('2026-03-07', calendar)).toBe(false);
    expect(isWorkingDay('2026-10-01', calendar)).toBe(false);
    expect(isWorkingDay('2026-10-10', calendar)).toBe(true);
    expect(isWorkingDay('2026-02-16', calendar)).toBe(false);
  });

  it('lie between two moments by the calendar of Shanghai', () => {
    const between = (from: string, to: string) =>
      workingDaysBetween(inShanghai(from), inShanghai(to), calendar);
    expect(between('2026-03-06T09:00', '2026-03-06T17:00')).toBe(0);
    expect(between('2026-03-06T09:00', '2026-03-09T00:00')).toBe(1);
    // A Friday evening in UTC is Saturday morning in Shanghai.
    expect(between('2026-03-07T01:00', '2026-03-09T09:00')).toBe(1);
    // Over National Day: 8 and 9 October, and Saturday the 10th, which is worked.
    expect(between('2026-09-30T09:00', '2026-10-11T09:00')).toBe(3);
  });

  it('make a waiting proposal warn in three colours', () => {
    const warning = (to: string) =>
      warningFor(inShanghai('2026-03-02T10:00'), inShanghai(to), [3, 5, 10], calendar);
    expect(warning('2026-03-04T23:59')).toBeNull();
    expect(warning('2026-03-05T00:01')).toBe('BLUE');
    expect(warning('2026-03-08T12:00')).toBe('BLUE');
    expect(warning('2026-03-09T08:00')).toBe('YELLOW');
    expect(warning('2026-03-16T08:00')).toBe('RED');
  });
});
