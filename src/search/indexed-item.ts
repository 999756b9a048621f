/** What the index knows of an item: all that lists are filtered, counted and ordered by, and nothing else. */
import type { Audience, HandlingMode, ServiceItemKind, ServiceItemStatus } from '../catalog/item-enums';
import { type ItemRow, setMembers } from '../catalog/item-row';
import type { ItemState } from '../catalog/item-state';
import { nameKey } from './pinyin';

export interface IndexedItem {
  readonly code: string;
  readonly name: string;
  /** See {@link nameKey}. */
  readonly nameKey: string;
  readonly kind: ServiceItemKind;
  readonly status: ServiceItemStatus;
  readonly audiences: readonly Audience[];
  readonly window: string;
  readonly department: string;
  readonly modes: readonly HandlingMode[];
  /** Codes of the outlets that handle it, ascending. */
  readonly outlets: readonly string[];
  /** Codes of the kiosks that handle it, ascending. */
  readonly kiosks: readonly string[];
  readonly promisedWorkingDays: number;
  readonly onSiteVisits: number;
  readonly free: boolean;
  /** The revision of its last change; later revisions are later in time too. */
  readonly revision: number;
}

/** The columns that {@link indexedFromRow} needs, from `service_item` under the alias `i`. */
export const indexedColumns = [
  'i.code',
  'i.name',
  'i.kind',
  'i.status',
  'i.audiences',
  'i.window_code AS windowCode',
  'i.department_code AS departmentCode',
  'i.modes',
  'i.promised_working_days AS promisedWorkingDays',
  'i.on_site_visits AS onSiteVisits',
  'i.fee',
  'i.revision',
].join(', ');

export type IndexedRow = Omit<ItemRow, 'summary' | 'version' | 'updatedAt' | 'onlineUrl'>;

export function indexedFromRow(
  row: IndexedRow,
  places: Pick<IndexedItem, 'outlets' | 'kiosks'>,
): IndexedItem {
  return {
    code: row.code,
    name: row.name,
    nameKey: nameKey(row.name),
    kind: row.kind,
    status: row.status,
    audiences: setMembers(row.audiences),
    window: row.windowCode,
    department: row.departmentCode,
    modes: setMembers(row.modes),
    ...places,
    promisedWorkingDays: row.promisedWorkingDays,
    onSiteVisits: row.onSiteVisits,
    free: row.fee === null,
    revision: row.revision,
  };
}

/** From a state of the log; `previous`, the same item before, saves reading an unchanged name again. */
export function indexedFromState(state: ItemState, previous: IndexedItem | undefined): IndexedItem {
  return {
    code: state.code,
    name: state.name,
    nameKey: previous?.name === state.name ? previous.nameKey : nameKey(state.name),
    kind: state.kind,
    status: state.status,
    audiences: state.audiences,
    window: state.window,
    department: state.department,
    modes: state.modes,
    outlets: state.outlets,
    kiosks: state.kiosks,
    promisedWorkingDays: state.promisedWorkingDays,
    onSiteVisits: state.onSiteVisits,
    free: state.fee === null,
    revision: state.revision,
  };
}
