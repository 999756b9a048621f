/** Creates, replaces and retires items, one a call, never past the rights of the caller. */
import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '../access/caller';
import { mayPerform, type Operation } from '../access/policy';
import { canonical, draftOf, type ItemDraft } from '../catalog/item-state';
import { readItemStates } from '../catalog/item.store';
import type { UserError } from '../lib/user-error';
import {
  besideInput,
  type Committed,
  edit,
  type EditPaths,
  insideInput,
  nameMistakes,
  referenceMistakes,
  refuse,
} from './editing';
import { writeItems } from './item.service';
import { mistake, type WriteResult } from './mistakes';

/** Who edits, by which operation, and why. */
export interface EditOrigin {
  readonly caller: Caller;
  readonly operation: Operation;
  readonly reason: string;
}

export interface ItemEditingSettings {
  readonly dataSource: DataSource;
  readonly committed: Committed;
  /** Whether modes come in force only by review or by an administrator. */
  readonly reviewed: boolean;
}

export class ItemEditing {
  constructor(private readonly settings: ItemEditingSettings) {}

  /** Makes a new item, published at once. */
  async create(origin: EditOrigin, draft: Omit<ItemDraft, 'status'>): Promise<WriteResult> {
    return this.put(origin, null, () => ({ ...draft, status: 'PUBLISHED' }));
  }

  /** Replaces every field of an item but its status. */
  async update(origin: EditOrigin, draft: Omit<ItemDraft, 'status'>, version: number): Promise<WriteResult> {
    return this.put(origin, { code: draft.code, version }, (stored) => ({
      ...draft,
      status: stored?.status ?? 'PUBLISHED',
    }));
  }

  /** Replaces the names that citizens search an item by. */
  async setAliases(
    origin: EditOrigin,
    code: string,
    aliases: readonly string[],
    version: number,
  ): Promise<WriteResult> {
    const paths = { root: [], version: ['version'], reason: ['reason'] };
    return this.put(origin, { code, version }, (stored) => stored && { ...stored, aliases }, paths);
  }

  /** Takes an item out of the catalog; it stays in history. */
  async retire(origin: EditOrigin, code: string, version: number): Promise<WriteResult> {
    return this.put(
      origin,
      { code, version },
      (stored) => stored && { ...stored, status: 'RETIRED' },
      insideInput,
    );
  }

  /** `wanted` makes the item from the stored one; what it gives back for none is written anew. */
  private async put(
    origin: EditOrigin,
    seen: { readonly code: string; readonly version: number } | null,
    wanted: (stored: ItemDraft | null) => ItemDraft | null,
    paths: EditPaths = besideInput,
  ): Promise<WriteResult> {
    const { dataSource, committed } = this.settings;
    const at = (...field: string[]) => [...paths.root, ...field];
    return edit(dataSource, committed, origin, paths, async (open) => {
      const { manager } = open;
      const stored = seen && (await readItemStates(manager, [seen.code])).get(seen.code);
      const draft = wanted(stored ? draftOf(stored) : null);
      refuse(seen && !stored ? [mistake('NOT_FOUND', `没有编码为${seen.code}的事项`, at('code'))] : []);
      if (!draft) return;
      refuse(
        stored?.status === 'RETIRED' ? [mistake('CONFLICT', `事项“${stored.name}”已取消`, at('code'))] : [],
      );
      refuse(await this.rightMistakes(manager, origin, draft, stored ?? null));
      refuse(await draftMistakes(manager, draft));
      await writeItems(open, [{ draft, version: seen?.version ?? null }]);
    });
  }

  /** The caller must have the right where the item is and where it shall be, and to change its modes if he does. */
  private async rightMistakes(
    manager: EntityManager,
    { caller, operation }: EditOrigin,
    draft: ItemDraft,
    stored: ItemDraft | null,
  ): Promise<UserError[]> {
    const windows = [draft.window, ...(stored ? [stored.window] : [])];
    const rows = await manager.query<{ domain: string }[]>(
      'SELECT DISTINCT domain_code AS domain FROM service_window WHERE code IN (?)',
      [windows],
    );
    const foreign = rows.filter(({ domain }) => !mayPerform(operation, caller, domain));
    if (foreign.length > 0) {
      return [
        mistake('FORBIDDEN', `领域${foreign.map(({ domain }) => domain).join('、')}不归您负责`, [
          'input',
          'window',
        ]),
      ];
    }
    const modes = canonical(draft).modes.join();
    if (!this.settings.reviewed || modes === (stored?.modes ?? []).join()) return [];
    if (mayPerform('Mutation.classifyItems', caller)) return [];
    return [mistake('FORBIDDEN', '五办的变更须经审核，请使用 proposeClassification', ['input', 'modes'])];
  }
}

async function draftMistakes(manager: EntityManager, draft: ItemDraft): Promise<UserError[]> {
  const places = (table: string, field: 'outlets' | 'kiosks') =>
    draft[field].map((code, i) => ({ table, code, path: ['input', field, String(i)] }));
  return [
    ...(await referenceMistakes(manager, [
      { table: 'service_window', code: draft.window, path: ['input', 'window'] },
      { table: 'department', code: draft.department, path: ['input', 'department'] },
      ...places('outlet', 'outlets'),
      ...places('kiosk', 'kiosks'),
    ])),
    ...(await nameMistakes(manager, 'service_item', draft, ['input', 'name'])),
  ];
}
