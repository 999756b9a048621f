/**
 * Imports a sheet of items: one transaction, one revision, all or nothing. What is wrong is told by row and column,
 * and then nothing is written; items that the file does not name are left alone.
 */
import type { Readable } from 'node:stream';
import type { DataSource, EntityManager } from 'typeorm';
import { allows, commonRights } from '../access/policy';
import { writeItems } from '../classification/item.service';
import { readConsistently } from '../database/transaction';
import { forbidden } from '../lib/errors';
import { commitRevision } from '../revisions/log';
import { readCsv } from './csv.reader';
import { type ImportPlan, type ImportRights, planImport } from './import-plan';
import { faultAt, type ImportFault, type ImportReport, Listing } from './import-report';
import { type ImportSheet, readImportSheet } from './import-rows';
import { readPlaces } from './places';
import { FileFaultError, readFileBytes, type SheetRow } from './sheet';
import { readXlsx } from './xlsx.reader';

export interface ImportOptions extends ImportRights {
  /** Why, for the log. */
  readonly reason: string;
  /** Whether to tell only what would happen. */
  readonly dryRun: boolean;
}

/** There are faults; ends the transaction. */
class FaultyPlanError extends Error {
  constructor(readonly plan: ImportPlan) {
    super('the file has faults');
  }
}

/**
 * Imports an .xlsx or CSV file; which of the two, its first bytes tell. Throws FORBIDDEN for a caller who may edit
 * nothing; all else that is wrong is in the report.
 */
export async function importItems(
  dataSource: DataSource,
  input: Readable,
  options: ImportOptions,
): Promise<ImportReport> {
  const { caller, dryRun, reason } = options;
  if (!allows(commonRights.editing, caller)) throw forbidden(`${caller.name} may not import items`, []);
  const faults = new Listing<ImportFault>();
  let sheet: ImportSheet;
  try {
    sheet = await readSheet(dataSource, input, options.domains, faults);
  } catch (error) {
    if (!(error instanceof FileFaultError)) throw error;
    faults.add(faultAt(error.row, null, null, error.message));
    return { ...nothing, dryRun, faults };
  }
  const report = (plan: ImportPlan, revision: number | null): ImportReport => ({
    dryRun,
    revision,
    rows: sheet.rowCount,
    created: plan.created,
    changed: plan.changed,
    unchanged: plan.unchanged,
    faults: plan.faults,
    ignoredHeaders: sheet.ignoredHeaders,
  });
  const plan = async (manager: EntityManager) =>
    // A transaction that is run again plans again, and so counts its faults anew.
    planImport(manager, sheet, options, await readPlaces(manager), faults.copy());
  if (dryRun || faults.count > 0) return report(await readConsistently(dataSource, plan), null);
  try {
    const { revision, result } = await commitRevision(
      dataSource,
      { actor: caller.name, reason },
      async (open) => {
        const planned = await plan(open.manager);
        if (planned.faults.count > 0) throw new FaultyPlanError(planned);
        await writeItems(open, planned.writes);
        return planned;
      },
    );
    return report(result, revision);
  } catch (error) {
    if (!(error instanceof FaultyPlanError)) throw error;
    return report(error.plan, null);
  }
}

const nothing = {
  revision: null,
  rows: 0,
  created: new Listing<never>(),
  changed: new Listing<never>(),
  unchanged: 0,
  ignoredHeaders: [],
};

async function readSheet(
  dataSource: DataSource,
  input: Readable,
  domains: readonly string[],
  faults: Listing<ImportFault>,
): Promise<ImportSheet> {
  const bytes = await readFileBytes(input);
  const places = await readPlaces(dataSource.manager);
  places.refuseUnknownDomains(domains);
  return readImportSheet(readRows(bytes), places, faults);
}

/** A zip or an old binary workbook is read as a workbook, all else as CSV. */
function readRows(bytes: Buffer): AsyncIterable<SheetRow> {
  return /^(504b0304|d0cf11e0)$/.test(bytes.subarray(0, 4).toString('hex'))
    ? readXlsx(bytes)
    : readCsv(bytes);
}
