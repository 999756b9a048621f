/** What must hold of every database of ours at any moment, whatever was killed when. */
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import type { ItemState } from '../../src/catalog/item-state';
import { readItemStates } from '../../src/catalog/item.store';
import { readChanges, readHead, readLatestStates } from '../../src/revisions/history';
import { verifyLog } from '../../src/revisions/verify';

/** Log without gaps or tampering, tables as the log says, versions counted by it, history of modes as it says. */
export async function expectSoundDatabase(dataSource: DataSource): Promise<void> {
  const { revision } = await readHead(dataSource);
  expect(await verifyLog(dataSource)).toMatchObject({ entries: revision, fault: null });

  const stored = await readItemStates(dataSource.manager, 'all');
  const latest = await readLatestStates(dataSource, revision);
  const logged = new Map(
    latest.flatMap(({ kind, code, after }) => (kind === 'item' ? [[code, after as ItemState]] : [])),
  );
  expect([...stored.keys()].sort()).toEqual([...logged.keys()].sort());
  // One assertion for all: thousands would take longer than what they look at.
  expect([...stored].filter(([code, state]) => !isDeepStrictEqual(state, logged.get(code)))).toEqual([]);

  const versions = new Map<string, number>();
  const skipped: string[] = [];
  const modeChanges = new Set<string>();
  const changes = await dataSource.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM catalog_change');
  const all = await readChanges(dataSource, 0, revision, Number(changes[0]!.n));
  for (const { kind, code, before, after } of all) {
    if (kind !== 'item') continue;
    const [old, now] = [before as ItemState | null, after as ItemState];
    const version = (versions.get(code) ?? 0) + 1;
    versions.set(code, version);
    if (now.version !== version || (old?.version ?? 0) !== version - 1)
      skipped.push(`${code} ${now.version}`);
    if (!old || old.modes.join() !== now.modes.join()) modeChanges.add(`${now.revision} ${code}`);
  }
  expect(skipped).toEqual([]);
  const rows = await dataSource.query<{ revision: number; code: string }[]>(
    'SELECT revision, item_code AS code FROM classification_change',
  );
  expect(new Set(rows.map((row) => `${row.revision} ${row.code}`))).toEqual(modeChanges);
}
