/**
 * Reads CSV: UTF-8 with or without BOM, else UTF-16 by its BOM, else GB18030, as Excel in China writes it; commas,
 * tabs or semicolons, whichever the first line has most of. Rows come one after another, never all at once.
 */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { bounds, type Cell, FileFaultError, type SheetRow } from './sheet';

const sliceLength = 1 << 16;

/** The rows of a CSV file. */
export async function* readCsv(bytes: Buffer): AsyncGenerator<SheetRow> {
  const text = decodeText(bytes);
  const parser = Readable.from(slices(text)).pipe(
    parse({
      delimiter: likelyDelimiter(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: bounds.cell * 20,
    }),
  );
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number++;
      const cells = record.map((cell): Cell | undefined =>
        cell === '' ? undefined : { type: 'text', text: cell },
      );
      if (cells.some((cell) => cell !== undefined)) yield { number, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileFaultError(`CSV 格式有误，多半是引号不成对（${error.code}）`, number + 1);
  }
}

/** The text of a file; a guess between encodings is never needed, as GB18030 is hardly ever valid UTF-8. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  throw new FileFaultError('文件既不是 UTF-8 也不是 GB18030 编码的文本，无法作为 CSV 读取');
}

function likelyDelimiter(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string) => first.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + sliceLength, text.length);
    // A pair of surrogates stays together, for each slice is encoded by itself.
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) to = Math.min(to + 1, text.length);
    yield text.slice(from, to);
    from = to;
  }
}
