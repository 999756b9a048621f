/**
 * What a change of modes would do to some items, as a pure function of their stored states. A direct change, a
 * preview, a proposal and its application on its day all ask here, so that they cannot disagree.
 */
import { type HandlingMode, handlingModes } from '../catalog/item-enums';
import type { ItemWrite } from '../catalog/item.store';
import {
  canonical,
  draftFaults,
  draftOf,
  type ItemDraft,
  type ItemState,
  saysTheSame,
} from '../catalog/item-state';
import type { UserError } from '../lib/user-error';
import type { ClassificationFields } from './classification-fields';
import { breaches } from './rules';
import { mistake, reasonMistakes } from './mistakes';

/** The most items that one call may change. */
export const mostItems = 2_000;

/** An item to be changed, and the version that its editor saw; null means whatever version is stored. */
export interface ItemVersionWanted {
  readonly code: string;
  readonly version: number | null;
}

/** A change of modes, the same for all its items. */
export interface Classification {
  readonly items: readonly ItemVersionWanted[];
  readonly add: readonly HandlingMode[];
  readonly remove: readonly HandlingMode[];
  readonly set: ClassificationFields;
  readonly reason: string;
}

/** What a plan is made from. */
export interface Stored {
  readonly items: ReadonlyMap<string, ItemState>;
  /** The domain of a window. */
  readonly domainOf: ReadonlyMap<string, string>;
  readonly outlets: ReadonlySet<string>;
  readonly kiosks: ReadonlySet<string>;
}

export interface Plan {
  /** The writes that the change comes to; items that already are as wanted are not among them. */
  readonly writes: readonly ItemWrite[];
  /** How many more published items would carry each mode. */
  readonly difference: Readonly<Record<HandlingMode, number>>;
  /** Every mistake; with any, nothing may be written. */
  readonly mistakes: readonly UserError[];
}

/** Plans a change. `mayChange` says whether the caller has the right to change items of a domain. */
export function planClassification(
  wanted: Classification,
  stored: Stored,
  mayChange: (domain: string) => boolean,
): Plan {
  const mistakes = [...requestMistakes(wanted), ...placeMistakes(wanted.set, stored)];
  const writes: ItemWrite[] = [];
  const difference = Object.fromEntries(handlingModes.map((mode) => [mode, 0])) as Record<
    HandlingMode,
    number
  >;
  for (const [index, { code, version }] of wanted.items.entries()) {
    const path = ['items', String(index)];
    const state = stored.items.get(code);
    const refusal = state ? stateMistake(state, version, path) : notFound(code, path);
    if (refusal || !state) {
      if (refusal) mistakes.push(refusal);
      continue;
    }
    if (!mayChange(stored.domainOf.get(state.window) ?? '')) {
      mistakes.push(
        mistake('FORBIDDEN', `无权修改事项“${state.name}”：不属于您负责的领域`, [...path, 'code']),
      );
      continue;
    }
    const draft = applied(wanted, state);
    mistakes.push(...draftMistakes(draft, path));
    if (saysTheSame(draft, state)) continue;
    writes.push({ draft, version: state.version });
    if (state.status !== 'PUBLISHED') continue;
    for (const mode of state.modes) difference[mode]--;
    for (const mode of draft.modes) difference[mode]++;
  }
  return { writes, difference, mistakes };
}

/** What is wrong with a request whatever is stored. */
function requestMistakes({ items, add, remove, set, reason }: Classification): UserError[] {
  const mistakes: UserError[] = [];
  const invalid = (message: string, ...path: string[]) => mistakes.push(mistake('INVALID', message, path));
  if (items.length === 0) invalid('没有要修改的事项', 'items');
  if (items.length > mostItems) invalid(`一次最多修改${mostItems}个事项，现有${items.length}个`, 'items');
  mistakes.push(...reasonMistakes(reason, ['reason']));
  const nothingSet = Object.values(set).every((value) => value === null || value === undefined);
  if (add.length === 0 && remove.length === 0 && nothingSet) invalid('没有要增加、取消或设置的内容', 'add');
  for (const [index, mode] of remove.entries()) {
    if (add.includes(mode)) invalid(`“${mode}”不能同时增加和取消`, 'remove', String(index));
  }
  const seen = new Set<string>();
  for (const [index, { code }] of items.entries()) {
    if (seen.has(code)) invalid(`事项编码${code}重复`, 'items', String(index), 'code');
    seen.add(code);
  }
  return mistakes;
}

function placeMistakes({ outlets, kiosks }: ClassificationFields, stored: Stored): UserError[] {
  const unknown = (field: 'outlets' | 'kiosks', name: string, codes: readonly string[]) =>
    codes.flatMap((code, index) =>
      stored[field].has(code)
        ? []
        : [mistake('NOT_FOUND', `没有编码为${code}的${name}`, ['set', field, String(index)])],
    );
  return [...unknown('outlets', '网点', outlets ?? []), ...unknown('kiosks', '自助终端', kiosks ?? [])];
}

function notFound(code: string, path: readonly string[]): UserError {
  return mistake('NOT_FOUND', `没有编码为${code}的事项`, [...path, 'code']);
}

function stateMistake(state: ItemState, version: number | null, path: readonly string[]): UserError | null {
  if (version !== null && version !== state.version) {
    const message = `事项“${state.name}”已被他人修改：现为第${state.version}版，您看到的是第${version}版`;
    return mistake('STALE_VERSION', message, [...path, 'version']);
  }
  if (state.status === 'RETIRED') return mistake('CONFLICT', `事项“${state.name}”已取消`, [...path, 'code']);
  return null;
}

function applied({ add, remove, set }: Classification, state: ItemState): ItemDraft {
  return canonical({
    ...draftOf(state),
    modes: [...state.modes.filter((mode) => !remove.includes(mode)), ...add],
    promisedWorkingDays: set.promisedWorkingDays ?? state.promisedWorkingDays,
    onSiteVisits: set.onSiteVisits ?? state.onSiteVisits,
    onlineUrl: set.onlineUrl ?? state.onlineUrl,
    outlets: set.outlets ?? state.outlets,
    kiosks: set.kiosks ?? state.kiosks,
  });
}

function draftMistakes(draft: ItemDraft, path: readonly string[]): UserError[] {
  const malformed = draftFaults(draft).map(({ field }) =>
    mistake('INVALID', `事项“${draft.name}”的${field}不符合要求`, ['set', field]),
  );
  if (malformed.length > 0) return malformed;
  return breaches(draft)
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ message, rule }) =>
      mistake('RULE_VIOLATED', `事项“${draft.name}”：${message}`, [...path, 'code'], rule),
    );
}
