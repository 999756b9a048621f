/**
 * Edits of whole things, one a call: what items, windows, outlets, kiosks and life events have in common. A mistake of
 * the caller comes back as data, with its path in the input; with any, nothing was changed.
 */
import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '../access/caller';
import { WriteConflictError } from '../catalog/item.store';
import type { UserError } from '../lib/user-error';
import { commitRevision, type OpenRevision } from '../revisions/log';
import { WriteRefusedError } from './item.service';
import { mistake, MistakesError, reasonMistakes, type WriteResult } from './mistakes';

/** Where the parts of an edit stand in the caller's input. */
export interface EditPaths {
  /** The thing itself. */
  readonly root: readonly string[];
  readonly version: readonly string[];
  readonly reason: readonly string[];
}

/** The thing in `input`, version and reason beside it. */
export const besideInput: EditPaths = { root: ['input'], version: ['version'], reason: ['reason'] };

/** Everything in `input`. */
export const insideInput: EditPaths = {
  root: ['input'],
  version: ['input', 'version'],
  reason: ['input', 'reason'],
};

/** Brings this node's readers to what was just committed. */
export type Committed = () => Promise<void>;

/** Runs one edit as a revision. */
export async function edit(
  dataSource: DataSource,
  committed: Committed,
  origin: { readonly caller: Caller; readonly reason: string },
  paths: EditPaths,
  work: (open: OpenRevision) => Promise<void>,
): Promise<WriteResult> {
  const reason = origin.reason.trim();
  const unfit = reasonMistakes(reason, paths.reason);
  if (unfit.length > 0) return refused(unfit);
  try {
    const { revision } = await commitRevision(dataSource, { actor: origin.caller.name, reason }, work);
    if (revision !== null) await committed();
    return { revision, mistakes: [] };
  } catch (error) {
    return refused(mistakesOf(error, paths));
  }
}

function refused(mistakes: readonly UserError[]): WriteResult {
  return { revision: null, mistakes };
}

/** What an error says to the caller; another error is thrown on. */
function mistakesOf(error: unknown, { root, version }: EditPaths): readonly UserError[] {
  if (error instanceof MistakesError) return error.mistakes;
  if (error instanceof WriteRefusedError) {
    return error.faults.map(({ field, message, rule }) =>
      mistake(rule ? 'RULE_VIOLATED' : 'INVALID', message, [...root, ...field.split('.')], rule),
    );
  }
  if (!(error instanceof WriteConflictError)) throw error;
  return error.conflicts.map(({ reason, current }) => {
    if (reason === 'ALREADY_THERE') return mistake('CONFLICT', '编码已被使用', [...root, 'code']);
    if (reason === 'NOT_FOUND') return mistake('NOT_FOUND', '没有这个编码', [...root, 'code']);
    const now = current === null ? '' : `：现为第${current}版`;
    return mistake('STALE_VERSION', `已被他人修改${now}`, version);
  });
}

/** Mistakes about codes that there are not, and about a name that another row has. */
export async function referenceMistakes(
  manager: EntityManager,
  references: readonly { readonly table: string; readonly code: string; readonly path: readonly string[] }[],
): Promise<UserError[]> {
  const mistakes: UserError[] = [];
  for (const table of new Set(references.map((reference) => reference.table))) {
    const wanted = references.filter((reference) => reference.table === table);
    const rows = await manager.query<{ code: string }[]>(`SELECT code FROM ${table} WHERE code IN (?)`, [
      ['', ...wanted.map(({ code }) => code)],
    ]);
    const known = new Set(rows.map(({ code }) => code));
    for (const { code, path } of wanted) {
      if (!known.has(code)) mistakes.push(mistake('NOT_FOUND', `没有编码为${code}的记录`, path));
    }
  }
  return mistakes;
}

/** A mistake if another row of a table has a name already. */
export async function nameMistakes(
  manager: EntityManager,
  table: string,
  { name, code }: { readonly name: string; readonly code: string },
  path: readonly string[],
): Promise<UserError[]> {
  const rows = await manager.query<{ code: string }[]>(
    `SELECT code FROM ${table} WHERE name = ? AND code <> ?`,
    [name, code],
  );
  return rows.map((row) => mistake('CONFLICT', `名称“${name}”已被${row.code}使用`, path));
}

/** Ends an edit if there is any mistake. */
export function refuse(mistakes: readonly UserError[]): void {
  if (mistakes.length > 0) throw new MistakesError(mistakes);
}
