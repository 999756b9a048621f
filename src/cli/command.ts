import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { DataSource } from 'typeorm';
import { OperatorError } from '../lib/errors';

/** One command of `npm run cli`. */
export interface Command {
  /** What it does, in one line for the usage text. */
  readonly summary: string;
  /** The options that it knows, e.g. `--if-empty`. */
  readonly options?: readonly string[];
  /** What it takes, e.g. `FILE [--dry-run]`, if it reads its arguments itself by {@link parseArguments}. */
  readonly usage?: string;
  /** Runs it; false means that it found something wrong, which it has told, and the exit code is 1. */
  readonly run: (context: CommandContext) => Promise<boolean>;
}

export interface CommandContext {
  /** The options given, all of them known; empty for a command with a usage of its own. */
  readonly given: ReadonlySet<string>;
  /** All that stands behind the command's name. */
  readonly args: readonly string[];
  /** Opens the database; it is closed when the command has run. */
  readonly openDatabase: () => Promise<DataSource>;
  /** Prints one line for whoever runs the command. */
  readonly print: (line: string) => void;
}

/** Reads arguments by node:util's parseArgs; a mistake in them is the operator's, told with the usage. */
export function parseArguments<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new OperatorError(`${(error as Error).message}\nUsage: npm run cli -- ${usage}`);
  }
}
