/** Calendar dates of the county: a day begins at midnight in Asia/Shanghai, which has had no summer time since 1991. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const shanghaiOffset = 8 * 3_600_000;

/** The calendar date (YYYY-MM-DD) in Asia/Shanghai at a moment. */
export function dateInShanghai(moment: Date): string {
  return new Date(moment.getTime() + shanghaiOffset).toISOString().slice(0, 10);
}

/** The date a number of days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a text is a date of the calendar, YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The scalar `Date`. */
export const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar date, ISO 8601, in Asia/Shanghai, e.g. 2024-01-31.',
  serialize: (value) => value as string,
  parseValue,
  parseLiteral: (node) => parseValue(node.kind === Kind.STRING ? node.value : undefined),
});

function parseValue(value: unknown): string {
  if (typeof value === 'string' && isCalendarDate(value)) return value;
  throw new GraphQLError(`Date wants a calendar date such as "2024-01-31", not ${JSON.stringify(value)}`);
}
