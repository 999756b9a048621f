/**
 * Compares the rows of a file with the catalog: what is new, what changes, what stays, and what cannot be. Reads
 * only; the writes that it plans carry the versions that it saw.
 */
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller';
import { allows, commonRights } from '../access/policy';
import { type handlingModes } from '../catalog/item-enums';
import { canonical, draftOf, type ItemDraft, type ItemState, saysTheSame } from '../catalog/item-state';
import { type ItemWrite, readItemStates } from '../catalog/item.store';
import { writeFaults } from '../classification/item.service';
import { faultAt, type ImportedItem, type ImportFault, Listing } from './import-report';
import { emptyColumns, type ImportRow, type ImportSheet } from './import-rows';
import {
  type ColumnKey,
  givenFields,
  givenModes,
  headerOfField,
  itemColumns,
  modeNames,
  type RowValues,
} from './item.columns';
import { NewItems } from './new-items';
import type { Places } from './places';

/** What an import may do. */
export interface ImportRights {
  readonly caller: Caller;
  /** Codes of the domains that it is restricted to; none: no restriction but the caller's own. */
  readonly domains: readonly string[];
  /** Whether modes may change here, without the review that a change of modes otherwise takes. */
  readonly mayChangeModes: boolean;
}

/** What an import would do. */
export interface ImportPlan {
  readonly writes: readonly ItemWrite[];
  readonly created: Listing<ImportedItem>;
  readonly changed: Listing<ImportedItem>;
  readonly unchanged: number;
  /** With any, nothing may be written. */
  readonly faults: Listing<ImportFault>;
}

const rowsAtOnce = 500;

/** Plans an import within the caller's transaction; adds what is wrong to `faults`. */
export async function planImport(
  manager: EntityManager,
  sheet: ImportSheet,
  rights: ImportRights,
  places: Places,
  faults: Listing<ImportFault>,
): Promise<ImportPlan> {
  const holders = await holdersOfNames(manager, sheet.rows);
  const targets = new Set<string>();
  for (const { values } of sheet.rows) {
    const code = values.code ?? holders.get(values.name ?? '');
    if (code !== undefined) targets.add(code);
  }
  const newItems = new NewItems(manager, places, rights.domains, targets);
  const planner = new Planner(sheet, rights, places, holders, targets, newItems, faults);
  for (let from = 0; from < sheet.rows.length; from += rowsAtOnce) {
    const rows = sheet.rows.slice(from, from + rowsAtOnce);
    const codes = rows.flatMap(({ values }) => values.code ?? holders.get(values.name ?? '') ?? []);
    const states = await readItemStates(manager, [...new Set(codes)]);
    for (const row of rows) await planner.add(row, states);
  }
  return planner;
}

/** Which stored items have the names of the file. */
async function holdersOfNames(
  manager: EntityManager,
  rows: readonly ImportRow[],
): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const names = rows.slice(from, from + rowsAtOnce).map(({ values }) => values.name);
    const found = await manager.query<{ name: string; code: string }[]>(
      'SELECT name, code FROM service_item WHERE name IN (?)',
      [names],
    );
    for (const { name, code } of found) holders.set(name, code);
  }
  return holders;
}

class Planner implements ImportPlan {
  readonly writes: ItemWrite[] = [];
  readonly created = new Listing<ImportedItem>();
  readonly changed = new Listing<ImportedItem>();
  unchanged = 0;
  private readonly rowOfCode = new Map<string, number>();
  private readonly rowOfName = new Map<string, number>();

  constructor(
    private readonly sheet: ImportSheet,
    private readonly rights: ImportRights,
    private readonly places: Places,
    private readonly holders: ReadonlyMap<string, string>,
    private readonly targets: ReadonlySet<string>,
    private readonly newItems: NewItems,
    readonly faults: Listing<ImportFault>,
  ) {}

  async add(row: ImportRow, states: ReadonlyMap<string, ItemState>): Promise<void> {
    const code = row.values.code ?? this.holders.get(row.values.name ?? '');
    const stored = code === undefined ? undefined : states.get(code);
    const draft = stored ? changedDraft(stored, row.values) : await this.newDraft(row);
    if (!draft) return;
    const before = this.faults.count;
    this.checkIdentity(row, draft);
    this.checkRights(row, draft, stored);
    if (stored) {
      for (const { key, header } of emptyColumns(this.sheet, row)) this.fault(row, key, '不能清空', header);
      if (saysTheSame(draft, stored)) {
        this.unchanged++;
        return;
      }
    }
    const write = { draft, version: stored?.version ?? null };
    for (const { field, message, rule } of writeFaults([write])) {
      this.fault(row, field as ColumnKey, rule === null ? message : `${message}（规则 ${rule}）`);
    }
    if (this.faults.count > before) return;
    this.writes.push(write);
    const item = { row: row.row, code: draft.code, name: draft.name };
    if (stored) this.changed.add({ ...item, columns: changedHeaders(draft, stored) });
    else this.created.add({ ...item, columns: this.defaultHeaders(row) });
  }

  private async newDraft(row: ImportRow): Promise<ItemDraft | null> {
    const draft = await this.newItems.draft(row.values, (key, message) => this.fault(row, key, message));
    return draft && canonical(draft);
  }

  private checkIdentity(row: ImportRow, { code, name }: ItemDraft): void {
    const sameCode = this.rowOfCode.get(code);
    const sameName = this.rowOfName.get(name);
    this.rowOfCode.set(code, sameCode ?? row.row);
    this.rowOfName.set(name, sameName ?? row.row);
    const holder = this.holders.get(name);
    if (sameCode !== undefined) this.fault(row, 'code', `与第 ${sameCode} 行是同一事项`);
    else if (sameName !== undefined) this.fault(row, 'name', `与第 ${sameName} 行同名`);
    else if (holder !== undefined && holder !== code && !this.targets.has(holder)) {
      this.fault(row, 'name', `目录中的事项 ${holder} 已用此名称`);
    }
  }

  private checkRights(row: ImportRow, draft: ItemDraft, stored: ItemState | undefined): void {
    const domainOf = (item: ItemDraft) => this.places.windows.get(item.window)?.domain ?? '';
    const { domains, caller, mayChangeModes } = this.rights;
    const said = row.values.domain;
    if (said && said !== domainOf(draft)) {
      this.fault(row, 'domain', `与窗口不符：该窗口属于领域 ${domainOf(draft)}`);
    }
    for (const domain of new Set([domainOf(draft), ...(stored ? [domainOf(stored)] : [])])) {
      if (domains.length > 0 && !domains.includes(domain)) {
        this.fault(row, 'window', `属于领域 ${domain}，而本次只导入领域 ${domains.join('、')}`);
      } else if (!allows(commonRights.editing, caller, domain)) {
        this.fault(row, 'window', `${caller.name} 无权修改领域 ${domain} 的事项`);
      }
    }
    if (!mayChangeModes && draft.modes.join() !== (stored?.modes ?? []).join()) {
      this.fault(row, 'modes', '五办的变更须经审核，不能由导入直接写入');
    }
  }

  private defaultHeaders({ values }: ImportRow): string[] {
    return itemColumns
      .filter(({ key }) => key !== 'domain' && !(key in modeNames) && values[key] === undefined)
      .map(({ header }) => header);
  }

  private fault({ row }: ImportRow, key: ColumnKey | 'modes', message: string, header?: string): void {
    const column = key === 'modes' ? undefined : this.sheet.columns.get(key);
    this.faults.add(faultAt(row, column ?? null, header ?? headerOfField(key), message));
  }
}

/** A stored item with what a row says of it. */
function changedDraft(stored: ItemState, values: RowValues): ItemDraft {
  return canonical({ ...draftOf(stored), ...givenFields(values), modes: givenModes(values, stored.modes) });
}

function changedHeaders(draft: ItemDraft, stored: ItemState): string[] {
  const fields = itemColumns.filter(({ key }) => {
    if (key === 'domain') return false;
    if (isMode(key)) return draft.modes.includes(key) !== stored.modes.includes(key);
    return !isDeepStrictEqual(draft[key], stored[key]);
  });
  return fields.map(({ header }) => header);
}

function isMode(key: ColumnKey): key is (typeof handlingModes)[number] {
  return key in modeNames;
}
