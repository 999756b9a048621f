import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** RFC 3339 with a time zone; fractions of a second are read to the millisecond. */
const shape = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** The scalar `DateTime`: a moment, RFC 3339, answered in UTC with milliseconds. */
export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time, RFC 3339, in UTC with milliseconds, e.g. 2024-01-31T08:30:00.000Z.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => (value as Date).toISOString(),
  parseValue,
  parseLiteral: (node) => parseValue(node.kind === Kind.STRING ? node.value : undefined),
});

function parseValue(value: unknown): Date {
  const moment = typeof value === 'string' && shape.test(value) ? new Date(value) : new Date(NaN);
  if (Number.isNaN(moment.getTime())) {
    throw new GraphQLError(
      `DateTime wants a moment such as "2024-01-31T08:30:00Z", not ${JSON.stringify(value)}`,
    );
  }
  return moment;
}
