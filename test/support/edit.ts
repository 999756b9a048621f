/** Changes the catalog behind the API's back, as another node would: through the services, not through this API. */
import type { DataSource } from 'typeorm';
import { draftOf, type ItemDraft, type ItemState } from '../../src/catalog/item-state';
import { readItemStates } from '../../src/catalog/item.store';
import { writeItems } from '../../src/classification/item.service';
import { commitRevision } from '../../src/revisions/log';

export const origin = { actor: 'test', reason: '测试修改' };

/** The stored state of one item. */
export async function storedItem(dataSource: DataSource, code: string): Promise<ItemState> {
  const states = await readItemStates(dataSource.manager, [code]);
  return states.get(code)!;
}

/** Changes one item in a revision of its own; returns the revision, or null if nothing changed. */
export async function editItem(
  dataSource: DataSource,
  code: string,
  change: Partial<ItemDraft>,
): Promise<number | null> {
  const stored = await storedItem(dataSource, code);
  const { revision } = await commitRevision(dataSource, origin, (open) =>
    writeItems(open, [{ draft: { ...draftOf(stored), ...change }, version: stored.version }]),
  );
  return revision;
}
