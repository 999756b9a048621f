/**
 * The in-memory index: the whole catalog as of one revision, for filters, facets, orders and counts. A snapshot
 * never changes, so that a request which pinned one is never shown half of a change; `after` makes the next one and
 * shares with this one all that stays.
 *
 * An item has a slot, a small number that it keeps for ever. For each value that one can filter by there is a bit
 * set of slots, and for each order an array of slots.
 */
import { type Directory } from '../catalog/directory';
import type { ItemState } from '../catalog/item-state';
import { BitSet } from '../lib/bit-set';
import { invariant } from '../lib/errors';
import type { Change } from '../revisions/log';
import { type IndexedItem, indexedFromState } from './indexed-item';
import { compareItems, type IndexedOrder, indexedOrders } from './item-order';

/** What one can filter by. */
export type Dimension =
  'status' | 'domain' | 'window' | 'department' | 'kind' | 'audience' | 'mode' | 'free' | 'outlet' | 'kiosk';

type Orders = { readonly [K in IndexedOrder]: Uint32Array };
type Sets = ReadonlyMap<string, BitSet>;

const nothing = new BitSet();

export class Snapshot {
  private constructor(
    readonly revision: number,
    readonly directory: Directory,
    /** By slot; undefined where the item was not there yet. */
    private readonly items: readonly (IndexedItem | undefined)[],
    /** Shared by all snapshots and only ever added to: a slot beyond `items` belongs to a later item. */
    private readonly slots: Map<string, number>,
    private readonly sets: Sets,
    private readonly orders: Orders,
  ) {}

  /** Builds the index from scratch. */
  static build(revision: number, directory: Directory, items: readonly IndexedItem[]): Snapshot {
    const empty = new Uint32Array();
    const orders: Orders = { CODE: empty, NAME: empty, PROMISED_WORKING_DAYS: empty, UPDATED_AT: empty };
    const nowhere = new Snapshot(revision, directory, [], new Map(), new Map(), orders);
    return nowhere.replace(revision, directory, new Map(items.map((item) => [item.code, item])));
  }

  /** How many slots there are; every slot of this snapshot is below it. */
  get size(): number {
    return this.items.length;
  }

  /** The item in a slot. */
  item(slot: number): IndexedItem | undefined {
    return this.items[slot];
  }

  /** The item with a code, of whatever status. */
  find(code: string): IndexedItem | undefined {
    return this.items[this.slots.get(code) ?? -1];
  }

  /** The slots of the items that are there, of whatever status. */
  slotsOf(codes: Iterable<string>): BitSet {
    const set = new BitSet();
    for (const code of codes) {
      const slot = this.slots.get(code) ?? -1;
      if (this.items[slot]) set.add(slot);
    }
    return set;
  }

  /** The items that have a value; not to be changed by the caller. */
  having(dimension: Dimension, value: string): BitSet {
    return this.sets.get(`${dimension}:${value}`) ?? nothing;
  }

  /** All slots in an order, ascending; not to be changed by the caller. */
  ordered(order: IndexedOrder): Uint32Array {
    return this.orders[order];
  }

  /** Where an item of this snapshot stands in an order, or −1. */
  position(order: IndexedOrder, code: string): number {
    const item = this.find(code);
    if (!item) return -1;
    const slots = this.orders[order];
    let low = 0;
    let high = slots.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareItems(order, this.at(slots[middle] ?? 0), item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The catalog after some changes, given in order. */
  after(revision: number, changes: readonly Pick<Change, 'kind' | 'code' | 'after'>[]): Snapshot {
    const directory = this.directory.after(changes);
    const changed = new Map<string, IndexedItem | null>();
    for (const { kind, code, after } of changes) {
      if (kind !== 'item') continue;
      changed.set(code, after && indexedFromState(after as ItemState, this.find(code)));
    }
    if (directory !== this.directory) {
      // The domain of an item is that of its window: where a window went, its items went too.
      for (const item of this.items) {
        if (!item || changed.has(item.code)) continue;
        const before = this.directory.window(item.window)?.domainCode;
        if (directory.window(item.window)?.domainCode !== before) changed.set(item.code, item);
      }
    }
    return this.replace(revision, directory, changed);
  }

  private replace(
    revision: number,
    directory: Directory,
    changed: ReadonlyMap<string, IndexedItem | null>,
  ): Snapshot {
    const items = [...this.items];
    const sets = new Map(this.sets);
    const fresh = new Set<string>();
    const own = (key: string): BitSet => {
      const set = sets.get(key);
      if (set && fresh.has(key)) return set;
      const copy = set?.clone() ?? new BitSet();
      fresh.add(key);
      sets.set(key, copy);
      return copy;
    };
    const touched = new BitSet();
    const present: number[] = [];
    for (const [code, item] of changed) {
      const slot = this.slots.get(code) ?? this.slots.size;
      this.slots.set(code, slot);
      const old = items[slot];
      if (old) for (const key of setKeys(old, this.directory)) own(key).delete(slot);
      if (item) for (const key of setKeys(item, directory)) own(key).add(slot);
      while (items.length < slot) items.push(undefined);
      items[slot] = item ?? undefined;
      touched.add(slot);
      if (item) present.push(slot);
    }
    const at = (slot: number): IndexedItem => {
      const item = items[slot];
      invariant(item, 'an ordered slot has an item');
      return item;
    };
    const orders = Object.fromEntries(
      indexedOrders.map((order) => {
        const compare = (a: number, b: number) => compareItems(order, at(a), at(b));
        return [order, merge(this.orders[order], touched, [...present].sort(compare), compare)];
      }),
    ) as unknown as Orders;
    return new Snapshot(revision, directory, items, this.slots, sets, orders);
  }

  private at(slot: number): IndexedItem {
    const item = this.items[slot];
    invariant(item, 'an ordered slot has an item');
    return item;
  }
}

/** The bit sets that an item belongs to. */
function setKeys(item: IndexedItem, directory: Directory): string[] {
  return [
    `status:${item.status}`,
    `domain:${directory.window(item.window)?.domainCode ?? ''}`,
    `window:${item.window}`,
    `department:${item.department}`,
    `kind:${item.kind}`,
    ...item.audiences.map((audience) => `audience:${audience}`),
    ...item.modes.map((mode) => `mode:${mode}`),
    `free:${item.free}`,
    ...item.outlets.map((outlet) => `outlet:${outlet}`),
    ...item.kiosks.map((kiosk) => `kiosk:${kiosk}`),
  ];
}

/** An ordered array without some slots and with others merged in, which are ordered themselves. */
function merge(
  old: Uint32Array,
  removed: BitSet,
  added: readonly number[],
  compare: (a: number, b: number) => number,
): Uint32Array {
  const merged = new Uint32Array(old.length + added.length);
  let length = 0;
  let next = 0;
  for (const slot of old) {
    if (removed.has(slot)) continue;
    for (
      let waiting = added[next];
      waiting !== undefined && compare(waiting, slot) < 0;
      waiting = added[++next]
    ) {
      merged[length++] = waiting;
    }
    merged[length++] = slot;
  }
  for (; next < added.length; next++) merged[length++] = added[next] ?? 0;
  return merged.subarray(0, length);
}
