/** When a place is open, as a value object that is stored as JSON. */
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: '办公时间: one span of time in which a place is open every week.' })
export class OpeningHours {
  @Field(() => Int, { description: 'ISO weekday, 1 = Monday … 7 = Sunday.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM, Asia/Shanghai.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, Asia/Shanghai; later than `opens`.' })
  closes!: string;
}

const clause = /^([1-7])(?:-([1-7]))?((?: \d\d:\d\d-\d\d:\d\d)+)$/;

/**
 * Reads the short form of the data files: `1-5 08:00-12:00 14:30-17:30; 6 09:00-12:00` (weekdays, then spans).
 * Throws an Error that names the clause that cannot be read.
 */
export function parseOpeningHours(text: string): OpeningHours[] {
  return text.split('; ').flatMap((part) => {
    const [, first, last = first, spans = ''] = clause.exec(part) ?? [];
    const weekdays = Array.from({ length: 7 }, (_, i) => i + 1).filter(
      (d) => d >= Number(first) && d <= Number(last),
    );
    const hours = spans
      .trim()
      .split(' ')
      .map((span) => span.split('-') as [string, string]);
    if (weekdays.length === 0 || hours.some(([opens, closes]) => !(opens < closes && closes <= '24:00'))) {
      throw new Error(`"${part}" is no opening hours such as "1-5 08:00-12:00 14:30-17:30"`);
    }
    return weekdays.flatMap((weekday) => hours.map(([opens, closes]) => ({ weekday, opens, closes })));
  });
}
