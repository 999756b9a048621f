/**
 * The catalog as this node knows it: the index at the last revision followed, and, for whoever pages through a list
 * that changes meanwhile, the index as it was.
 */
import type { DataSource } from 'typeorm';
import { Directory } from '../catalog/directory';
import { readPlaces } from '../catalog/item.store';
import { readConsistently } from '../database/transaction';
import type { CatalogHead } from '../revisions/history';
import { readChanges, readHead, readLatestStates, revisionAt } from '../revisions/history';
import type { Change } from '../revisions/log';
import { indexedColumns, indexedFromRow, type IndexedRow } from './indexed-item';
import { Snapshot } from './snapshot';

/** Where the catalog stands, and the index at that revision. */
export interface CatalogView {
  readonly head: CatalogHead;
  readonly snapshot: Snapshot;
}

/** How many snapshots of earlier revisions are kept at hand. */
const keptSnapshots = 16;

/** How many changes are undone at most; beyond, the index is made from the log's beginning. */
const longestWayBack = 20_000;

export class LiveCatalog {
  private readonly past = new Map<number, Promise<Snapshot>>();

  private constructor(
    private readonly dataSource: DataSource,
    private view: CatalogView,
  ) {}

  /** Reads the whole catalog, as it stands at one moment. */
  static async load(dataSource: DataSource): Promise<LiveCatalog> {
    return new LiveCatalog(dataSource, await readView(dataSource));
  }

  /** The catalog at the last revision followed. */
  get current(): CatalogView {
    return this.view;
  }

  /** Follows the log by one step. */
  follow(head: CatalogHead, changes: readonly Change[]): void {
    const { snapshot } = this.view;
    this.keep(snapshot.revision, Promise.resolve(snapshot));
    this.view = { head, snapshot: snapshot.after(head.revision, changes) };
  }

  /** The index as of an earlier revision, made from the log if need be; null for a revision not reached yet. */
  async at(revision: number): Promise<Snapshot | null> {
    const { snapshot } = this.view;
    if (revision === snapshot.revision) return snapshot;
    if (revision > snapshot.revision || revision < 0) return null;
    const kept = this.past.get(revision);
    if (kept) return kept;
    const made = this.rewind(snapshot, revision);
    this.keep(revision, made);
    made.catch(() => this.past.delete(revision));
    return made;
  }

  /** The index as it stood at a moment; that of revision 0, which is empty, before the first change. */
  async asOf(moment: Date): Promise<Snapshot> {
    const snapshot = await this.at(await revisionAt(this.dataSource, moment));
    // A revision that this node has not followed yet is younger than any that its callers have seen.
    return snapshot ?? this.view.snapshot;
  }

  private async rewind(snapshot: Snapshot, revision: number): Promise<Snapshot> {
    const changes = await readChanges(this.dataSource, revision, snapshot.revision, longestWayBack + 1);
    if (changes.length > longestWayBack) return replay(this.dataSource, revision);
    const undone = changes.reverse().map(({ kind, code, before }) => ({ kind, code, after: before }));
    return snapshot.after(revision, undone);
  }

  private keep(revision: number, snapshot: Promise<Snapshot>): void {
    this.past.delete(revision);
    this.past.set(revision, snapshot);
    if (this.past.size <= keptSnapshots) return;
    const oldest = this.past.keys().next();
    if (!oldest.done) this.past.delete(oldest.value);
  }
}

/** Builds the index as of a revision from the log alone. */
export async function replay(dataSource: DataSource, revision: number): Promise<Snapshot> {
  const nothing = Snapshot.build(0, Directory.empty, []);
  return nothing.after(revision, await readLatestStates(dataSource, revision));
}

/** Builds the index from the tables, all read as of one moment. */
export async function readView(dataSource: DataSource): Promise<CatalogView> {
  return readConsistently(dataSource, async (manager) => {
    const head = await readHead(manager);
    const directory = await Directory.read(manager);
    const rows = await manager.query<IndexedRow[]>(`SELECT ${indexedColumns} FROM service_item i`);
    const placesOf = await readPlaces(manager, 'all');
    const items = rows.map((row) => indexedFromRow(row, placesOf(row.code)));
    return { head, snapshot: Snapshot.build(head.revision, directory, items) };
  });
}
