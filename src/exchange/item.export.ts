/** Exports the items as a sheet, as of one moment, row after row. What was exported imports without a change. */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '../access/caller';
import { allows, commonRights } from '../access/policy';
import { readItemStates } from '../catalog/item.store';
import { readConsistently } from '../database/transaction';
import { readHead } from '../revisions/history';
import { writeCsv } from './csv.writer';
import { itemColumns } from './item.columns';
import { type Places, readPlaces } from './places';
import { type SheetFormat } from './sheet';
import { writeXlsx } from './xlsx.writer';

export interface ExportOptions {
  readonly format: SheetFormat;
  /** Whoever is not staff gets what is published only; null for an anonymous caller. */
  readonly caller: Caller | null;
  /** Codes of the domains to export; none for all. */
  readonly domains: readonly string[];
}

/** What was exported. */
export interface ExportSummary {
  readonly revision: number;
  readonly items: number;
}

const itemsAtOnce = 500;

/** Opens the output once it is known what there is to export; null for nothing but that. */
export type OpenOutput = (summary: ExportSummary) => Writable | null;

/** Writes the items, by code, to `output`, which it ends. Throws a FileFaultError for an unknown domain. */
export async function exportItems(
  dataSource: DataSource,
  output: Writable | OpenOutput,
  { format, caller, domains }: ExportOptions,
): Promise<ExportSummary> {
  return readConsistently(dataSource, async (manager) => {
    const { revision, updatedAt } = await readHead(manager);
    const places = await readPlaces(manager);
    places.refuseUnknownDomains(domains);
    const codes = await listCodes(manager, domains, !allows(commonRights.staff, caller));
    const summary = { revision, items: codes.length };
    const opened = typeof output === 'function' ? output(summary) : output;
    if (!opened) return summary;
    const rows = sheetRows(manager, codes, places);
    const bytes = format === 'csv' ? Readable.from(writeCsv(rows)) : writeXlsx(rows, xlsxColumns, updatedAt);
    await pipeline(bytes, opened);
    return summary;
  });
}

const xlsxColumns = itemColumns.map(({ width }) => ({ width }));

async function listCodes(
  manager: EntityManager,
  domains: readonly string[],
  publishedOnly: boolean,
): Promise<string[]> {
  const conditions = [
    ...(domains.length > 0 ? ['w.domain_code IN (?)'] : []),
    ...(publishedOnly ? ["i.status = 'PUBLISHED'"] : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = await manager.query<{ code: string }[]>(
    `SELECT i.code FROM service_item i JOIN service_window w ON w.code = i.window_code ${where} ORDER BY i.code`,
    domains.length > 0 ? [domains] : [],
  );
  return rows.map(({ code }) => code);
}

async function* sheetRows(
  manager: EntityManager,
  codes: readonly string[],
  places: Places,
): AsyncGenerator<(string | number | null)[]> {
  yield itemColumns.map(({ header }) => header);
  for (let from = 0; from < codes.length; from += itemsAtOnce) {
    const batch = codes.slice(from, from + itemsAtOnce);
    const states = await readItemStates(manager, batch);
    for (const code of batch) {
      const state = states.get(code);
      if (state) yield itemColumns.map(({ write }) => write(state, places));
    }
  }
}
