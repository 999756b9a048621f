/**
 * What items may not do with windows, outlets and kiosks that are retired: be taken in by one, be newly handled by
 * one, or owe a mode to them alone. A link from before the retirement stays, for the history, but counts for nothing.
 */
import type { EntityManager } from 'typeorm';
import { type ItemWrite, readItemStates } from '../catalog/item.store';
import type { WriteFault } from './item.service';
import { breaches } from './rules';

/** Every fault of that sort in some writes, which are well formed and break no rule otherwise. */
export async function retiredFaults(
  manager: EntityManager,
  writes: readonly ItemWrite[],
): Promise<WriteFault[]> {
  const windows = await readRetired(manager, 'service_window');
  const places = {
    outlets: await readRetired(manager, 'outlet'),
    kiosks: await readRetired(manager, 'kiosk'),
  };
  const concerned = [...writes.entries()].filter(
    ([, { draft }]) =>
      draft.status !== 'RETIRED' &&
      (windows.has(draft.window) ||
        draft.outlets.some((code) => places.outlets.has(code)) ||
        draft.kiosks.some((code) => places.kiosks.has(code))),
  );
  if (concerned.length === 0) return [];
  const stored = await readItemStates(
    manager,
    concerned.map(([, { draft }]) => draft.code),
  );
  return concerned.flatMap(([index, { draft }]): WriteFault[] => {
    const { code } = draft;
    const faults: WriteFault[] = [];
    const say = (field: string, message: string) => faults.push({ index, code, field, message, rule: null });
    if (windows.has(draft.window)) say('window', `窗口${draft.window}已撤销`);
    for (const kind of ['outlets', 'kiosks'] as const) {
      draft[kind].forEach((place, i) => {
        const known = stored.get(code)?.[kind].includes(place);
        if (places[kind].has(place) && !known) say(`${kind}.${i}`, `${place}已撤销`);
      });
    }
    const active = {
      ...draft,
      outlets: draft.outlets.filter((place) => !places.outlets.has(place)),
      kiosks: draft.kiosks.filter((place) => !places.kiosks.has(place)),
    };
    for (const { severity, field, message, rule } of breaches(active))
      if (severity === 'ERROR') faults.push({ index, code, field, message, rule });
    return faults;
  });
}

async function readRetired(
  manager: EntityManager,
  table: 'service_window' | 'outlet' | 'kiosk',
): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ code: string }[]>(`SELECT code FROM ${table} WHERE retired = 1`);
  return new Set(rows.map(({ code }) => code));
}
