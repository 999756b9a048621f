/** Creates, replaces and retires windows, outlets, kiosks and life events, one a call. */
import type { DataSource, EntityManager } from 'typeorm';
import { mayPerform } from '../access/policy';
import type { DirectoryRecords, VersionedKind } from '../catalog/directory.store';
import type { UserError } from '../lib/user-error';
import { writeRecords } from './directory.service';
import {
  besideInput,
  type Committed,
  edit,
  type EditPaths,
  nameMistakes,
  referenceMistakes,
  refuse,
} from './editing';
import type { EditOrigin } from './item.editing';
import { mistake, type WriteResult } from './mistakes';

const tables: { readonly [K in VersionedKind]: string } = {
  window: 'service_window',
  outlet: 'outlet',
  kiosk: 'kiosk',
  lifeEvent: 'life_event',
};

export class RecordEditing {
  constructor(
    private readonly dataSource: DataSource,
    private readonly committed: Committed,
  ) {}

  /** Writes one record; version null makes a new one. A retired one stays retired until it is written anew. */
  async put<K extends VersionedKind>(
    origin: EditOrigin,
    kind: K,
    record: DirectoryRecords[K],
    version: number | null,
    paths: EditPaths = besideInput,
  ): Promise<WriteResult> {
    return edit(this.dataSource, this.committed, origin, paths, async (open) => {
      refuse(await recordMistakes(open.manager, origin, kind, record, paths.root));
      await writeRecords(open, kind, [{ record, version }]);
    });
  }
}

async function recordMistakes<K extends VersionedKind>(
  manager: EntityManager,
  { caller, operation }: EditOrigin,
  kind: K,
  record: DirectoryRecords[K],
  root: readonly string[],
): Promise<UserError[]> {
  const mistakes = await nameMistakes(manager, tables[kind], record, [...root, 'name']);
  if ('domainCode' in record) {
    const reference = { table: 'service_domain', code: record.domainCode, path: [...root, 'domain'] };
    mistakes.push(...(await referenceMistakes(manager, [reference])));
    const stored = await manager.query<{ domain: string }[]>(
      'SELECT domain_code AS domain FROM service_window WHERE code = ?',
      [record.code],
    );
    const domains = [record.domainCode, ...stored.map(({ domain }) => domain)];
    if (!domains.every((domain) => mayPerform(operation, caller, domain))) {
      mistakes.push(mistake('FORBIDDEN', '该领域不归您负责', [...root, 'domain']));
    }
  }
  if ('itemCodes' in record) {
    const items = record.itemCodes.map((code, i) => ({
      table: 'service_item',
      code,
      path: [...root, 'items', String(i)],
    }));
    mistakes.push(...(await referenceMistakes(manager, items)));
  }
  return mistakes;
}
