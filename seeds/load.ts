/** Puts the data files into an empty catalog: one revision of the log, through the services that every write takes. */
import type { DataSource } from 'typeorm';
import { storeRecords } from '../src/catalog/directory.store';
import { writeRecords } from '../src/classification/directory.service';
import { writeItems } from '../src/classification/item.service';
import { OperatorError } from '../src/lib/errors';
import { readHead } from '../src/revisions/history';
import { commitRevision } from '../src/revisions/log';
import { readSeeds } from './files';

/** Whether the catalog never held anything. */
export async function isEmpty(dataSource: DataSource): Promise<boolean> {
  return (await readHead(dataSource)).revision === 0;
}

/** Seeds an empty catalog; returns the number of items. Throws an OperatorError if the catalog holds anything. */
export async function seedCatalog(dataSource: DataSource): Promise<number> {
  const seeds = readSeeds();
  const origin = { actor: 'seeds', reason: '导入示例数据（seeds/）' };
  const { result } = await commitRevision(dataSource, origin, async (open) => {
    if (open.revision !== 1) {
      throw new OperatorError(
        `The catalog is at revision ${open.revision - 1}; seeds go only into an empty one. Nothing was changed.`,
      );
    }
    open.setNotice(seeds.notice);
    await storeRecords(open, 'domain', seeds.domains);
    await storeRecords(open, 'department', seeds.departments);
    await writeRecords(open, 'window', fresh(seeds.windows));
    await writeRecords(open, 'outlet', fresh(seeds.outlets));
    await writeRecords(open, 'kiosk', fresh(seeds.kiosks));
    const written = await writeItems(
      open,
      seeds.items.map((draft) => ({ draft, version: null })),
    );
    await writeRecords(open, 'lifeEvent', fresh(seeds.lifeEvents));
    return written.length;
  });
  return result;
}

/** Writes that make new records. */
function fresh<T>(records: readonly T[]): { record: T; version: null }[] {
  return records.map((record) => ({ record, version: null }));
}
