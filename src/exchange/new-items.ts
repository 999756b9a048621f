/**
 * What a new item gets where the file says nothing: defaults, a window, and a code of its own. A county that holds
 * only names, departments and modes can import that much.
 */
import type { EntityManager } from 'typeorm';
import { kindDigits, parseItemCode } from '../catalog/item-code';
import type { ServiceItemKind } from '../catalog/item-enums';
import { emptyGuide } from '../catalog/guide';
import type { ItemDraft } from '../catalog/item-state';
import { type ColumnKey, givenFields, givenModes, type RowValues } from './item.columns';
import type { Places } from './places';

/** 福建省网上办事大厅, where an item can be looked up by its name. */
const provincialHall = 'https://zwfw.fujian.gov.cn/';

/** 行政许可法 第四十二条: a decision within twenty working days, where nothing else is said. */
const generalTerm = 20;

/** Codes of one's own begin here, above those that the national base catalog gives out. */
const firstSerial = 90_001;
const serials = 99_999;

type Tell = (key: ColumnKey, message: string) => void;

/** Makes drafts of new items within one transaction. */
export class NewItems {
  /** By department, the windows of its stored items, the one with most items first. */
  private windowsByDepartment: ReadonlyMap<string, readonly string[]> | null = null;
  private readonly takenCodes: Set<string>;
  private readonly seenPrefixes = new Map<string, number>();

  /**
   * @param domains the domains in which a window may be found, none for any
   * @param targets codes that the file itself names
   */
  constructor(
    private readonly manager: EntityManager,
    private readonly places: Places,
    private readonly domains: readonly string[],
    targets: ReadonlySet<string>,
  ) {
    this.takenCodes = new Set(targets);
  }

  /** The draft of a row that no stored item fits; null if something is missing, which it tells. */
  async draft(values: RowValues, tell: Tell): Promise<ItemDraft | null> {
    if (values.code !== undefined) {
      const parts = parseItemCode(values.code);
      if ('reason' in parts) {
        tell('code', `编码有误：${partNames[parts.part]} ${parts.reason}`);
        return null;
      }
    }
    const department =
      values.department ?? this.places.departments.get(values.code?.slice(0, 18) ?? '')?.code;
    if (department === undefined) {
      tell('department', '新事项必须填写部门');
      return null;
    }
    const window = values.window ?? (await this.usualWindow(department, values.domain ?? null));
    if (window === undefined) {
      tell('window', '新事项必须填写窗口：该部门在目录中尚无事项，无从得知其窗口');
      return null;
    }
    const fields = { ...this.defaults(values), ...givenFields(values) };
    const code = values.code ?? (await this.freeCode(department, fields.kind));
    if (code === null) {
      tell('code', '该部门此类事项的自编序号已用完，请填写编码');
      return null;
    }
    return { ...fields, code, window, department, modes: givenModes(values, []) };
  }

  private defaults(values: RowValues): Omit<ItemDraft, 'code' | 'window' | 'department' | 'modes'> {
    const { outlets, kiosks } = this.places;
    const legalWorkingDays = values.legalWorkingDays ?? null;
    return {
      ...emptyGuide,
      name: values.name ?? '',
      summary: values.name ?? '',
      kind: kindOfCode(values.code ?? '') ?? 'PUBLIC_SERVICE',
      status: 'PUBLISHED',
      audiences: ['NATURAL_PERSON', 'LEGAL_PERSON'],
      legalWorkingDays,
      promisedWorkingDays: values.IMMEDIATE ? 0 : (legalWorkingDays ?? generalTerm),
      onSiteVisits: 1,
      fee: null,
      onlineUrl: values.ONLINE ? provincialHall : null,
      outlets: values.NEARBY
        ? outlets.all.filter(({ level }) => level === 'TOWNSHIP').map(({ code }) => code)
        : [],
      kiosks: values.SELF_SERVICE ? kiosks.all.map(({ code }) => code) : [],
    };
  }

  /** The window that has most of a department's stored items, in a domain if one is named. */
  private async usualWindow(department: string, domain: string | null): Promise<string | undefined> {
    this.windowsByDepartment ??= await readWindowsByDepartment(this.manager);
    return this.windowsByDepartment.get(department)?.find((window) => {
      const own = this.places.windows.get(window)?.domain ?? '';
      return domain === null ? this.domains.length === 0 || this.domains.includes(own) : own === domain;
    });
  }

  /**
   * A code that no item has: the department's credit code, county level (4), Fujian's own (35), the kind, the first
   * free serial, no sub-matter. The same file gets the same codes from the same catalog.
   */
  private async freeCode(department: string, kind: ServiceItemKind): Promise<string | null> {
    const prefix = `${department}435${kindDigits[kind]}`;
    let offset = this.seenPrefixes.get(prefix);
    if (offset === undefined) {
      const rows = await this.manager.query<{ code: string }[]>(
        'SELECT code FROM service_item WHERE code LIKE ?',
        [`${prefix}%`],
      );
      for (const { code } of rows) this.takenCodes.add(code.slice(0, 31));
      offset = 0;
    }
    for (; offset < serials; offset++) {
      const serial = ((firstSerial - 1 + offset) % serials) + 1;
      const code = `${prefix}${String(serial).padStart(5, '0')}000`;
      if (this.takenCodes.has(code)) continue;
      this.seenPrefixes.set(prefix, offset + 1);
      return code;
    }
    this.seenPrefixes.set(prefix, offset);
    return null;
  }
}

const partNames = {
  length: '总长度',
  creditCode: '统一社会信用代码（第1–18位）',
  level: '行使层级（第19位）',
  region: '行政区划（第20–21位）',
  kind: '事项类型（第22–23位）',
  matter: '主项（第24–28位）',
  subMatter: '子项（第29–31位）',
  serial: '办理项序号（第32–33位）',
};

function kindOfCode(code: string): ServiceItemKind | undefined {
  const digits = code.slice(21, 23);
  return (Object.keys(kindDigits) as ServiceItemKind[]).find((kind) => kindDigits[kind] === digits);
}

async function readWindowsByDepartment(manager: EntityManager): Promise<Map<string, string[]>> {
  const rows = await manager.query<{ department: string; window: string }[]>(
    'SELECT department_code AS department, window_code AS `window` FROM service_item GROUP BY department_code, window_code ORDER BY COUNT(*) DESC, window_code',
  );
  const windows = new Map<string, string[]>();
  for (const { department, window } of rows) {
    windows.set(department, [...(windows.get(department) ?? []), window]);
  }
  return windows;
}
