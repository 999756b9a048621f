/**
 * The package of an .xlsx workbook: a zip with XML parts. Guards against bombs (declared and true sizes are both
 * counted) and against XML that declares entities, which no spreadsheet program writes.
 */
import { SaxesParser } from 'saxes';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { bounds, FileFaultError } from './sheet';

/** The attributes of an element, by name. */
export type Attributes = Readonly<Record<string, string>>;

/** What a reader of XML is told, element names without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** The parts of a workbook, by name. */
export class WorkbookParts {
  private unpacked = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Opens a workbook; throws a FileFaultError for anything else. */
  static async open(bytes: Buffer): Promise<WorkbookParts> {
    if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') {
      throw new FileFaultError('这是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx 再导入');
    }
    try {
      const zip = await fromBufferPromise(bytes, { lazyEntries: true });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName, entry);
        if (entries.size > bounds.parts) throw new FileFaultError('工作簿的组成部分过多，无法读取');
      }
      return new WorkbookParts(zip, entries);
    } catch (error) {
      throw asFileFault(error);
    }
  }

  /** Whether there is a part of that name. */
  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of a part, piece by piece. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) throw new FileFaultError(`工作簿缺少 ${name}，文件可能已损坏`);
    this.expectRoom(entry.uncompressedSize);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      const stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.unpacked += chunk.length;
        this.expectRoom(0);
        yield decoder.decode(chunk, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw asFileFault(error);
    }
  }

  /** Reads a part to its end, as XML. */
  async read(name: string, listener: XmlListener): Promise<void> {
    const parser = xmlParser(listener);
    for await (const text of this.text(name)) writeXml(parser, text);
    closeXml(parser);
  }

  private expectRoom(more: number): void {
    if (this.unpacked + more > bounds.unpacked) throw new FileFaultError('工作簿解压后过大，无法读取');
  }
}

/** A parser that keeps element names as they are written. */
export type XmlParser = SaxesParser<{ xmlns: false; position: false }>;

/** A parser that tells `listener`; feed it with {@link writeXml}, end it with {@link closeXml}. */
export function xmlParser(listener: XmlListener): XmlParser {
  const parser: XmlParser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new FileFaultError('工作簿中的 XML 含有 DOCTYPE 声明，拒绝读取');
  });
  const tellText = (text: string) => listener.text?.(text);
  parser.on('opentag', (tag) => listener.open?.(localName(tag.name), tag.attributes));
  parser.on('text', tellText);
  parser.on('cdata', tellText);
  parser.on('closetag', (tag) => listener.close?.(localName(tag.name)));
  return parser;
}

/**
 * The same text, on its own: a piece of a larger text keeps all of that in memory, here the XML of a whole workbook.
 */
export function detached(text: string): string {
  // The engine copies what is shorter than 13 characters anyway.
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Feeds a parser. */
export function writeXml(parser: XmlParser, text: string): void {
  try {
    parser.write(text);
  } catch (error) {
    throw asFileFault(error);
  }
}

/** Tells a parser that there is no more. */
export function closeXml(parser: XmlParser): void {
  try {
    parser.close();
  } catch (error) {
    throw asFileFault(error);
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Whatever a damaged or forged file makes the libraries say. */
function asFileFault(error: unknown): FileFaultError {
  if (error instanceof FileFaultError) return error;
  return new FileFaultError(`不是有效的 .xlsx 文件：${(error as Error).message}`);
}
