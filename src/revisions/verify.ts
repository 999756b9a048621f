/** Reads the whole log and says whether anybody has tampered with it. */
import type { DataSource } from 'typeorm';
import { readChangesByRevision, readHead } from './history';
import { firstHash, revisionHash } from './hash';

/** What a reading of the log found. */
export interface Verification {
  /** How many entries were read. */
  readonly entries: number;
  /** The last entry's hash, to be noted outside the database. */
  readonly lastHash: string;
  /** Why the log is not sound, with the revision; null if it is. */
  readonly fault: string | null;
}

const entriesPerStatement = 200;

/** Verifies the chain from the first entry to the last. */
export async function verifyLog(dataSource: DataSource): Promise<Verification> {
  const head = await readHead(dataSource);
  let previous = firstHash;
  let entries = 0;
  while (entries < head.revision) {
    const batch = await readChangesByRevision(dataSource, entries, entries + entriesPerStatement);
    if (batch.length === 0) break;
    for (const { hash, ...entry } of batch) {
      if (entry.revision !== entries + 1) {
        return { entries, lastHash: previous, fault: `revision ${entries + 1} is missing` };
      }
      if (revisionHash(previous, entry) !== hash) {
        return { entries, lastHash: previous, fault: `revision ${entry.revision} is not what was written` };
      }
      previous = hash;
      entries++;
    }
  }
  const fault = entries === head.revision ? null : `revision ${entries + 1} is missing`;
  return { entries, lastHash: previous, fault };
}
