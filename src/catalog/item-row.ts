/** The list row of an item: plain columns of one table, turned into an item without an entity's weight. */
import { ServiceItem } from './item';
import type { Audience, HandlingMode, ServiceItemKind, ServiceItemStatus } from './item-enums';

/** A row as the driver gives it: SET columns are text with commas. */
export interface ItemRow {
  code: string;
  name: string;
  summary: string;
  kind: ServiceItemKind;
  status: ServiceItemStatus;
  audiences: string;
  windowCode: string;
  departmentCode: string;
  modes: string;
  version: number;
  revision: number;
  updatedAt: Date;
  legalWorkingDays: number | null;
  promisedWorkingDays: number;
  onSiteVisits: number;
  fee: string | null;
  onlineUrl: string | null;
}

/** What a SELECT must list to give {@link ItemRow}s, from `service_item` under the alias `i`. */
export const itemRowColumns = [
  'i.code',
  'i.name',
  'i.summary',
  'i.kind',
  'i.status',
  'i.audiences',
  'i.window_code AS windowCode',
  'i.department_code AS departmentCode',
  'i.modes',
  'i.version',
  'i.revision',
  'i.updated_at AS updatedAt',
  'i.legal_working_days AS legalWorkingDays',
  'i.promised_working_days AS promisedWorkingDays',
  'i.on_site_visits AS onSiteVisits',
  'i.fee',
  'i.online_url AS onlineUrl',
].join(', ');

/** The values of a SET column. */
export function setMembers<T extends string>(text: string): T[] {
  return text === '' ? [] : (text.split(',') as T[]);
}

/** The item that a row holds. */
export function itemFromRow(row: ItemRow): ServiceItem {
  return Object.assign(new ServiceItem(), row, {
    audiences: setMembers<Audience>(row.audiences),
    modes: setMembers<HandlingMode>(row.modes),
  });
}
