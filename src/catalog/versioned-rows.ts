/**
 * Gives what is stored of items, each as of the revision asked for. The index says which revision an item's row must
 * have, so a cached row is right if and only if it has just that revision, and needs no other invalidation. A row
 * that a writer has changed meanwhile is read from the log instead, as it stood.
 */
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { readStates, stateKey } from '../revisions/history';
import type { ItemState } from './item-state';

/** An item in the state that one revision gave it. */
export interface ItemVersion {
  readonly code: string;
  /** The revision of the item's last change. */
  readonly revision: number;
}

/** Gives what items have, many at a time. */
export type VersionLoader<T> = DataLoader<ItemVersion, T, string>;

/** Where the rows come from. */
export interface RowSource<T, Row> {
  /** Selects present rows by `IN (?)`, with `code` and `revision` among the columns. */
  readonly statement: string;
  readonly fromRow: (row: Row) => T;
  readonly fromState: (state: ItemState) => T;
}

/** A cache for the whole process, bounded; the oldest unused row goes first. */
export class VersionedRows<T extends ItemVersion, Row extends object> {
  private readonly cache = new Map<string, T>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly capacity: number,
    private readonly source: RowSource<T, Row>,
  ) {}

  /** A loader for one request: asks for many rows at once, and for each only once. */
  loader(): VersionLoader<T> {
    return new DataLoader((wanted: readonly ItemVersion[]) => this.load(wanted), {
      cacheKeyFn: stateKey,
    });
  }

  /** Forgets all rows. */
  clear(): void {
    this.cache.clear();
  }

  private async load(wanted: readonly ItemVersion[]): Promise<(T | Error)[]> {
    const found = new Map<ItemVersion, T>();
    const missing = wanted.filter((version) => !this.takeCached(version, found));
    const past = missing.length === 0 ? [] : await this.takeStored(missing, found);
    if (past.length > 0) await this.takeFromLog(past, found);
    return wanted.map(
      (version) =>
        found.get(version) ?? new Error(`no row of item ${version.code} at revision ${version.revision}`),
    );
  }

  private takeCached(version: ItemVersion, found: Map<ItemVersion, T>): boolean {
    const item = this.cache.get(version.code);
    if (item?.revision !== version.revision) return false;
    found.set(version, item);
    // Behind all others again, so that the rows at the front are the ones unused for longest.
    this.cache.delete(version.code);
    this.cache.set(version.code, item);
    return true;
  }

  /** Reads present rows in one statement; returns the versions that are no longer the present ones. */
  private async takeStored(
    missing: readonly ItemVersion[],
    found: Map<ItemVersion, T>,
  ): Promise<ItemVersion[]> {
    const rows = await this.dataSource.query<Row[]>(this.source.statement, [missing.map(({ code }) => code)]);
    const byCode = new Map(rows.map((row) => this.source.fromRow(row)).map((item) => [item.code, item]));
    return missing.filter((version) => {
      const item = byCode.get(version.code);
      if (item?.revision !== version.revision) return true;
      found.set(version, item);
      this.remember(item);
      return false;
    });
  }

  private async takeFromLog(past: readonly ItemVersion[], found: Map<ItemVersion, T>): Promise<void> {
    const states = await readStates(this.dataSource, 'item', past);
    for (const version of past) {
      const state = states.get(stateKey(version));
      if (state) found.set(version, this.source.fromState(state as ItemState));
    }
  }

  private remember(item: T): void {
    this.cache.set(item.code, item);
    if (this.cache.size <= this.capacity) return;
    const oldest = this.cache.keys().next();
    if (!oldest.done) this.cache.delete(oldest.value);
  }
}
