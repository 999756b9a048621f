/**
 * What the text of a cell means, and how a value is written so that it means the same when it is read again.
 * Full-width characters count as their half-width ones where they are syntax (digits, codes, commas, yes and no);
 * in names and other prose every character stays as it is.
 */
import type { Cell } from './sheet';

/** A cell cannot be read; the message is for clerks, in Chinese. */
export class CellFaultError extends Error {}

/** A text that begins so might be run as a formula, or is a guard itself. */
const dangerous = /^[=+\-@\t\r\n'＝＋－＠]/;

/** A text as a cell: guarded by an apostrophe if it might be run as a formula or be taken for one of `words`. */
export function guardText(text: string, words: readonly string[] = []): string {
  return dangerous.test(text) || words.includes(text) ? `'${text}` : text;
}

/** The text of a cell without its guard, or without the white space around it. */
export function plainText(cell: Cell | undefined): string {
  const text = cell?.text ?? '';
  return isGuarded(cell) ? text.slice(1) : text.trim();
}

/** Whether a cell's text is guarded, and so is to be taken to the letter. */
export function isGuarded(cell: Cell | undefined): boolean {
  return cell?.type === 'text' && cell.text.startsWith("'");
}

/** Full-width characters as half-width ones, without any white space. */
export function narrow(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** Prose; '' where there is none. */
export function readProse(cell: Cell | undefined, longest: number): string {
  refuseFault(cell);
  const text = plainText(cell);
  const length = [...text].length;
  if (length > longest) throw new CellFaultError(`有 ${length} 个字，最多 ${longest} 个`);
  if (text.trim() !== text) throw new CellFaultError('前后不能有空白字符');
  return text;
}

/** A code; '' where there is none. A number is refused: a spreadsheet keeps 15 digits of it. */
export function readCode(cell: Cell | undefined): string {
  refuseFault(cell);
  const code = narrow(plainText(cell)).toUpperCase();
  if (cell?.type === 'number' || /^\d+(\.\d+)?E\+?\d+$/.test(code)) {
    throw new CellFaultError('编码被存成了数字，位数已经丢失；请把该列设为文本格式，再重新填写编码');
  }
  if (cell?.type === 'date')
    throw new CellFaultError('编码被存成了日期；请把该列设为文本格式，再重新填写编码');
  return code;
}

const yes = new Set(['是', '✓', '√', '✔', '☑', '1', 'Y', 'YES', 'TRUE', '有']);
const no = new Set(['', '否', '✗', '✘', '×', '0', 'N', 'NO', 'FALSE', '无', '-', '—', '/']);

/** Yes or no; an empty cell is no. */
export function readFlag(cell: Cell | undefined): boolean {
  refuseFault(cell);
  const text = narrow(plainText(cell)).toUpperCase();
  const word = cell?.type === 'number' ? String(Number(text)) : text;
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  throw new CellFaultError('不是“是”或“否”（也可填 ✓、√、1、0 或留空）');
}

/** A whole number; null where there is none. Units behind it, and 1.0 for 1, are understood. */
export function readCount(
  cell: Cell | undefined,
  most: number,
  words: Readonly<Record<string, number | null>>,
): number | null {
  refuseFault(cell);
  if (cell?.type === 'date') throw new CellFaultError('是日期，应填整数；请把该列设为常规或数字格式');
  const text = narrow(plainText(cell));
  if (text === '') return null;
  const word = words[text];
  if (word !== undefined) return word;
  const plain = text.replace(/(个?工作日内?|天|日|次)$/, '');
  const value = /^[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new CellFaultError(`不是 0 到 ${most} 的整数`);
  }
  return value;
}

/** The texts of a cell with several, whatever separates them. */
export function readParts(cell: Cell | undefined): string[] {
  refuseFault(cell);
  return plainText(cell)
    .split(/[、,，;；|\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What stands between the texts of a cell with several. */
export const partSeparator = '、';

/** A cell's text for a message, clipped. */
export function quoteCell(cell: Cell | undefined): string {
  const text = cell?.text ?? '';
  return [...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text;
}

function refuseFault(cell: Cell | undefined): void {
  if (cell?.type === 'fault') throw new CellFaultError(`单元格的值是 ${cell.text}，请先在表格中改正`);
}
