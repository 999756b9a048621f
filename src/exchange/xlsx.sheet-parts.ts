/** The parts beside a sheet's rows: shared texts, styles that make a number a date, and merges. */
import { bounds, FileFaultError, parseReference } from './sheet';
import type { Merge } from './merged-cells';
import { detached, type WorkbookParts } from './xlsx.parts';

/** The shared texts, by index. Of rich text the pieces are joined; phonetic hints are left out. */
export async function readSharedTexts(parts: WorkbookParts, part: string): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let total = 0;
  let listening = false;
  let inPhonetic = false;
  await parts.read(part, {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') inPhonetic = true;
      if (name === 't') listening = !inPhonetic;
    },
    text: (text) => {
      if (!listening) return;
      current += text;
      total += text.length;
      if (total > bounds.sharedText) throw new FileFaultError('工作簿中的文字过多，无法读取');
    },
    close: (name) => {
      if (name === 't') listening = false;
      if (name === 'rPh') inPhonetic = false;
      if (name === 'si') texts.push(decodeEscapes(detached(current)));
    },
  });
  return texts;
}

/** By style, whether it shows numbers as dates. */
export async function readDateStyles(parts: WorkbookParts, part: string): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await parts.read(part, {
    open: (name, { numFmtId: id, formatCode: code }) => {
      if (name === 'numFmt') own.set(Number(id), isDateFormat(code ?? ''));
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) {
        styles.push(own.get(Number(id ?? 0)) ?? isBuiltInDate(Number(id ?? 0)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** ECMA-376 part 1, 18.8.30, with the formats that Chinese versions of Excel add (27–36, 50–58). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

function isDateFormat(code: string): boolean {
  return /[ymdhs年月日]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_./gi, ''));
}

/** A day count of Excel as ISO 8601: the day, and the time if it is not midnight. */
export function isoDate(days: number, from1904: boolean): string {
  // Excel takes 1900 for a leap year, so that its count is one too high from March 1900 on.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + Math.round(days * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const [day = '', time = ''] = date.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}

/**
 * The merges of a sheet. They stand behind its rows, so the sheet is gone through once for them; looking for text
 * is several times as fast as parsing.
 */
export async function readMerges(parts: WorkbookParts, sheet: string): Promise<Merge[]> {
  const merges: Merge[] = [];
  let rest = '';
  let behindRows = false;
  for await (const text of parts.text(sheet)) {
    rest += text;
    if (!behindRows) {
      const end = rest.search(/<\/(\w+:)?sheetData\s*>/);
      behindRows = end >= 0;
      rest = behindRows ? rest.slice(end) : rest.slice(-100);
      continue;
    }
    rest = takeMerges(rest, merges);
  }
  takeMerges(rest, merges);
  return merges;
}

/** Takes the merges out of some XML; returns what may be the beginning of a further one. */
function takeMerges(xml: string, merges: Merge[]): string {
  let end = 0;
  for (const match of xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
    end = match.index + match[0].length;
    const from = parseReference(match[1] ?? '');
    const to = parseReference(match[2] ?? '');
    if (from && to) merges.push({ from, to });
    if (merges.length > bounds.merges) throw new FileFaultError('合并单元格过多，无法读取');
  }
  return xml.slice(Math.max(end, xml.length - 300));
}

/** Undoes the escapes of characters that XML cannot hold, e.g. `_x000D_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Escapes characters that XML cannot hold or would change, and what would be read as such an escape. */
export function encodeEscapes(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(
    // eslint-disable-next-line no-control-regex -- these are what is escaped
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
    (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}
