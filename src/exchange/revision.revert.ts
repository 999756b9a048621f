/**
 * Takes one revision of items back as a whole, by a further revision: what it changed is as before, what it made is
 * retired. History is never edited.
 */
import type { DataSource } from 'typeorm';
import type { Caller } from '../access/caller';
import { allows, commonRights } from '../access/policy';
import type { ItemDraft, ItemState } from '../catalog/item-state';
import { type ItemWrite, readItemStates } from '../catalog/item.store';
import { writeItems } from '../classification/item.service';
import { readChanges, readHead } from '../revisions/history';
import { type Change, commitRevision } from '../revisions/log';
import { readPlaces } from './places';

export interface RevertOptions {
  readonly revision: number;
  readonly caller: Caller;
  /** Why, for the log. */
  readonly reason: string;
}

/** What was taken back. */
export interface Reverted {
  /** The revision that did it; null if all stands as before already. */
  readonly revision: number | null;
  /** How many items are as before. */
  readonly restored: number;
  /** How many items that the revision had made are retired. */
  readonly retired: number;
}

/** The revision cannot be taken back; the message says why. */
export class RevertRefusedError extends Error {}

/** Takes a revision back; throws a RevertRefusedError, and changes nothing, if that is not possible. */
export async function revertRevision(dataSource: DataSource, options: RevertOptions): Promise<Reverted> {
  const { revision, caller, reason } = options;
  const { revision: head } = await readHead(dataSource);
  if (revision < 1 || revision > head) {
    throw new RevertRefusedError(`There is no revision ${revision}; the catalog is at revision ${head}`);
  }
  const changes = await readChanges(dataSource, revision - 1, revision, Number.MAX_SAFE_INTEGER);
  const other = new Set(changes.map(({ kind }) => kind).filter((kind) => kind !== 'item'));
  if (other.size > 0) {
    throw new RevertRefusedError(
      `Revision ${revision} changed more than items (${[...other].join(', ')}) and cannot be reverted`,
    );
  }
  const { revision: written, result } = await commitRevision(
    dataSource,
    { actor: caller.name, reason },
    async (open) => {
      const current = await readItemStates(
        open.manager,
        changes.map(({ code }) => code),
      );
      refuseLaterChanges(revision, changes, current);
      const writes = plannedWrites(revision, changes, current);
      const { windows } = await readPlaces(open.manager);
      const touched = [...current.values(), ...writes.map(({ draft }) => draft)];
      for (const domain of new Set(touched.map(({ window }) => windows.get(window)?.domain ?? ''))) {
        if (!allows(commonRights.editing, caller, domain)) {
          throw new RevertRefusedError(`${caller.name} may not change items of domain ${domain}`);
        }
      }
      await refuseTakenNames(open.manager.query.bind(open.manager), writes);
      await writeItems(open, writes);
      return writes;
    },
  );
  const retired = changes.filter(({ before }) => before === null).length;
  return { revision: written, restored: result.length - retired, retired };
}

function refuseLaterChanges(
  revision: number,
  changes: readonly Change[],
  current: ReadonlyMap<string, ItemState>,
): void {
  const later = changes.flatMap(({ code }) => {
    const now = current.get(code)?.revision;
    return now === revision ? [] : [`${code} (revision ${now ?? 'none'})`];
  });
  if (later.length === 0) return;
  const list = later.slice(0, 10).join(', ') + (later.length > 10 ? ', …' : '');
  throw new RevertRefusedError(
    `${later.length} of the ${changes.length} items of revision ${revision} were changed again since: ${list}. Nothing was changed.`,
  );
}

function plannedWrites(
  revision: number,
  changes: readonly Change[],
  current: ReadonlyMap<string, ItemState>,
): ItemWrite[] {
  const names = new Set(changes.flatMap(({ before }) => (before as ItemState | null)?.name ?? []));
  return changes.flatMap(({ code, before }): ItemWrite[] => {
    const now = current.get(code);
    if (!now) return [];
    if (before) return [{ draft: draftOf(before as ItemState), version: now.version }];
    // A name that goes back to its former holder cannot stay with the item that had it meanwhile.
    const suffix = `（已撤回，修订 ${revision}）`;
    const name = names.has(now.name)
      ? [...now.name].slice(0, 200 - suffix.length).join('') + suffix
      : now.name;
    return [{ draft: { ...draftOf(now), name, status: 'RETIRED' }, version: now.version }];
  });
}

async function refuseTakenNames(
  query: <T>(sql: string, values: unknown[]) => Promise<T>,
  writes: readonly ItemWrite[],
): Promise<void> {
  const codes = new Set(writes.map(({ draft }) => draft.code));
  for (let from = 0; from < writes.length; from += 500) {
    const names = writes.slice(from, from + 500).map(({ draft }) => draft.name);
    const holders = await query<{ name: string; code: string }[]>(
      'SELECT name, code FROM service_item WHERE name IN (?)',
      [names],
    );
    const taken = holders.find(({ code }) => !codes.has(code));
    if (taken) {
      throw new RevertRefusedError(
        `The name "${taken.name}" belongs to item ${taken.code} by now. Nothing was changed.`,
      );
    }
  }
}

function draftOf({ version: _version, revision: _revision, updatedAt: _at, ...draft }: ItemState): ItemDraft {
  return draft;
}
