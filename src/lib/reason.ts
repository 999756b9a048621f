/** The reason of a change, for the log: what everybody who asks for one agrees on. */
export const reasonBounds = { fewest: 4, most: 500 } as const;

/** The number of characters of a reason that is too short or too long, white space around it apart; null if it is well. */
export function unfitLength(reason: string): number | null {
  const { length } = [...reason.trim()];
  return length < reasonBounds.fewest || length > reasonBounds.most ? length : null;
}
