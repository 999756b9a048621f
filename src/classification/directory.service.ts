/**
 * The door through which windows, outlets, kiosks and life events are written. Guarantees that they are well formed,
 * and that nothing is retired which an item still relies on; all or nothing.
 */
import { type RecordWrite, storeVersioned, type VersionedKind } from '../catalog/directory.store';
import { recordFaults } from '../catalog/record-faults';
import type { OpenRevision } from '../revisions/log';
import { type WriteFault, WriteRefusedError } from './item.service';

/** Writes records in an open revision. Returns the codes of what changed; throws, and so undoes all, at any fault. */
export async function writeRecords<K extends VersionedKind>(
  open: OpenRevision,
  kind: K,
  writes: readonly RecordWrite<K>[],
): Promise<string[]> {
  const malformed = writes.flatMap(({ record }, index) =>
    recordFaults(kind, record).map((fault) => ({ index, code: record.code, ...fault, rule: null })),
  );
  if (malformed.length > 0) throw new WriteRefusedError(malformed);
  const changed = await storeVersioned(open, kind, writes);
  // Asked of what is stored now, so that two places retired in one call are seen together.
  const bereft = await bereftItems(open, kind, writes);
  if (bereft.length > 0) throw new WriteRefusedError(bereft);
  return changed;
}

/** For each kind, how many items rely on a retired one and on no other. Life events have none. */
const reliance: { readonly [K in VersionedKind]: string | null } = {
  window:
    "SELECT i.window_code AS code, COUNT(*) AS n FROM service_item i WHERE i.window_code IN (?) AND i.status <> 'RETIRED' GROUP BY i.window_code",
  outlet: soleStatement('outlet', 'NEARBY'),
  kiosk: soleStatement('kiosk', 'SELF_SERVICE'),
  lifeEvent: null,
};

function soleStatement(place: 'outlet' | 'kiosk', mode: string): string {
  return `SELECT l.${place}_code AS code, COUNT(*) AS n FROM service_item_${place} l JOIN service_item i ON i.code = l.item_code
    WHERE l.${place}_code IN (?) AND i.status <> 'RETIRED' AND FIND_IN_SET('${mode}', i.modes) AND NOT EXISTS (
      SELECT 1 FROM service_item_${place} o JOIN ${place} p ON p.code = o.${place}_code WHERE o.item_code = i.code AND p.retired = 0)
    GROUP BY l.${place}_code`;
}

const messages: {
  readonly [K in VersionedKind]: (n: number) => Pick<WriteFault, 'message' | 'rule'>;
} = {
  window: (n) => ({ message: `还有${n}个未取消的事项由该窗口受理，不能撤销`, rule: null }),
  outlet: (n) => ({ message: `有${n}个“就近办”事项只剩该网点，不能撤销`, rule: 'nearby-outlet' }),
  kiosk: (n) => ({ message: `有${n}个“自助办”事项只剩该终端，不能撤销`, rule: 'kiosk-present' }),
  lifeEvent: () => ({ message: '', rule: null }),
};

async function bereftItems<K extends VersionedKind>(
  open: OpenRevision,
  kind: K,
  writes: readonly RecordWrite<K>[],
): Promise<WriteFault[]> {
  const statement = reliance[kind];
  const retired = writes.filter(({ record }) => record.retired).map(({ record }) => record.code);
  if (statement === null || retired.length === 0) return [];
  const rows = await open.manager.query<{ code: string; n: number | string }[]>(statement, [retired]);
  return rows.map(({ code, n }) => ({
    index: writes.findIndex(({ record }) => record.code === code),
    code,
    field: 'retired',
    ...messages[kind](Number(n)),
  }));
}
