/**
 * Makes item rows of sheet rows: finds the header, knows its columns, and reads each cell. What cannot be read is
 * told with row and column; whether it fits the catalog is the plan's to say.
 */
import { CellFaultError, quoteCell } from './cell-values';
import { type ImportFault, faultAt, type Listing } from './import-report';
import { columnOfHeader, type ItemColumn, itemColumns, type ColumnKey, type RowValues } from './item.columns';
import type { Places } from './places';
import { bounds, type Cell, FileFaultError, type SheetRow } from './sheet';

/** One row that says something of one item. */
export interface ImportRow {
  readonly row: number;
  /** What its cells say; a key is absent where the file has no such column or the cell says nothing. */
  readonly values: RowValues;
}

/** The rows of a file, and what its header tells. */
export interface ImportSheet {
  readonly rows: readonly ImportRow[];
  /** Rows read, those with faults included. */
  readonly rowCount: number;
  /** Where each column stands, from 0. */
  readonly columns: ReadonlyMap<ColumnKey, number>;
  readonly ignoredHeaders: readonly string[];
}

/** A header is looked for in so many rows: titles and remarks may stand above it. */
const headerRows = 10;

interface Header {
  readonly columns: readonly (readonly [number, ItemColumn])[];
  readonly ignored: readonly string[];
  /** Where the names stand; a second line of a header repeats it by a merge. */
  readonly nameColumn: number;
  /** Columns that have no header. */
  readonly nameless: ReadonlySet<number>;
  readonly width: number;
}

/** Reads a file's rows to the end; adds what is wrong to `faults`. Throws a FileFaultError if it has no header. */
export async function readImportSheet(
  sheet: AsyncIterable<SheetRow>,
  places: Places,
  faults: Listing<ImportFault>,
): Promise<ImportSheet> {
  let header: Header | null = null;
  let seen = 0;
  let rowCount = 0;
  const rows: ImportRow[] = [];
  for await (const row of sheet) {
    seen++;
    if (header === null || (rowCount === 0 && repeatsHeader(header, row))) {
      header = readHeader(row);
      if (header === null && seen >= headerRows) break;
      continue;
    }
    rowCount++;
    if (rowCount > bounds.rows)
      throw new FileFaultError(`超过 ${bounds.rows} 行，请拆分后分别导入`, row.number);
    const values = readRow(header, row, places, faults);
    if (values) rows.push({ row: row.number, values });
  }
  if (header === null) throw new FileFaultError(`前 ${headerRows} 行中没有找到含“事项名称”的表头`);
  const columns = new Map(header.columns.map(([at, { key }]) => [key, at]));
  return { rows, rowCount, columns, ignoredHeaders: header.ignored };
}

function repeatsHeader({ nameColumn }: Header, row: SheetRow): boolean {
  return columnOfHeader(row.cells[nameColumn])?.key === 'name';
}

/** The header in a row; null if the row is none. */
function readHeader({ number, cells }: SheetRow): Header | null {
  const columns: (readonly [number, ItemColumn])[] = [];
  const ignored: string[] = [];
  const nameless = new Set<number>();
  const places = new Map<ColumnKey, number>();
  let twice: string | null = null;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    const column = columnOfHeader(cell);
    if (!cell) nameless.add(at);
    else if (!column) ignored.push(quoteCell(cell));
    else {
      if (places.has(column.key)) twice ??= column.header;
      places.set(column.key, at);
      columns.push([at, column]);
    }
  }
  const nameColumn = places.get('name');
  if (nameColumn === undefined) return null;
  if (twice !== null) throw new FileFaultError(`表头有两列都是“${twice}”`, number);
  return { columns, ignored: [...new Set(ignored)], nameColumn, nameless, width: cells.length };
}

/** What a row says; null if any cell is at fault. */
function readRow(
  header: Header,
  { number, cells }: SheetRow,
  places: Places,
  faults: Listing<ImportFault>,
): RowValues | null {
  const values: Partial<Record<ColumnKey, unknown>> = {};
  let sound = true;
  const fault = (at: number, title: string | null, message: string, cell: Cell | undefined) => {
    sound = false;
    faults.add(faultAt(number, at, title, message, quoteCell(cell)));
  };
  for (const [at, column] of header.columns) {
    try {
      const value = column.read(cells[at], places);
      if (value !== undefined) values[column.key] = value;
      else if (column.key === 'name') fault(at, column.header, '不能为空', cells[at]);
    } catch (error) {
      if (!(error instanceof CellFaultError)) throw error;
      fault(at, column.header, error.message, cells[at]);
    }
  }
  for (let at = 0; at < cells.length; at++) {
    const beyond = at >= header.width || header.nameless.has(at);
    if (beyond && cells[at]) fault(at, null, '这一列没有表头', cells[at]);
  }
  return sound ? (values as RowValues) : null;
}

/** The headers of columns that an item cannot be without, but a row says nothing of though its file has the column. */
export function emptyColumns(sheet: ImportSheet, { values }: ImportRow): ItemColumn[] {
  return itemColumns.filter(
    ({ key, optional }) => !optional && key !== 'code' && sheet.columns.has(key) && values[key] === undefined,
  );
}
