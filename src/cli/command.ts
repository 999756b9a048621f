import type { DataSource } from 'typeorm';

/** One command of `npm run cli`. */
export interface Command {
  /** What it does, in one line for the usage text. */
  readonly summary: string;
  /** The options that it knows, e.g. `--if-empty`. */
  readonly options?: readonly string[];
  /** Runs it; false means that it found something wrong, which it has told, and the exit code is 1. */
  readonly run: (context: CommandContext) => Promise<boolean>;
}

export interface CommandContext {
  /** The options given, all of them known. */
  readonly given: ReadonlySet<string>;
  /** Opens the database; it is closed when the command has run. */
  readonly openDatabase: () => Promise<DataSource>;
  /** Prints one line for whoever runs the command. */
  readonly print: (line: string) => void;
}
