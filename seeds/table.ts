/** Reads the tab-separated tables of this folder; a fault is told with file, line and column. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../src/lib/errors';
import { projectRoot } from '../src/lib/project-root';

/** The folder of the data files. */
export const seedsFolder = join(projectRoot, 'seeds');

/** One line of a table. */
export class Line<C extends string> {
  constructor(
    private readonly place: string,
    private readonly cells: ReadonlyMap<C, string>,
  ) {}

  /** The text of a cell; an empty one is a fault. */
  text(column: C): string {
    const text = this.cells.get(column) ?? '';
    if (text === '') this.fault(column, 'is empty');
    return text;
  }

  /** The text of a cell, or null if it is empty. */
  optionalText(column: C): string | null {
    return this.cells.get(column) || null;
  }

  number(column: C): number {
    const text = this.text(column);
    if (!/^-?\d+(\.\d+)?$/.test(text)) this.fault(column, `is "${text}", wanted a number`);
    return Number(text);
  }

  optionalNumber(column: C): number | null {
    return this.optionalText(column) === null ? null : this.number(column);
  }

  /** One of the values of a closed list. */
  oneOf<T extends string>(column: C, values: readonly T[]): T {
    const text = this.text(column);
    const value = values.find((known) => known === text);
    return value ?? this.fault(column, `is "${text}", wanted one of ${values.join(', ')}`);
  }

  /** Texts with commas between them; none if the cell is empty. */
  list(column: C): string[] {
    return this.optionalText(column)?.split(',') ?? [];
  }

  /** What `read` makes of the cell's text; what it throws is told with the place. */
  parse<T>(column: C, read: (text: string) => T): T {
    try {
      return read(this.text(column));
    } catch (error) {
      if (error instanceof OperatorError) throw error;
      return this.fault(column, (error as Error).message);
    }
  }

  /** Ends the reading at this cell. */
  fault(column: C, message: string): never {
    throw new OperatorError(`${this.place}, column ${column}: ${message}`);
  }
}

/** The lines of a table, whose first line must name just these columns. */
export function readTable<C extends string>(file: string, columns: readonly C[]): Line<C>[] {
  const text = readFileSync(join(seedsFolder, file), 'utf8');
  const [head, ...lines] = text.replace(/\n$/, '').split('\n');
  if (head !== columns.join('\t')) {
    throw new OperatorError(`seeds/${file}, line 1: wanted the columns ${columns.join(', ')}`);
  }
  return lines.map((line, index) => {
    const place = `seeds/${file}, line ${index + 2}`;
    const cells = line.split('\t');
    if (cells.length !== columns.length) {
      throw new OperatorError(`${place}: has ${cells.length} columns, wanted ${columns.length}`);
    }
    return new Line(place, new Map(columns.map((column, i) => [column, cells[i] ?? ''])));
  });
}
