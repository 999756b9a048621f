import type { DataSource } from 'typeorm';

/** One command of `npm run cli`. */
export interface Command {
  /** What it does, in one line for the usage text. */
  readonly summary: string;
  /** The options that it knows, e.g. `--if-empty`. */
  readonly options?: readonly string[];
  /** The options with a value that it knows, e.g. `--name`; each may be given several times. */
  readonly valueOptions?: readonly string[];
  /** What the words after its name stand for, e.g. `ID`; one in brackets may be left out. */
  readonly words?: readonly string[];
  /** Runs it; false means that it found something wrong, which it has told, and the exit code is 1. */
  readonly run: (context: CommandContext) => Promise<boolean>;
}

export interface CommandContext {
  /** The options given, all of them known. */
  readonly given: ReadonlySet<string>;
  /** The values of an option, in the order given. */
  readonly valuesOf: (option: string) => readonly string[];
  /** The words after the command's name, as many as it wants. */
  readonly words: readonly string[];
  /** Opens the database; it is closed when the command has run. */
  readonly openDatabase: () => Promise<DataSource>;
  /** Prints one line of what was asked for, on standard output. */
  readonly print: (line: string) => void;
  /** Prints one line beside that, on standard error, so that a script gets nothing but what it asked for. */
  readonly remark: (line: string) => void;
}
