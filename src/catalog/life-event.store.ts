/** The items of life events, as ordered rows of a table of their own. */
import type { EntityManager } from 'typeorm';

/** Codes of the items of some life events, or of all, in order, by the life event's code. */
export async function readLifeEventItems(
  manager: EntityManager,
  codes: readonly string[] | 'all',
): Promise<Map<string, string[]>> {
  if (codes.length === 0) return new Map();
  const [where, values] = codes === 'all' ? ['', []] : [' WHERE life_event_code IN (?)', [codes]];
  const rows = await manager.query<{ event: string; item: string }[]>(
    `SELECT life_event_code AS event, item_code AS item FROM life_event_item${where} ORDER BY life_event_code, position`,
    values,
  );
  const items = new Map<string, string[]>();
  for (const { event, item } of rows) {
    const list = items.get(event);
    if (list) list.push(item);
    else items.set(event, [item]);
  }
  return items;
}

/** Puts items in the place of those that a life event had. */
export async function replaceLifeEventItems(
  manager: EntityManager,
  code: string,
  itemCodes: readonly string[],
): Promise<void> {
  await manager.query('DELETE FROM life_event_item WHERE life_event_code = ?', [code]);
  if (itemCodes.length === 0) return;
  await manager.query('INSERT INTO life_event_item (life_event_code, position, item_code) VALUES ?', [
    itemCodes.map((item, position) => [code, position, item]),
  ]);
}
