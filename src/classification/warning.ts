/** 预警: a proposal that waits too long for its next review warns in three colours, as the county's platform does. */
import { registerEnumType } from 'type-graphql';
import { type HolidayCalendar, workingDaysBetween } from './working-days';

export const WarningLevelEnum = { BLUE: 'BLUE', YELLOW: 'YELLOW', RED: 'RED' } as const;
export type WarningLevel = keyof typeof WarningLevelEnum;

registerEnumType(WarningLevelEnum, {
  name: 'WarningLevel',
  description: 'How long something has waited; after how many working days each colour comes is configured.',
  valuesConfig: {
    BLUE: { description: '蓝色预警: after 3 working days, unless configured otherwise.' },
    YELLOW: { description: '黄色预警: after 5 working days, unless configured otherwise.' },
    RED: { description: '红色预警: after 10 working days, unless configured otherwise.' },
  },
});

/** After how many working days of waiting each colour comes: blue, yellow, red. */
export type WarningDays = readonly [number, number, number];

/** The warning for something that has waited since a moment; null if it has not waited long. */
export function warningFor(
  since: Date,
  now: Date,
  [blue, yellow, red]: WarningDays,
  calendar: HolidayCalendar,
): WarningLevel | null {
  const days = workingDaysBetween(since, now, calendar);
  if (days >= red) return 'RED';
  if (days >= yellow) return 'YELLOW';
  return days >= blue ? 'BLUE' : null;
}
