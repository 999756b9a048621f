/** What a list of items can be filtered by, and how a filter becomes conditions on the index. */
import { Field, InputType, Int } from 'type-graphql';
import type { Caller } from '../access/caller';
import { requireRight } from '../access/policy';
import { refuseUnknownCodes } from '../catalog/code-list';
import type { Directory } from '../catalog/directory';
import {
  type Audience,
  AudienceEnum,
  type HandlingMode,
  HandlingModeEnum,
  type ServiceItemKind,
  ServiceItemKindEnum,
  type ServiceItemStatus,
  ServiceItemStatusEnum,
} from '../catalog/item-enums';
import { BitSet } from '../lib/bit-set';
import { badUserInput } from '../lib/errors';
import type { IndexedItem } from './indexed-item';
import type { Condition } from './selection';
import type { Dimension, Snapshot } from './snapshot';

@InputType({
  description: 'Which modes an item must and must not carry. An empty list is no condition.',
})
export class HandlingModeFilter {
  @Field(() => [HandlingModeEnum], { nullable: true, description: 'It carries every one of these.' })
  all?: HandlingMode[] | null;

  @Field(() => [HandlingModeEnum], { nullable: true, description: 'It carries at least one of these.' })
  any?: HandlingMode[] | null;

  @Field(() => [HandlingModeEnum], { nullable: true, description: 'It carries none of these.' })
  none?: HandlingMode[] | null;
}

@InputType({
  description:
    'Fields are ANDed; the codes within one field are ORed. An unknown code, or one of something retired, is BAD_USER_INPUT naming it. null and an empty list are no condition. A list of codes has at most 100 entries.',
})
export class ServiceItemFilter {
  @Field(() => [String], { nullable: true, description: 'Codes of domains.' })
  domain?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of windows.' })
  window?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of departments.' })
  department?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of outlets, of which one at least handles it.',
  })
  outlet?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of life events, of which one at least calls for it.',
  })
  lifeEvent?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of kiosks, of which one at least handles it.',
  })
  kiosk?: string[] | null;

  @Field(() => HandlingModeFilter, { nullable: true, description: 'Modes that it must and must not carry.' })
  modes?: HandlingModeFilter | null;

  @Field(() => [ServiceItemKindEnum], { nullable: true, description: 'Kinds of matter.' })
  kind?: ServiceItemKind[] | null;

  @Field(() => [AudienceEnum], { nullable: true, description: 'It serves at least one of these.' })
  audience?: Audience[] | null;

  @Field(() => [ServiceItemStatusEnum], {
    nullable: true,
    description: 'Default: [PUBLISHED]; the others are for staff (FORBIDDEN otherwise).',
  })
  status?: ServiceItemStatus[] | null;

  @Field(() => Int, { nullable: true, description: 'At most so many promised working days; 0 or more.' })
  maxPromisedWorkingDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'At most so many on-site visits; 0 or more.' })
  maxOnSiteVisits?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'true: free of charge; false: with a fee.' })
  free?: boolean | null;
}

/**
 * The conditions that a filter puts on the items of a snapshot. Throws BAD_USER_INPUT or FORBIDDEN with the path of
 * the argument at fault.
 */
export function filterConditions(
  snapshot: Snapshot,
  filter: ServiceItemFilter,
  caller: Caller | null,
): Condition[] {
  refuseUnknown(snapshot.directory, filter);
  const statuses = filter.status?.length ? filter.status : (['PUBLISHED'] as const);
  refuseHiddenStatus(statuses, caller);
  return [
    ...oneOf(snapshot, 'status', statuses),
    ...oneOf(snapshot, 'domain', filter.domain),
    ...oneOf(snapshot, 'window', filter.window),
    ...oneOf(snapshot, 'department', filter.department),
    ...calledFor(snapshot, filter.lifeEvent ?? []),
    ...oneOf(snapshot, 'outlet', filter.outlet),
    ...oneOf(snapshot, 'kiosk', filter.kiosk),
    ...oneOf(snapshot, 'kind', filter.kind),
    ...oneOf(snapshot, 'audience', filter.audience),
    ...oneOf(snapshot, 'free', typeof filter.free === 'boolean' ? [String(filter.free)] : null),
    ...modeConditions(snapshot, filter.modes ?? {}),
    ...atMost(snapshot, 'maxPromisedWorkingDays', filter, (item) => item.promisedWorkingDays),
    ...atMost(snapshot, 'maxOnSiteVisits', filter, (item) => item.onSiteVisits),
  ];
}

function refuseUnknown(directory: Directory, filter: ServiceItemFilter): void {
  for (const name of ['domain', 'window', 'department', 'lifeEvent', 'outlet', 'kiosk'] as const) {
    refuseUnknownCodes(['filter', name], filter[name] ?? [], (code) => {
      const found = directory[name](code);
      return found !== undefined && !('retired' in found && found.retired);
    });
  }
}

function refuseHiddenStatus(statuses: readonly ServiceItemStatus[], caller: Caller | null): void {
  const hidden = statuses.findIndex((status) => status !== 'PUBLISHED');
  if (hidden >= 0) requireRight('Query.items(status:)', caller, ['filter', 'status', String(hidden)]);
}

function oneOf(
  snapshot: Snapshot,
  dimension: Dimension,
  values: readonly string[] | null | undefined,
): Condition[] {
  return values && values.length > 0 ? [{ dimension, set: union(snapshot, dimension, values) }] : [];
}

function calledFor(snapshot: Snapshot, events: readonly string[]): Condition[] {
  if (events.length === 0) return [];
  const codes = events.flatMap((event) => snapshot.directory.lifeEvent(event)?.itemCodes ?? []);
  return [{ dimension: null, set: snapshot.slotsOf(codes) }];
}

function modeConditions(snapshot: Snapshot, { all, any, none }: HandlingModeFilter): Condition[] {
  const conditions = (all ?? []).flatMap((mode) => oneOf(snapshot, 'mode', [mode]));
  conditions.push(...oneOf(snapshot, 'mode', any));
  for (const { dimension, set } of oneOf(snapshot, 'mode', none)) {
    conditions.push({ dimension, set: BitSet.full(snapshot.size).subtract(set) });
  }
  return conditions;
}

function atMost(
  snapshot: Snapshot,
  field: 'maxPromisedWorkingDays' | 'maxOnSiteVisits',
  filter: ServiceItemFilter,
  figure: (item: IndexedItem) => number,
): Condition[] {
  const most = filter[field];
  if (most === null || most === undefined) return [];
  if (most < 0) throw badUserInput(`${field} is ${most}, wanted 0 or more`, ['filter', field]);
  return [{ dimension: null, set: where(snapshot, (item) => figure(item) <= most) }];
}

function union(snapshot: Snapshot, dimension: Dimension, values: readonly string[]): BitSet {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return snapshot.having(dimension, only);
  const all = new BitSet();
  for (const value of values) all.unite(snapshot.having(dimension, value));
  return all;
}

function where(snapshot: Snapshot, test: (item: IndexedItem) => boolean): BitSet {
  const set = new BitSet();
  for (let slot = 0; slot < snapshot.size; slot++) {
    const item = snapshot.item(slot);
    if (item && test(item)) set.add(slot);
  }
  return set;
}
