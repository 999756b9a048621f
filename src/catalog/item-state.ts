/** An item as a plain value: what a writer hands in, and what the log keeps. */
import { isDeepStrictEqual } from 'node:util';
import { guideFaults, guideOf, type ItemGuide } from './guide';
import { ServiceItem } from './item';
import { parseItemCode } from './item-code';
import {
  audiences,
  type Audience,
  type HandlingMode,
  handlingModes,
  itemKinds,
  itemStatuses,
  type ServiceItemKind,
  type ServiceItemStatus,
} from './item-enums';

/** Everything about an item that a writer decides. */
export interface ItemDraft extends ItemGuide {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
  readonly kind: ServiceItemKind;
  readonly status: ServiceItemStatus;
  readonly audiences: readonly Audience[];
  readonly window: string;
  readonly department: string;
  readonly modes: readonly HandlingMode[];
  readonly legalWorkingDays: number | null;
  readonly promisedWorkingDays: number;
  readonly onSiteVisits: number;
  readonly fee: string | null;
  readonly onlineUrl: string | null;
  /** Codes of the outlets that handle it, ascending. */
  readonly outlets: readonly string[];
  /** Codes of the kiosks that handle it, ascending. */
  readonly kiosks: readonly string[];
}

/** A stored item, as the log keeps it. */
export interface ItemState extends ItemDraft {
  readonly version: number;
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly updatedAt: string;
}

/** What is wrong with a field of a draft, for clerks. */
export interface DraftFault {
  /** The path of the value at fault, e.g. name or materials.3.name. */
  readonly field: string;
  readonly message: string;
}

/** What a writer decides of a stored item. */
export function draftOf({
  version: _version,
  revision: _revision,
  updatedAt: _at,
  ...draft
}: ItemState): ItemDraft {
  return draft;
}

/** Lists in the order in which they are stored and compared: enum values as declared, codes ascending. */
export function canonical(draft: ItemDraft): ItemDraft {
  return {
    ...draft,
    ...guideOf(draft),
    audiences: audiences.filter((audience) => draft.audiences.includes(audience)),
    modes: handlingModes.filter((mode) => draft.modes.includes(mode)),
    outlets: [...new Set(draft.outlets)].sort(),
    kiosks: [...new Set(draft.kiosks)].sort(),
  };
}

/** Whether a draft says just what is stored already; both canonical. */
export function saysTheSame(draft: ItemDraft, state: ItemState): boolean {
  return (Object.keys(draft) as (keyof ItemDraft)[]).every((field) =>
    isDeepStrictEqual(draft[field], state[field]),
  );
}

/** Every fault of a draft taken by itself; whether the codes in it exist is the database's to say. */
export function draftFaults(draft: ItemDraft): DraftFault[] {
  const faults: DraftFault[] = [];
  const expect = (field: keyof ItemDraft, holds: boolean, message: string) => {
    if (!holds) faults.push({ field, message });
  };
  const text = (field: 'name' | 'summary' | 'fee' | 'onlineUrl', longest: number) => {
    const value = draft[field];
    if (value === null) return;
    expect(field, value.trim() === value && value !== '', '不能为空，首尾不能有空格');
    expect(field, [...value].length <= longest, `不得超过${longest}个字`);
  };
  const whole = (field: 'legalWorkingDays' | 'promisedWorkingDays' | 'onSiteVisits', most: number) => {
    const value = draft[field];
    if (value === null) return;
    const fits = Number.isInteger(value) && value >= 0 && value <= most;
    expect(field, fits, `为${value}，须为0至${most}的整数`);
  };
  const parts = parseItemCode(draft.code);
  if ('reason' in parts) expect('code', false, `有误（${parts.part} ${parts.reason}）`);
  text('name', 200);
  text('summary', 500);
  text('fee', 200);
  text('onlineUrl', 500);
  expect(
    'onlineUrl',
    draft.onlineUrl === null || /^https:\/\/\S+$/.test(draft.onlineUrl),
    '须以 https:// 开头',
  );
  expect('kind', itemKinds.includes(draft.kind), `不认识：${draft.kind}`);
  expect('status', itemStatuses.includes(draft.status), `不认识：${draft.status}`);
  expect('audiences', draft.audiences.length > 0, '至少要有一个');
  for (const audience of draft.audiences)
    expect('audiences', audiences.includes(audience), `有不认识的值${audience}`);
  for (const mode of draft.modes) expect('modes', handlingModes.includes(mode), `有不认识的值${mode}`);
  whole('legalWorkingDays', 1000);
  whole('promisedWorkingDays', 1000);
  whole('onSiteVisits', 20);
  return [...faults, ...guideFaults(draft)];
}

/** The item that a state of the log describes. */
export function itemFromState(state: ItemState): ServiceItem {
  const item = new ServiceItem();
  item.code = state.code;
  item.name = state.name;
  item.summary = state.summary;
  item.kind = state.kind;
  item.status = state.status;
  item.audiences = [...state.audiences];
  item.windowCode = state.window;
  item.departmentCode = state.department;
  item.modes = [...state.modes];
  item.version = state.version;
  item.revision = state.revision;
  item.updatedAt = new Date(state.updatedAt);
  item.legalWorkingDays = state.legalWorkingDays;
  item.promisedWorkingDays = state.promisedWorkingDays;
  item.onSiteVisits = state.onSiteVisits;
  item.fee = state.fee;
  item.onlineUrl = state.onlineUrl;
  return item;
}
