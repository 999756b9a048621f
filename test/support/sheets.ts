/** Makes the files that clerks send, and imports and exports as a caller with all rights. */
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import { ZipFile } from 'yazl';
import { exportItems, type ExportOptions } from '../../src/exchange/item.export';
import { importItems, type ImportOptions } from '../../src/exchange/item.import';
import type { ImportReport } from '../../src/exchange/import-report';
import type { SheetFormat } from '../../src/exchange/sheet';

export const administrator = {
  id: 'test',
  name: '测试管理员',
  roles: ['ADMINISTRATOR'],
  domains: [],
} as const;

/** Imports some bytes, in small chunks, as a request body comes. */
export function importBytes(
  dataSource: DataSource,
  bytes: Buffer,
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return importItems(dataSource, Readable.from(chunks(bytes)), {
    caller: administrator,
    reason: '测试导入',
    dryRun: false,
    domains: [],
    mayChangeModes: true,
    ...options,
  });
}

/** Imports a CSV of some lines. */
export function importLines(
  dataSource: DataSource,
  lines: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return importBytes(dataSource, Buffer.from(lines.join('\r\n')), options);
}

/** The bytes of an export. */
export async function exportBytes(
  dataSource: DataSource,
  format: SheetFormat,
  options: Partial<ExportOptions> = {},
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(piece);
      done();
    },
  });
  await exportItems(dataSource, sink, { format, caller: administrator, domains: [], ...options });
  return Buffer.concat(pieces);
}

/** The counts of a report, and its faults as "row column: message". */
export function outcome({ created, changed, unchanged, faults, revision }: ImportReport): object {
  return {
    created: created.count,
    changed: changed.count,
    unchanged,
    revision,
    faults: faults.first.map(({ row, column, message }) => `${row ?? '-'} ${column ?? '-'}: ${message}`),
  };
}

/** What a workbook of a test has beside its sheet. */
export interface WorkbookParts {
  /** The inside of sheetData. */
  readonly rows: string;
  /** XML behind sheetData. */
  readonly behind?: string;
  readonly sharedTexts?: string;
  readonly styles?: string;
  /** Attributes of workbookPr. */
  readonly properties?: string;
  /** Before the sheet's root element. */
  readonly prolog?: string;
  /** The prefix of the sheet's elements, e.g. `x:`, which `rows` and `behind` must have too. */
  readonly prefix?: string;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with a hidden sheet before the visible one. */
export async function workbook(parts: WorkbookParts): Promise<Buffer> {
  const {
    rows,
    behind = '',
    sharedTexts = '',
    styles = '',
    properties = '',
    prolog = '',
    prefix = '',
  } = parts;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (inside: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const xmlns = prefix === '' ? `xmlns="${main}"` : `xmlns:${prefix.slice(0, -1)}="${main}"`;
  const files: Record<string, string> = {
    '_rels/.rels': relations(relation('r1', 'officeDocument', '/xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr ${properties}/><sheets><sheet name="说明" sheetId="1" state="hidden" r:id="h"/><sheet name="事项" sheetId="2" r:id="s"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation('h', 'worksheet', 'worksheets/hidden.xml') +
        relation('s', 'worksheet', 'worksheets/sheet1.xml') +
        relation('t', 'sharedStrings', 'sharedStrings.xml') +
        relation('y', 'styles', 'styles.xml'),
    ),
    'xl/worksheets/sheet1.xml': `${prolog}<${prefix}worksheet ${xmlns}><${prefix}sheetData>${rows}</${prefix}sheetData>${behind}</${prefix}worksheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${sharedTexts}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>`,
  };
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** Rows of inline texts and of raw cell XML (what begins with `<`), from row 1. */
export function sheetRows(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells, i) => {
      const xml = cells.map((cell) =>
        cell === '' || cell.startsWith('<c')
          ? cell || '<c/>'
          : `<c t="inlineStr"><is><t>${cell}</t></is></c>`,
      );
      return `<row r="${i + 1}">${xml.join('')}</row>`;
    })
    .join('');
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 10_000) yield bytes.subarray(from, from + 10_000);
}
