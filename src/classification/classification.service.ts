/** Changes modes, at once or as a preview. All or nothing, one revision a call, never past the rights of the caller. */
import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '../access/caller';
import { mayPerform, type Operation } from '../access/policy';
import type { HandlingMode } from '../catalog/item-enums';
import { readItemStates, WriteConflictError } from '../catalog/item.store';
import { readConsistently } from '../database/transaction';
import type { UserError } from '../lib/user-error';
import { commitRevision, type OpenRevision } from '../revisions/log';
import {
  type Classification,
  type ItemVersionWanted,
  type Plan,
  planClassification,
  type Stored,
} from './classify';
import { writeItems } from './item.service';
import { retiredFaults } from './retired-places';
import { mistake, MistakesError, type WriteResult } from './mistakes';

/** A change whose items are found only when nothing can change them any more. */
export interface ClassificationRequest extends Omit<Classification, 'items'> {
  /** Finds the items; called within the transaction that changes them, or reads them for a preview. */
  readonly items: () => Promise<readonly ItemVersionWanted[]>;
}

/** What a change would do. */
export interface PreviewResult {
  readonly itemCount: number;
  /** How many more published items would carry each mode. */
  readonly difference: Readonly<Record<HandlingMode, number>>;
  readonly mistakes: readonly UserError[];
}

const noDifference: Readonly<Record<HandlingMode, number>> = {
  IMMEDIATE: 0,
  ONLINE: 0,
  NEARBY: 0,
  SINGLE_VISIT: 0,
  SELF_SERVICE: 0,
};

export class ClassificationService {
  constructor(
    private readonly dataSource: DataSource,
    /** Brings this node's readers to what was just committed, before the answer goes back. */
    private readonly committed: () => Promise<void>,
  ) {}

  /** Changes modes in one revision, or says why not. */
  async classify(caller: Caller, operation: Operation, request: ClassificationRequest): Promise<WriteResult> {
    const origin = { actor: caller.name, reason: request.reason.trim() };
    try {
      const { revision } = await commitRevision(this.dataSource, origin, (open) =>
        applyClassification(open, request, rightOf(caller, operation), null),
      );
      if (revision !== null) await this.committed();
      return { revision, mistakes: [] };
    } catch (error) {
      return { revision: null, mistakes: asMistakes(error).mistakes };
    }
  }

  /** What `classify` would do now. */
  async preview(
    caller: Caller,
    operation: Operation,
    request: ClassificationRequest,
  ): Promise<PreviewResult> {
    const items = await request.items();
    const plan = await readConsistently(this.dataSource, (manager) =>
      readPlan(manager, { ...request, items }, rightOf(caller, operation)),
    );
    const well = plan.mistakes.length === 0;
    return {
      itemCount: items.length,
      difference: well ? plan.difference : noDifference,
      mistakes: plan.mistakes,
    };
  }
}

/** Whether a caller may perform an operation in a domain. */
export function rightOf(caller: Caller, operation: Operation): (domain: string) => boolean {
  return (domain) => mayPerform(operation, caller, domain);
}

/** Plans a change within an open revision and writes it; returns how many items changed. Throws a MistakesError at any mistake. */
export async function applyClassification(
  open: OpenRevision,
  request: ClassificationRequest,
  mayChange: (domain: string) => boolean,
  proposal: number | null,
): Promise<number> {
  const items = await request.items();
  const plan = await readPlan(open.manager, { ...request, items }, mayChange);
  if (plan.mistakes.length > 0) throw new MistakesError(plan.mistakes);
  const written = await writeItems(open, plan.writes, proposal);
  return written.length;
}

/** Plans a change from what is stored. */
export async function readPlan(
  manager: EntityManager,
  classification: Classification,
  mayChange: (domain: string) => boolean,
): Promise<Plan> {
  const plan = planClassification(classification, await readStored(manager, classification), mayChange);
  if (plan.mistakes.length > 0) return plan;
  const places = new Map(classification.items.map(({ code }, index) => [code, String(index)]));
  const faults = await retiredFaults(manager, plan.writes);
  const mistakes = faults.map(({ code, message, rule }) =>
    mistake(rule ? 'RULE_VIOLATED' : 'CONFLICT', message, ['items', places.get(code) ?? '', 'code'], rule),
  );
  return { ...plan, mistakes };
}

async function readStored(manager: EntityManager, { items, set }: Classification): Promise<Stored> {
  const codesOf = async (table: string, wanted: boolean): Promise<Set<string>> => {
    if (!wanted) return new Set();
    const rows = await manager.query<{ code: string }[]>(`SELECT code FROM ${table}`);
    return new Set(rows.map(({ code }) => code));
  };
  const windows = await manager.query<{ code: string; domain: string }[]>(
    'SELECT code, domain_code AS domain FROM service_window',
  );
  const codes = [...new Set(items.map(({ code }) => code))];
  return {
    items: codes.length === 0 ? new Map() : await readItemStates(manager, codes),
    domainOf: new Map(windows.map(({ code, domain }) => [code, domain])),
    outlets: await codesOf('outlet', (set.outlets?.length ?? 0) > 0),
    kiosks: await codesOf('kiosk', (set.kiosks?.length ?? 0) > 0),
  };
}

/** The mistakes that an error stands for; another error is thrown on. */
export function asMistakes(error: unknown): MistakesError {
  if (error instanceof MistakesError) return error;
  if (!(error instanceof WriteConflictError)) throw error;
  const mistakes = error.conflicts.map(({ index, current }) =>
    mistake('STALE_VERSION', `事项刚被他人修改${current === null ? '' : `，现为第${current}版`}，请重试`, [
      'items',
      String(index),
      'version',
    ]),
  );
  return new MistakesError(mistakes);
}
