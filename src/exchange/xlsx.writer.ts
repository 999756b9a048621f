/**
 * Writes an .xlsx workbook of one sheet, row after row: texts inline, columns formatted as text so that a code that
 * is typed in later stays a code, the header bold, frozen and with filters.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { columnLetters } from './sheet';
import { encodeEscapes } from './xlsx.sheet-parts';

export interface XlsxColumn {
  /** Characters. */
  readonly width: number;
}

/** The file; the first row is the header. `at` is the moment that its parts carry. */
export function writeXlsx(
  rows: AsyncIterable<readonly (string | number | null)[]>,
  columns: readonly XlsxColumn[],
  at: Date,
): Readable {
  const zip = new ZipFile();
  for (const [name, xml] of fixedParts) zip.addBuffer(Buffer.from(declaration + xml), name, { mtime: at });
  const sheet = Readable.from(sheetXml(rows, columns));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { mtime: at });
  zip.end();
  const output = zip.outputStream as Readable;
  sheet.on('error', (error) => output.destroy(error));
  // Whoever reads no further wants no more rows.
  output.on('close', () => sheet.destroy());
  return output;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const fixedParts: readonly (readonly [string, string])[] = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/>` +
      '</Types>',
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships">` +
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="事项" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships">` +
      `<Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    // Styles: 0 as it comes, 1 text, 2 the header.
    'xl/styles.xml',
    `<styleSheet xmlns="${main}">` +
      '<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
      '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
      '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>' +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ],
];

async function* sheetXml(
  rows: AsyncIterable<readonly (string | number | null)[]>,
  columns: readonly XlsxColumn[],
): AsyncGenerator<Buffer> {
  const letters = columns.map((_column, at) => columnLetters(at));
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="1" customWidth="1"/>`,
  );
  let waiting =
    `${declaration}<worksheet xmlns="${main}">` +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData>`;
  let number = 0;
  for await (const row of rows) {
    number++;
    const style = number === 1 ? 2 : 1;
    const cells = row.map((value, at) => cellXml(`${letters[at]}${number}`, value, style));
    waiting += `<row r="${number}">${cells.join('')}</row>`;
    if (waiting.length < 1 << 16) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  const corner = `${letters.at(-1)}${Math.max(number, 1)}`;
  yield Buffer.from(`${waiting}</sheetData><autoFilter ref="A1:${corner}"/></worksheet>`);
}

function cellXml(reference: string, value: string | number | null, style: number): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
}

function escapeXml(text: string): string {
  return encodeEscapes(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
