/** Mistakes of the caller in a write: data of the answer, in Chinese for clerks, with their paths in the input. */
import { unfitLength } from '../lib/reason';
import type { UserError, UserErrorCode } from '../lib/user-error';

/** What became of a write. */
export interface WriteResult {
  /** The new revision; null if nothing was changed. */
  readonly revision: number | null;
  /** Every mistake; with any, nothing was changed. */
  readonly mistakes: readonly UserError[];
}

/** A mistake of the caller. */
export function mistake(
  code: UserErrorCode,
  message: string,
  path: readonly string[],
  rule: string | null = null,
): UserError {
  return { code, message, path: [...path], rule };
}

/** A mistake if a reason is too short or too long. */
export function reasonMistakes(reason: string, path: readonly string[]): UserError[] {
  const unfit = unfitLength(reason);
  return unfit === null ? [] : [mistake('INVALID', `理由须为4至500个字，现为${unfit}个`, path)];
}

/** Mistakes that end a transaction; nothing was changed. */
export class MistakesError extends Error {
  constructor(readonly mistakes: readonly UserError[]) {
    super(mistakes.map(({ message }) => message).join('；'));
  }
}
