/** A result set: the items of a snapshot that meet some conditions, with counts and pages of it. */
import { BitSet } from '../lib/bit-set';
import type { IndexedItem } from './indexed-item';
import type { IndexedOrder, OrderDirection } from './item-order';
import type { Dimension, Snapshot } from './snapshot';

/** A condition that an item meets if its slot is in the set. */
export interface Condition {
  /** What it filters by; null for a condition that no facet lifts. */
  readonly dimension: Dimension | null;
  readonly set: BitSet;
}

/** Which part of an ordered result is wanted. */
export interface PageBounds {
  /** The code of the item that the page begins behind. */
  readonly after: string | null;
  /** The code of the item that the page ends before. */
  readonly before: string | null;
  readonly size: number;
  /** Whether the size counts from the end. */
  readonly fromEnd: boolean;
}

export interface Page {
  readonly items: readonly IndexedItem[];
  /** Whether the result has an item before the page's place. */
  readonly hasPrevious: boolean;
  /** Whether the result has an item behind the page's place. */
  readonly hasNext: boolean;
}

export class Selection {
  private all: BitSet | null = null;

  constructor(
    readonly snapshot: Snapshot,
    private readonly conditions: readonly Condition[],
  ) {}

  /** How many items there are. */
  get count(): number {
    return this.matches.count();
  }

  /** How many of the items have each value, the selection's own condition on that dimension in force. */
  countWithin(dimension: Dimension, values: readonly string[]): Map<string, number> {
    return countEach(this.snapshot, this.matches, dimension, values);
  }

  /** How many items have each value if the selection's own conditions on that dimension are lifted. */
  countLifted(dimension: Dimension, values: readonly string[]): Map<string, number> {
    const lifted = this.conditions.some((condition) => condition.dimension === dimension)
      ? intersection(
          this.snapshot,
          this.conditions.filter((condition) => condition.dimension !== dimension),
        )
      : this.matches;
    return countEach(this.snapshot, lifted, dimension, values);
  }

  /** One page in an order. */
  page(order: IndexedOrder, direction: OrderDirection, bounds: PageBounds): Page {
    const slots = this.snapshot.ordered(order);
    const total = slots.length;
    const { matches, snapshot } = this;
    // Places count along the direction of reading.
    const slotAt = (place: number) => slots[direction === 'ASC' ? place : total - 1 - place] ?? 0;
    const placeOf = (code: string) => {
      const position = snapshot.position(order, code);
      return direction === 'ASC' ? position : total - 1 - position;
    };
    const start = bounds.after === null ? 0 : placeOf(bounds.after) + 1;
    const end = bounds.before === null ? total : Math.max(start, placeOf(bounds.before));
    const step = bounds.fromEnd ? -1 : 1;
    const first = bounds.fromEnd ? end - 1 : start;
    const found: number[] = [];
    for (let place = first; found.length < bounds.size && place >= start && place < end; place += step) {
      if (matches.has(slotAt(place))) found.push(place);
    }
    if (bounds.fromEnd) found.reverse();
    const nowhere = bounds.fromEnd ? end : start;
    const low = found[0] ?? nowhere;
    const high = (found.at(-1) ?? nowhere - 1) + 1;
    const anyMatch = (from: number, to: number) => {
      for (let place = from; place < to; place++) if (matches.has(slotAt(place))) return true;
      return false;
    };
    return {
      items: found.flatMap((place) => snapshot.item(slotAt(place)) ?? []),
      hasPrevious: anyMatch(0, low),
      hasNext: anyMatch(high, total),
    };
  }

  private get matches(): BitSet {
    this.all ??= intersection(this.snapshot, this.conditions);
    return this.all;
  }
}

function intersection(snapshot: Snapshot, conditions: readonly Condition[]): BitSet {
  const [first, ...rest] = conditions;
  if (!first) return BitSet.full(snapshot.size);
  const result = first.set.clone();
  for (const { set } of rest) result.intersect(set);
  return result;
}

function countEach(
  snapshot: Snapshot,
  matches: BitSet,
  dimension: Dimension,
  values: readonly string[],
): Map<string, number> {
  return new Map(values.map((value) => [value, matches.countShared(snapshot.having(dimension, value))]));
}

/** The items that the public sees: all, or those that have one value. */
export function publishedItems(
  snapshot: Snapshot,
  only?: { readonly dimension: Dimension; readonly value: string },
): Selection {
  const conditions: Condition[] = [{ dimension: null, set: snapshot.having('status', 'PUBLISHED') }];
  if (only) conditions.push({ dimension: null, set: snapshot.having(only.dimension, only.value) });
  return new Selection(snapshot, conditions);
}
