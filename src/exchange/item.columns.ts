/**
 * The columns of an item sheet: the header that is written, the headers that are understood, and how a cell is read
 * and written. What is written reads back as just what it was.
 */
import { kindDigits } from '../catalog/item-code';
import {
  type Audience,
  type HandlingMode,
  handlingModes,
  type ServiceItemKind,
  type ServiceItemStatus,
} from '../catalog/item-enums';
import type { ItemDraft } from '../catalog/item-state';
import {
  CellFaultError,
  guardText,
  isGuarded,
  narrow,
  partSeparator,
  plainText,
  readCode,
  readCount,
  readFlag,
  readParts,
  readProse,
} from './cell-values';
import type { Lookup, Places } from './places';
import type { Cell } from './sheet';

/** The fields of an item that have a column of their own; the modes have one each. */
export type FieldColumn = Exclude<keyof ItemDraft, 'modes'>;

/** What a column is about. `domain` is that of the item's window: it is compared, never stored. */
export type ColumnKey = FieldColumn | HandlingMode | 'domain';

/** What a row says, as far as its columns go. */
export type RowValues = { -readonly [K in FieldColumn]?: ItemDraft[K] } & {
  [K in HandlingMode]?: boolean;
} & { domain?: string | null };

/** One column. */
export interface ItemColumn<K extends ColumnKey = ColumnKey> {
  readonly key: K;
  readonly header: string;
  readonly aliases: readonly string[];
  /** Whether an item may be without, so that an empty cell clears it. */
  readonly optional: boolean;
  /** Characters that the column is wide. */
  readonly width: number;
  /** What a cell says; undefined where an empty cell says nothing. Throws a CellFaultError. */
  readonly read: (cell: Cell | undefined, places: Places) => RowValues[K];
  readonly write: (item: ItemDraft, places: Places) => string | number | null;
}

const kindNames: Readonly<Record<ServiceItemKind, string>> = {
  LICENSING: '行政许可',
  CONFIRMATION: '行政确认',
  PAYMENT: '行政给付',
  REWARD: '行政奖励',
  ADJUDICATION: '行政裁决',
  LEVY: '行政征收',
  OTHER_POWER: '其他行政权力',
  PUBLIC_SERVICE: '公共服务',
};
const audienceNames: Readonly<Record<Audience, string>> = { NATURAL_PERSON: '自然人', LEGAL_PERSON: '法人' };
const statusNames: Readonly<Record<ServiceItemStatus, string>> = {
  PUBLISHED: '在用',
  SUSPENDED: '暂停',
  RETIRED: '取消',
};

/** The modes' Chinese names, which are also their headers. */
export const modeNames: Readonly<Record<HandlingMode, string>> = {
  IMMEDIATE: '马上办',
  ONLINE: '网上办',
  NEARBY: '就近办',
  SINGLE_VISIT: '一次办',
  SELF_SERVICE: '自助办',
};

const kindWords = words(kindNames, {
  其他权力: 'OTHER_POWER',
  ...Object.fromEntries(
    Object.entries(kindDigits).map(([kind, digits]) => [digits, kind as ServiceItemKind]),
  ),
});
const audienceWords = words(audienceNames, {
  个人: 'NATURAL_PERSON',
  公民: 'NATURAL_PERSON',
  企业: 'LEGAL_PERSON',
  单位: 'LEGAL_PERSON',
});
const statusWords = words(statusNames, { 停用: 'SUSPENDED', 已取消: 'RETIRED' });
const freeWords = ['不收费', '免费', '无', '否'];
const noLimit = { 无: null, '-': null, '—': null, '/': null };
const onTheSpot = { 当场: 0, 当场办结: 0, 即办: 0, 即时: 0 };

/** All columns, in the order in which they are written. */
export const itemColumns: readonly ItemColumn[] = [
  define({
    key: 'code',
    header: '事项编码',
    aliases: ['实施编码', '业务办理项编码', '编码'],
    width: 36,
    read: (cell) => readCode(cell) || undefined,
    write: ({ code }) => code,
  }),
  define({
    key: 'name',
    header: '事项名称',
    aliases: ['名称', '事项'],
    width: 40,
    read: (cell) => readProse(cell, 200) || undefined,
    write: ({ name }) => guardText(name),
  }),
  define({
    key: 'kind',
    header: '事项类型',
    aliases: ['类型'],
    width: 14,
    read: (cell) => readWord(cell, kindWords),
    write: ({ kind }) => kindNames[kind],
  }),
  define({
    key: 'audiences',
    header: '服务对象',
    aliases: ['办理对象'],
    width: 14,
    read: readAudiences,
    write: ({ audiences }) => audiences.map((audience) => audienceNames[audience]).join(partSeparator),
  }),
  define({
    key: 'domain',
    header: '领域',
    aliases: ['所属领域'],
    optional: true,
    width: 24,
    read: (cell, { domains }) => readReference(cell, domains) ?? null,
    write: ({ window }, { windows, domains }) => referenceTo(windows.get(window)?.domain ?? '', domains),
  }),
  define({
    key: 'window',
    header: '窗口',
    aliases: ['综合窗口', '办理窗口', '窗口编码', '窗口名称'],
    width: 28,
    read: (cell, { windows }) => readReference(cell, windows),
    write: ({ window }, { windows }) => referenceTo(window, windows),
  }),
  define({
    key: 'department',
    header: '部门',
    aliases: ['实施主体', '实施部门', '责任部门', '部门名称', '部门编码', '单位'],
    width: 28,
    read: (cell, { departments }) => readReference(cell, departments),
    write: ({ department }, { departments }) => referenceTo(department, departments),
  }),
  ...(Object.entries(modeNames) as [HandlingMode, string][]).map(([mode, name]) =>
    define({
      key: mode,
      header: name,
      aliases: [],
      optional: true,
      width: 8,
      read: readFlag,
      write: ({ modes }) => (modes.includes(mode) ? '是' : '否'),
    }),
  ),
  define({
    key: 'legalWorkingDays',
    header: '法定时限',
    aliases: ['法定办结时限'],
    optional: true,
    width: 10,
    read: (cell) => readCount(cell, 1_000, noLimit),
    write: ({ legalWorkingDays }) => legalWorkingDays,
  }),
  define({
    key: 'promisedWorkingDays',
    header: '承诺时限',
    aliases: ['承诺办结时限'],
    width: 10,
    read: (cell) => readCount(cell, 1_000, onTheSpot) ?? undefined,
    write: ({ promisedWorkingDays }) => promisedWorkingDays,
  }),
  define({
    key: 'onSiteVisits',
    header: '到现场次数',
    aliases: ['到办事现场次数', '跑动次数'],
    width: 12,
    read: (cell) => readCount(cell, 20, {}) ?? undefined,
    write: ({ onSiteVisits }) => onSiteVisits,
  }),
  define({
    key: 'fee',
    header: '收费',
    aliases: ['收费标准', '收费情况'],
    optional: true,
    width: 16,
    read: (cell) => {
      const fee = readProse(cell, 200);
      return fee === '' || (!isGuarded(cell) && freeWords.includes(fee)) ? null : fee;
    },
    write: ({ fee }) => fee && guardText(fee, freeWords),
  }),
  define({
    key: 'onlineUrl',
    header: '网办地址',
    aliases: ['网上办理地址', '网办链接', '办理网址'],
    optional: true,
    width: 40,
    read: (cell) => {
      const url = readProse(cell, 500);
      if (url !== '' && !/^https:\/\/\S+$/.test(url)) throw new CellFaultError('不是以 https:// 开头的网址');
      return url || null;
    },
    write: ({ onlineUrl }) => onlineUrl,
  }),
  define({
    key: 'outlets',
    header: '网点',
    aliases: ['就近办网点', '办理网点'],
    optional: true,
    width: 30,
    read: (cell, { outlets }) => readReferences(cell, outlets),
    write: (item, { outlets }) => referencesTo(item.outlets, outlets),
  }),
  define({
    key: 'kiosks',
    header: '终端',
    aliases: ['自助终端', '自助办终端'],
    optional: true,
    width: 30,
    read: (cell, { kiosks }) => readReferences(cell, kiosks),
    write: (item, { kiosks }) => referencesTo(item.kiosks, kiosks),
  }),
  define({
    key: 'summary',
    header: '说明',
    aliases: ['事项说明', '简介'],
    width: 60,
    read: (cell) => readProse(cell, 500) || undefined,
    write: ({ summary }) => guardText(summary),
  }),
  define({
    key: 'status',
    header: '状态',
    aliases: ['事项状态'],
    width: 8,
    read: (cell) => readWord(cell, statusWords),
    write: ({ status }) => statusNames[status],
  }),
];

const byHeader = new Map(
  itemColumns.flatMap((column) => [column.header, ...column.aliases].map((header) => [header, column])),
);

/** The column that a header means: units and remarks in brackets, and 是否 before it, do not matter. */
export function columnOfHeader(cell: Cell | undefined): ItemColumn | undefined {
  const text = narrow(plainText(cell))
    .replace(/\([^)]*\)|\[[^\]]*\]|\*/g, '')
    .replace(/^是否/, '');
  return byHeader.get(text);
}

/** The header of what is about a field, whether or not a file has that column. */
export function headerOfField(field: string): string {
  return field === 'modes' ? '五办' : (itemColumns.find(({ key }) => key === field)?.header ?? field);
}

/** The fields of an item that a row says something of. */
export function givenFields(values: RowValues): Partial<Omit<ItemDraft, 'modes'>> {
  const {
    domain: _domain,
    IMMEDIATE: _i,
    ONLINE: _o,
    NEARBY: _n,
    SINGLE_VISIT: _s,
    SELF_SERVICE: _k,
    ...fields
  } = values;
  return fields;
}

/** The modes after what a row says of each. */
export function givenModes(values: RowValues, before: ItemDraft['modes']): ItemDraft['modes'] {
  return handlingModes.filter((mode) => values[mode] ?? before.includes(mode));
}

/** A column whose types agree with each other; the list of all does not know which is which. */
function define<K extends ColumnKey>(
  column: Omit<ItemColumn<K>, 'optional'> & { optional?: boolean },
): ItemColumn {
  return { optional: false, ...column };
}

function words<T extends string>(
  names: Readonly<Record<T, string>>,
  more: Readonly<Record<string, T>>,
): ReadonlyMap<string, T> {
  const entries = Object.entries(names) as [T, string][];
  return new Map([
    ...entries.map(([value, name]): [string, T] => [name, value]),
    ...entries.map(([value]): [string, T] => [value, value]),
    ...Object.entries(more),
  ]);
}

function readWord<T extends string>(cell: Cell | undefined, known: ReadonlyMap<string, T>): T | undefined {
  const text = narrow(readProse(cell, 100));
  if (text === '') return undefined;
  const value = known.get(text) ?? known.get(text.toUpperCase()) ?? known.get(text.padStart(2, '0'));
  if (value === undefined)
    throw new CellFaultError(`不认识，应填${[...known.keys()].slice(0, known.size / 2).join('、')}之一`);
  return value;
}

function readAudiences(cell: Cell | undefined): Audience[] | undefined {
  const parts = readParts(cell).flatMap((part) => narrow(part).split(/[和与及/]/));
  if (parts.length === 0) return undefined;
  return parts.map((part) => {
    const audience = audienceWords.get(part) ?? audienceWords.get(part.toUpperCase());
    if (!audience) throw new CellFaultError(`“${part}”不认识，应填自然人、法人`);
    return audience;
  });
}

function readReference(cell: Cell | undefined, known: Lookup): string | undefined {
  const text = readProse(cell, 200);
  if (text === '') return undefined;
  return findReference(cell, text, known);
}

function readReferences(cell: Cell | undefined, known: Lookup): string[] {
  return readParts(cell)
    .map((part) => findReference(cell, part, known))
    .sort();
}

function findReference(cell: Cell | undefined, text: string, known: Lookup): string {
  const found = known.find(text);
  if (found) return found.code;
  if (cell?.type === 'date') throw new CellFaultError('被存成了日期；请把该列设为文本格式，再重新填写');
  // Says so of numbers that were codes.
  readCode(cell);
  throw new CellFaultError(`目录中没有编码或名称为“${text}”的条目`);
}

/** The name, if it leads back to the code; else the code. */
function referenceTo(code: string, known: Lookup): string {
  const name = known.get(code)?.name;
  return guardText(
    name !== undefined && name.trim() === name && known.find(name)?.code === code ? name : code,
  );
}

function referencesTo(codes: readonly string[], known: Lookup): string {
  const names = codes.map((code) => known.get(code)?.name ?? code);
  const text = guardText(names.join(partSeparator));
  const back = readParts({ type: 'text', text }).map((part) => known.find(part)?.code);
  const same = back.length === codes.length && back.every((code, i) => code === codes[i]);
  return same ? text : guardText(codes.join(partSeparator));
}
