/** The public holidays that working days are counted by. */
import type { HolidayCalendar } from '../src/classification/working-days';
import { isCalendarDate } from '../src/lib/calendar-date';
import { readTable } from './table';

/** Reads holidays.tsv; a new year's days are added there when the State Council has announced them. */
export function readHolidays(): HolidayCalendar {
  const days = readTable('holidays.tsv', ['date', 'kind', 'name']).map((line) => ({
    date: line.parse('date', (text) => {
      if (!isCalendarDate(text)) throw new Error(`is "${text}", wanted a date such as 2026-01-01`);
      return text;
    }),
    kind: line.oneOf('kind', ['HOLIDAY', 'WORKDAY']),
  }));
  const of = (kind: string) => new Set(days.filter((day) => day.kind === kind).map(({ date }) => date));
  return { holidays: of('HOLIDAY'), workdays: of('WORKDAY') };
}
