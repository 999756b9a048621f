/**
 * Gives the rows of items, each as of the revision asked for. The index says which revision an item's row must
 * have, so a cached row is right if and only if it has just that revision, and needs no other invalidation. A row
 * that a writer has changed meanwhile is read from the log instead, as it stood.
 */
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { readStates } from '../revisions/history';
import type { ServiceItem } from './item';
import { itemFromRow, type ItemRow, itemRowColumns } from './item-row';
import { itemFromState, type ItemState } from './item-state';

/** An item in the state that one revision gave it. */
export interface ItemVersion {
  readonly code: string;
  /** The revision of the item's last change. */
  readonly revision: number;
}

export type ItemLoader = DataLoader<ItemVersion, ServiceItem, string>;

/** The process's row cache, bounded; the oldest unused row goes first. */
export class ItemRows {
  private readonly cache = new Map<string, ServiceItem>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly capacity: number,
  ) {}

  /** A loader for one request: asks for many rows at once, and for each only once. */
  loader(): ItemLoader {
    return new DataLoader((wanted: readonly ItemVersion[]) => this.load(wanted), {
      cacheKeyFn: ({ code, revision }) => `${code}@${revision}`,
    });
  }

  /** Forgets all rows. */
  clear(): void {
    this.cache.clear();
  }

  private async load(wanted: readonly ItemVersion[]): Promise<(ServiceItem | Error)[]> {
    const found = new Map<ItemVersion, ServiceItem>();
    const missing = wanted.filter((version) => !this.takeCached(version, found));
    const past = missing.length === 0 ? [] : await this.takeStored(missing, found);
    if (past.length > 0) await this.takeFromLog(past, found);
    return wanted.map(
      (version) =>
        found.get(version) ?? new Error(`no row of item ${version.code} at revision ${version.revision}`),
    );
  }

  private takeCached(version: ItemVersion, found: Map<ItemVersion, ServiceItem>): boolean {
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
    found: Map<ItemVersion, ServiceItem>,
  ): Promise<ItemVersion[]> {
    const rows = await this.dataSource.query<ItemRow[]>(
      `SELECT ${itemRowColumns} FROM service_item i WHERE i.code IN (?)`,
      [missing.map(({ code }) => code)],
    );
    const byCode = new Map(rows.map((row) => [row.code, itemFromRow(row)]));
    return missing.filter((version) => {
      const item = byCode.get(version.code);
      if (item?.revision !== version.revision) return true;
      found.set(version, item);
      this.remember(item);
      return false;
    });
  }

  private async takeFromLog(
    past: readonly ItemVersion[],
    found: Map<ItemVersion, ServiceItem>,
  ): Promise<void> {
    const states = await readStates(this.dataSource, 'item', past);
    for (const version of past) {
      const state = states.get(version.code);
      if (state) found.set(version, itemFromState(state as ItemState));
    }
  }

  private remember(item: ServiceItem): void {
    this.cache.set(item.code, item);
    if (this.cache.size <= this.capacity) return;
    const oldest = this.cache.keys().next();
    if (!oldest.done) this.cache.delete(oldest.value);
  }
}
