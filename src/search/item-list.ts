/** From arguments to a page: checks them, pins the revision that a cursor names, and asks the index. */
import { ArgsType, Field, Int } from 'type-graphql';
import { type Cursor, decodeCursor, fingerprint } from '../lib/cursor';
import { badUserInput } from '../lib/errors';
import type { SearchContext } from './context';
import { ServiceItemConnection } from './item-connection';
import { filterConditions, ServiceItemFilter } from './item-filter';
import { ServiceItemOrder } from './item-order';
import { type Condition, Selection } from './selection';
import type { Snapshot } from './snapshot';

const largestPage = 100;
const usualPage = 20;
const longestSearch = 64;
const longestCursor = 400;

@ArgsType()
export class ItemListArgs {
  @Field(() => ServiceItemFilter, {
    nullable: true,
    description: 'Which items; without it, all that are published.',
  })
  filter?: ServiceItemFilter | null;

  @Field(() => ServiceItemOrder, { nullable: true, description: 'Default: by CODE, ASC.' })
  orderBy?: ServiceItemOrder | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The first so many, 0 to 100; not together with last. Default: 20.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items behind this cursor of the same list.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'The last so many, 0 to 100; not together with first.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before this cursor of the same list.' })
  before?: string | null;
}

@ArgsType()
export class ItemSearchArgs extends ItemListArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Not offered yet: any text is BAD_USER_INPUT. At most 64 characters.',
  })
  search?: string | null;
}

/** What a list is a part of, e.g. one domain's items; null for all. */
export type Scope = { readonly dimension: 'domain' | 'window'; readonly code: string } | null;

/** One page of a list. Throws BAD_USER_INPUT, or FORBIDDEN, with the path of the argument at fault. */
export async function listItems(
  context: SearchContext,
  args: ItemSearchArgs,
  scope: Scope,
): Promise<ServiceItemConnection> {
  refuseSearch(args.search);
  const size = pageSize(args);
  const { field = 'CODE', direction = 'ASC' } = args.orderBy ?? {};
  if (field === 'RELEVANCE') {
    throw badUserInput('RELEVANCE orders the results of a search; without search choose another field', [
      'orderBy',
      'field',
    ]);
  }
  const list = fingerprint(JSON.stringify([scope, canonicalFilter(args.filter), field, direction]));
  const after = readCursor('after', args.after, list);
  const before = readCursor('before', args.before, list);
  const snapshot = await pinnedSnapshot(context, after, before);
  const conditions = filterConditions(snapshot, args.filter ?? {}, context.caller);
  if (scope) conditions.push(scopeCondition(snapshot, scope));
  const selection = new Selection(snapshot, conditions);
  for (const [name, cursor] of [['after', after] as const, ['before', before] as const]) {
    if (cursor && !snapshot.find(cursor.key)) throw brokenCursor(name);
  }
  const page = selection.page(field, direction, {
    after: after?.key ?? null,
    before: before?.key ?? null,
    size,
    fromEnd: typeof args.last === 'number',
  });
  return new ServiceItemConnection(selection, page, list);
}

function refuseSearch(search: string | null | undefined): void {
  if (search === null || search === undefined) return;
  if ([...search].length > longestSearch) {
    throw badUserInput(`search has more than ${longestSearch} characters`, ['search']);
  }
  throw badUserInput('search is not offered yet; use filter', ['search']);
}

/** How many rows are asked for; refuses sizes that are out of bounds. */
export function pageSize({ first, last }: Pick<ItemListArgs, 'first' | 'last'>): number {
  if (typeof first === 'number' && typeof last === 'number') {
    throw badUserInput('first and last were both given; choose one', ['last']);
  }
  for (const [name, size] of [['first', first] as const, ['last', last] as const]) {
    if (typeof size === 'number' && (size < 0 || size > largestPage)) {
      throw badUserInput(`${name} is ${size}, wanted 0 to ${largestPage}`, [name]);
    }
  }
  return first ?? last ?? usualPage;
}

/** The cursor of an argument; refuses one that is broken or of another list. */
export function readCursor(
  name: 'after' | 'before',
  text: string | null | undefined,
  list: string,
): Cursor | null {
  if (text === null || text === undefined) return null;
  const cursor = text.length > longestCursor ? null : decodeCursor(text);
  if (!cursor) throw brokenCursor(name);
  if (cursor.list !== list) {
    throw badUserInput(`${name} is a cursor of another list (another filter, order or parent)`, [name]);
  }
  return cursor;
}

/** What a cursor is told that no list of ours has given. */
export function brokenCursor(name: 'after' | 'before') {
  return badUserInput(`${name} is no cursor of this API; take it from an edge or from pageInfo as it is`, [
    name,
  ]);
}

/** A walk through a list sees the catalog as of its first page, so that it shows no item twice and misses none. */
export async function pinnedSnapshot(
  context: SearchContext,
  after: Cursor | null,
  before: Cursor | null,
): Promise<Snapshot> {
  const cursor = after ?? before;
  if (!cursor) return context.view.snapshot;
  if (after && before && after.revision !== before.revision) {
    throw badUserInput('after and before are cursors of different walks through the list', ['before']);
  }
  const snapshot = await context.live.at(cursor.revision);
  if (snapshot) return snapshot;
  const name = after ? 'after' : 'before';
  throw badUserInput(
    `${name} is too old a cursor, or one of a revision not reached yet; begin again without it`,
    [name],
  );
}

function scopeCondition(snapshot: Snapshot, { dimension, code }: NonNullable<Scope>): Condition {
  return { dimension: null, set: snapshot.having(dimension, code) };
}

/** The same text for filters that mean the same: lists in one order, and no conditions that are none. */
function canonicalFilter(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : [...new Set(value as string[])].sort();
  if (typeof value !== 'object') return value;
  if (value === null) return undefined;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, canonicalFilter(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
