/**
 * What all spreadsheet formats have in common: rows of cells, and the bounds of a file. Bounds are kept while a file
 * is read, not afterwards, so that no file costs more than they allow.
 */
import type { Readable } from 'node:stream';

/** The formats that can be read and written. */
export const sheetFormats = ['xlsx', 'csv'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** What a cell holds, as the file says; CSV knows only text. */
export type CellType = 'text' | 'number' | 'date' | 'boolean' | 'fault';

/** One cell. */
export interface Cell {
  readonly type: CellType;
  /** A number as written in the file; a date as ISO 8601; of a fault, the spreadsheet's word for it. */
  readonly text: string;
}

/** One row that has any cell of its own. */
export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  readonly number: number;
  /** By column, from 0; undefined where there is nothing. */
  readonly cells: readonly (Cell | undefined)[];
}

/** The bounds of a file that is read. */
export const bounds = {
  /** Bytes of the file. */
  bytes: 20 * 1024 * 1024,
  /** Rows below the header. */
  rows: 100_000,
  columns: 200,
  /** Characters of a cell; Excel's own bound. */
  cell: 32_767,
  /** Bytes of all parts of a workbook that are read, unpacked. */
  unpacked: 400 * 1024 * 1024,
  /** Characters of all shared texts of a workbook. */
  sharedText: 50_000_000,
  /** Parts of a workbook, and merges of a sheet. */
  parts: 2_000,
  merges: 100_000,
} as const;

/** The file as a whole cannot be read; the message is for clerks, in Chinese. */
export class FileFaultError extends Error {
  constructor(
    message: string,
    /** The row where reading ended, if it got so far. */
    readonly row: number | null = null,
  ) {
    super(message);
  }
}

/** All bytes of a stream; gives up as soon as there are more than the bound. */
export async function readFileBytes(input: Readable, most: number = bounds.bytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) {
      throw new FileFaultError(`文件超过 ${Math.floor(most / 1024 / 1024)} MB，请拆分后分别导入`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The letters of a column, from 0: A, B, … Z, AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (column % 26));
}

/** Column (from 0) and row (from 1) of a reference such as AB12; null if it is none. */
export function parseReference(reference: string): { column: number; row: number } | null {
  const match = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference);
  if (!match?.[1] || !match[2]) return null;
  let column = 0;
  for (const letter of match[1]) column = column * 26 + letter.charCodeAt(0) - 64;
  return { column: column - 1, row: Number(match[2]) };
}
