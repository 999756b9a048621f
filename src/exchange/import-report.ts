/** What an import found and did, by row and column; also as lines of Chinese text for clerks. */
import { columnLetters } from './sheet';

/** Something that is wrong; with any, nothing was written. */
export interface ImportFault {
  /** As the spreadsheet shows it, from 1; null for the file as a whole. */
  readonly row: number | null;
  /** Letters of the column; null where the fault is of no one column, or the file lacks the column. */
  readonly column: string | null;
  /** The header of the column that is to be changed. */
  readonly header: string | null;
  /** What the cell says, clipped. */
  readonly value: string | null;
  /** What is wrong, in Chinese. */
  readonly message: string;
}

/** An item that is new or changed. */
export interface ImportedItem {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  /** Headers of what changed; of a new item, of what got a default. */
  readonly columns: readonly string[];
}

/** How many faults, new items and changed items a report lists; it counts all of them. */
export const longestListing = 1_000;

/** A list that counts all and keeps the first. */
export class Listing<T> {
  private readonly kept: T[] = [];
  private counted = 0;

  /** How many there are. */
  get count(): number {
    return this.counted;
  }

  /** The first of them. */
  get first(): readonly T[] {
    return this.kept;
  }

  add(entry: T): void {
    this.counted++;
    if (this.kept.length < longestListing) this.kept.push(entry);
  }

  /** Another list that begins like this one. */
  copy(): Listing<T> {
    const copy = new Listing<T>();
    copy.kept.push(...this.kept);
    copy.counted = this.counted;
    return copy;
  }
}

/** The outcome of an import. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** The revision that was written; null if nothing was. */
  readonly revision: number | null;
  /** Rows with anything in them, below the header. */
  readonly rows: number;
  readonly created: Listing<ImportedItem>;
  readonly changed: Listing<ImportedItem>;
  readonly unchanged: number;
  readonly faults: Listing<ImportFault>;
  /** Headers that no column of the catalog has; their cells were not read. */
  readonly ignoredHeaders: readonly string[];
}

/** The first entries of a listing and how many there are, as plain values. */
interface ListingRecord<T> {
  readonly count: number;
  readonly first: readonly T[];
}

/** A report as plain values. */
export type ReportRecord = Omit<ImportReport, 'created' | 'changed' | 'faults'> & {
  readonly created: ListingRecord<ImportedItem>;
  readonly changed: ListingRecord<ImportedItem>;
  readonly faults: ListingRecord<ImportFault>;
};

/** The report as plain values, for JSON; what it lists is in the order of the rows. */
export function reportRecord(report: ImportReport): ReportRecord {
  const record = <T extends { readonly row: number | null }>({ count, first }: Listing<T>) => ({
    count,
    first: inOrder(first),
  });
  const { created, changed, faults, ...rest } = report;
  return { ...rest, created: record(created), changed: record(changed), faults: record(faults) };
}

function inOrder<T extends { readonly row: number | null }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
}

/** A fault at a column (from 0), or at none. */
export function faultAt(
  row: number | null,
  column: number | null,
  header: string | null,
  message: string,
  value: string | null = null,
): ImportFault {
  return { row, column: column === null ? null : columnLetters(column), header, value, message };
}

/** The report as lines; at most `most` entries of each kind are listed. */
export function* reportLines(report: ImportReport, most = 100): Generator<string> {
  const { created, changed, faults, ignoredHeaders } = report;
  if (ignoredHeaders.length > 0) yield `未识别、已忽略的列：${ignoredHeaders.join('、')}`;
  yield* listing('错误', faults, most, describeFault);
  yield* listing('新增', created, most, describeItem('采用默认值'));
  yield* listing('变更', changed, most, describeItem('变更'));
  const figures = [
    `共 ${report.rows} 行`,
    `新增 ${created.count}`,
    `变更 ${changed.count}`,
    `未变 ${report.unchanged}`,
    `错误 ${faults.count}`,
  ];
  yield `${figures.join('，')}。${outcome(report)}`;
}

function outcome({ faults, dryRun, revision }: ImportReport): string {
  if (faults.count > 0) return '有错误，什么都没有写入。';
  if (dryRun) return '这是试运行，什么都没有写入。';
  return revision === null ? '没有变化，未产生新修订。' : `已写入，修订号 ${revision}。`;
}

function* listing<T extends { readonly row: number | null }>(
  title: string,
  all: Listing<T>,
  most: number,
  describe: (entry: T) => string,
): Generator<string> {
  if (all.count === 0) return;
  yield `${title}（${all.count}）：`;
  for (const entry of inOrder(all.first).slice(0, most)) yield `  ${describe(entry)}`;
  const more = all.count - Math.min(most, all.first.length);
  if (more > 0) yield `  …… 另有 ${more} 项`;
}

function describeFault({ row, column, header, value, message }: ImportFault): string {
  const place = [
    row === null ? '文件' : `第 ${row} 行`,
    column === null ? '' : ` ${column} 列`,
    header === null ? '' : `（${header}）`,
  ];
  return `${place.join('')}：${value ? `“${value}” ` : ''}${message}`;
}

function describeItem(of: string): (item: ImportedItem) => string {
  return ({ row, code, name, columns }) => {
    const list = columns.length === 0 ? '' : `（${of}：${columns.join('、')}）`;
    return `第 ${row} 行 ${code} ${name}${list}`;
  };
}
