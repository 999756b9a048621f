/**
 * Reads the first visible sheet of an .xlsx workbook, row after row. Knows shared and inline texts, numbers, dates,
 * booleans, results of formulas, and merged cells, whose value every row of the merge gets.
 */
import { posix } from 'node:path';
import { type Cell, type SheetRow, bounds, FileFaultError } from './sheet';
import { decodeEscapes, isoDate, readDateStyles, readMerges, readSharedTexts } from './xlsx.sheet-parts';
import { type Attributes, closeXml, detached, WorkbookParts, writeXml, xmlParser } from './xlsx.parts';
import { MergedCells } from './merged-cells';
import { parseReference } from './sheet';

/** What cells refer to. */
interface Surroundings {
  readonly sharedTexts: readonly string[];
  /** By style: whether its numbers are dates. */
  readonly dateStyles: readonly boolean[];
  /** Whether days count from 1904 instead of 1900. */
  readonly from1904: boolean;
}

/** The rows of a workbook's first visible sheet. */
export async function* readXlsx(bytes: Buffer): AsyncGenerator<SheetRow> {
  const parts = await WorkbookParts.open(bytes);
  const workbook = await readWorkbook(parts);
  const sharedTexts = workbook.sharedTexts ? await readSharedTexts(parts, workbook.sharedTexts) : [];
  const dateStyles = workbook.styles ? await readDateStyles(parts, workbook.styles) : [];
  const merged = new MergedCells(await readMerges(parts, workbook.sheet));
  const rows: SheetRow[] = [];
  const sheet = new SheetListener({ sharedTexts, dateStyles, from1904: workbook.from1904 }, (row) => {
    rows.push(row);
  });
  const parser = xmlParser(sheet);
  for await (const text of parts.text(workbook.sheet)) {
    writeXml(parser, text);
    for (const row of rows.splice(0)) yield merged.fill(row);
  }
  closeXml(parser);
  for (const row of rows) yield merged.fill(row);
}

interface WorkbookPlan {
  readonly sheet: string;
  readonly sharedTexts: string | null;
  readonly styles: string | null;
  readonly from1904: boolean;
}

async function readWorkbook(parts: WorkbookParts): Promise<WorkbookPlan> {
  const root = (await readRelations(parts, '_rels/.rels', '')).find(({ type }) => type === 'officeDocument');
  if (!root) throw new FileFaultError('不是 Excel 工作簿（.xlsx）');
  const sheets: string[] = [];
  let from1904 = false;
  await parts.read(root.target, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      if (id) sheets.push(id);
    },
  });
  const folder = posix.dirname(root.target);
  const relations = await readRelations(
    parts,
    posix.join(folder, '_rels', `${posix.basename(root.target)}.rels`),
    folder,
  );
  const sheet = relations.find(({ id }) => id === sheets[0]);
  if (!sheet) throw new FileFaultError('工作簿中没有可见的工作表');
  const target = (wanted: string) => relations.find(({ type }) => type === wanted)?.target ?? null;
  return { sheet: sheet.target, sharedTexts: target('sharedStrings'), styles: target('styles'), from1904 };
}

interface Relation {
  readonly id: string;
  /** The last word of its type. */
  readonly type: string;
  /** The part's name. */
  readonly target: string;
}

async function readRelations(parts: WorkbookParts, part: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  if (!parts.has(part)) throw new FileFaultError('不是 Excel 工作簿（.xlsx）');
  await parts.read(part, {
    open: (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
      if (name !== 'Relationship' || !id || !type || !target || mode === 'External') return;
      const place = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: place });
    },
  });
  return relations;
}

/** Makes rows of a sheet's XML. */
class SheetListener {
  private row = 0;
  private column = -1;
  private cells: (Cell | undefined)[] = [];
  private attributes: Attributes = {};
  private value = '';
  private hasFormula = false;
  /** Whether text belongs to the cell's value at present. */
  private listening = false;
  private inPhonetic = false;

  constructor(
    private readonly around: Surroundings,
    private readonly tell: (row: SheetRow) => void,
  ) {}

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'row':
        this.row = attributes['r'] ? Number(attributes['r']) : this.row + 1;
        this.column = -1;
        this.cells = [];
        break;
      case 'c':
        this.openCell(attributes);
        break;
      case 'f':
        this.hasFormula = true;
        break;
      case 'rPh':
        this.inPhonetic = true;
        break;
      case 'v':
      case 't':
        this.listening = !this.inPhonetic;
        break;
    }
  }

  text(text: string): void {
    if (!this.listening) return;
    this.value += text;
    if (this.value.length > bounds.cell * 8) {
      throw new FileFaultError(`有单元格超过 ${bounds.cell} 个字符`, this.row);
    }
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.listening = false;
        break;
      case 'rPh':
        this.inPhonetic = false;
        break;
      case 'c':
        this.closeCell();
        break;
      case 'row':
        if (this.cells.length > 0) this.tell({ number: this.row, cells: this.cells });
        break;
    }
  }

  private openCell(attributes: Attributes): void {
    const place = parseReference(attributes['r'] ?? '');
    this.column = place ? place.column : this.column + 1;
    this.attributes = attributes;
    this.value = '';
    this.hasFormula = false;
  }

  private closeCell(): void {
    const cell = this.readCell();
    if (!cell || cell.text === '') return;
    if (this.column >= bounds.columns) {
      throw new FileFaultError(`第 ${bounds.columns} 列之后还有内容`, this.row);
    }
    while (this.cells.length < this.column) this.cells.push(undefined);
    this.cells[this.column] = cell;
  }

  private readCell(): Cell | undefined {
    const { t: type = 'n', s: style } = this.attributes;
    const raw = detached(this.value);
    if (raw === '') {
      return this.hasFormula && type !== 'str' ? { type: 'fault', text: '未计算的公式' } : undefined;
    }
    switch (type) {
      case 's':
        return { type: 'text', text: this.around.sharedTexts[Number(raw)] ?? '' };
      case 'inlineStr':
      case 'str':
        return { type: 'text', text: decodeEscapes(raw) };
      case 'b':
        return { type: 'boolean', text: raw === '1' || raw === 'true' ? '是' : '否' };
      case 'd':
        return { type: 'date', text: raw };
      case 'e':
        return { type: 'fault', text: raw };
      default:
        return this.readNumber(raw, Number(style ?? 0));
    }
  }

  private readNumber(raw: string, style: number): Cell {
    const { dateStyles, from1904 } = this.around;
    return dateStyles[style] === true
      ? { type: 'date', text: isoDate(Number(raw), from1904) }
      : { type: 'number', text: raw };
  }
}
