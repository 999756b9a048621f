/**
 * The door through which every write of items goes: seeds, imports and editors alike. Guarantees that a stored item
 * is well formed and breaks no rule of severity ERROR; all or nothing.
 */
import { draftFaults } from '../catalog/item-state';
import { type ItemWrite, type StoredWrite, storeItems } from '../catalog/item.store';
import type { OpenRevision } from '../revisions/log';
import { insertChanges } from './change.store';
import { retiredFaults } from './retired-places';
import { breaches, type RuleName } from './rules';

/** Why one write cannot be done. */
export interface WriteFault {
  /** Its place in the list of writes. */
  readonly index: number;
  readonly code: string;
  /** The field at fault. */
  readonly field: string;
  readonly message: string;
  /** The rule of the modes that it breaks, or null for another fault. */
  readonly rule: RuleName | null;
}

/** Some writes are at fault; nothing was written. */
export class WriteRefusedError extends Error {
  constructor(readonly faults: readonly WriteFault[]) {
    super(faults.map(({ code, field, message }) => `${code} ${field}: ${message}`).join('\n'));
  }
}

/** Everything wrong with some writes, before the database is asked. */
export function writeFaults(writes: readonly ItemWrite[]): WriteFault[] {
  return writes.flatMap(({ draft }, index): WriteFault[] => {
    const malformed = draftFaults(draft).map((fault) => ({ index, code: draft.code, ...fault, rule: null }));
    if (malformed.length > 0) return malformed;
    return breaches(draft)
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ field, message, rule }) => ({ index, code: draft.code, field, message, rule }));
  });
}

/**
 * Writes items in an open revision, and notes whose modes changed, with the proposal that asked for it if any.
 * Returns what changed; throws, and so undoes all, at any fault.
 */
export async function writeItems(
  open: OpenRevision,
  writes: readonly ItemWrite[],
  proposal: number | null = null,
): Promise<StoredWrite[]> {
  const faults = writeFaults(writes);
  if (faults.length === 0) faults.push(...(await retiredFaults(open.manager, writes)));
  if (faults.length > 0) throw new WriteRefusedError(faults);
  const written = await storeItems(open, writes);
  const changes = written
    .map(({ before, after }) => ({
      itemCode: after.code,
      before: before?.modes ?? [],
      after: after.modes,
      isNew: !before,
    }))
    .filter(({ before, after, isNew }) => isNew || before.join() !== after.join());
  if (changes.length > 0) {
    open.afterwards(() => insertChanges(open.manager, open.revision, changes, proposal));
  }
  return written;
}
