/**
 * The errors that a caller may see, each with its stable `extensions.code`. Everything else that is thrown is
 * unexpected: the server masks it with an id that the log has.
 */
import { GraphQLError } from 'graphql';

/** The stable codes of errors that this code throws; Apollo Server adds its own for syntax and validation. */
export const errorCodes = {
  badUserInput: 'BAD_USER_INPUT',
  forbidden: 'FORBIDDEN',
  operationTooComplex: 'OPERATION_TOO_COMPLEX',
  unauthenticated: 'UNAUTHENTICATED',
} as const;

/**
 * The request is the caller's mistake.
 * @param message what is wrong, in one sentence that names the offending value
 * @param argument the path of the argument within the field's arguments, e.g. `['filter', 'domain', '0']`
 */
export function badUserInput(message: string, argument: readonly string[]): GraphQLError {
  return new GraphQLError(message, { extensions: { code: errorCodes.badUserInput, argument } });
}

/** The caller may not do this; `argument` as in {@link badUserInput}. */
export function forbidden(message: string, argument: readonly string[]): GraphQLError {
  return new GraphQLError(message, { extensions: { code: errorCodes.forbidden, argument } });
}

/** The request says who it is of, but does not show it: HTTP 401. */
export function unauthenticated(message: string): GraphQLError {
  const http = { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) };
  return new GraphQLError(message, { extensions: { code: errorCodes.unauthenticated, http } });
}

/** A mistake of whoever runs the program (configuration, files, machine): shown without a stack, exit code 1. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** States what the code relies on; a failure is a bug of ours, never of a caller. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant violated: ${message}`);
}
