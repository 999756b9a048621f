/** Writes CSV that Excel reads: UTF-8 with BOM, CRLF, quotes where needed. */

/** The file, piece by piece. */
export async function* writeCsv(
  rows: AsyncIterable<readonly (string | number | null)[]>,
): AsyncGenerator<Buffer> {
  let waiting = '\ufeff';
  for await (const row of rows) {
    waiting += `${row.map(csvCell).join(',')}\r\n`;
    if (waiting.length < 1 << 16) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}

function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /^\s|\s$|[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
