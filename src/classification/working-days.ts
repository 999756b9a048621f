/**
 * China's working days: Monday to Friday, without public holidays, and with the weekend days that are worked instead
 * (调休). The holidays are data, seeds/holidays.tsv, from the yearly notices of the State Council.
 */
import { addDays, dateInShanghai } from '../lib/calendar-date';

/** The days that differ from a plain week, by date. */
export interface HolidayCalendar {
  /** Weekdays on which nobody works. */
  readonly holidays: ReadonlySet<string>;
  /** Weekend days on which people work. */
  readonly workdays: ReadonlySet<string>;
}

/** Whether a date is a working day. */
export function isWorkingDay(date: string, { holidays, workdays }: HolidayCalendar): boolean {
  if (holidays.has(date)) return false;
  if (workdays.has(date)) return true;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

/** How many working days lie between two moments: the day of the first does not count, that of the second does. */
export function workingDaysBetween(from: Date, to: Date, calendar: HolidayCalendar): number {
  const last = dateInShanghai(to);
  let count = 0;
  for (let date = addDays(dateInShanghai(from), 1); date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) count++;
  }
  return count;
}
