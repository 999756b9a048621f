/** Lists of outlets and kiosks, nearest first if a point is given, paged as lists of items are. */
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import type { Directory } from '../catalog/directory';
import { distanceMeters, GeoPointInput, refuseNoPoint } from '../catalog/geo';
import type { ServiceItem } from '../catalog/item';
import type { ItemPlaces } from '../catalog/item.store';
import { Kiosk } from '../catalog/kiosk';
import { Outlet, type OutletLevel, OutletLevelEnum } from '../catalog/outlet';
import { encodeCursor, fingerprint } from '../lib/cursor';
import { badUserInput } from '../lib/errors';
import { PageInfo } from '../lib/page-info';
import type { SearchContext } from './context';
import { brokenCursor, pageSize, pinnedSnapshot, readCursor } from './item-list';
import type { Snapshot } from './snapshot';

@ArgsType()
export class PlaceListArgs {
  @Field(() => GeoPointInput, {
    nullable: true,
    description: 'Nearest to this point first, ties by code; without it, in order of code.',
  })
  near?: GeoPointInput | null;

  @Field(() => Int, { nullable: true, description: 'The first so many, 0 to 100. Default: 20.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only those behind this cursor of the same list.' })
  after?: string | null;
}

@ArgsType()
export class KioskListArgs extends PlaceListArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only those that handle the item of this code; an unknown one is BAD_USER_INPUT.',
  })
  item?: string | null;
}

@ArgsType()
export class OutletListArgs extends KioskListArgs {
  @Field(() => [OutletLevelEnum], {
    nullable: true,
    description: 'Only those of these levels; an empty list is no condition.',
  })
  level?: OutletLevel[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'An outlet in a list, with its place there.' })
export class OutletEdge {
  @Field(() => String, { description: 'Opaque; for after of the same list. It pins the revision.' })
  cursor!: string;

  @Field(() => Outlet, { description: '就近办网点.' })
  node!: Outlet;
}

@ObjectType({ simpleResolvers: true, description: 'A page of a list of outlets.' })
export class OutletConnection {
  @Field(() => [OutletEdge], { description: 'The outlets of the page with their cursors.' })
  edges!: OutletEdge[];

  @Field(() => [Outlet], { description: 'The outlets of the page.' })
  nodes!: Outlet[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many outlets the whole list has.' })
  totalCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A kiosk in a list, with its place there.' })
export class KioskEdge {
  @Field(() => String, { description: 'Opaque; for after of the same list. It pins the revision.' })
  cursor!: string;

  @Field(() => Kiosk, { description: '自助终端.' })
  node!: Kiosk;
}

@ObjectType({ simpleResolvers: true, description: 'A page of a list of kiosks.' })
export class KioskConnection {
  @Field(() => [KioskEdge], { description: 'The kiosks of the page with their cursors.' })
  edges!: KioskEdge[];

  @Field(() => [Kiosk], { description: 'The kiosks of the page.' })
  nodes!: Kiosk[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many kiosks the whole list has.' })
  totalCount!: number;
}

interface Connection<T> {
  readonly edges: { cursor: string; node: T }[];
  readonly nodes: T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** What differs between the lists of outlets and those of kiosks. */
interface PlaceKind<T extends Outlet | Kiosk> {
  readonly name: 'outlets' | 'kiosks';
  readonly type: new () => T;
  readonly all: (directory: Directory) => T[];
}

const outletKind: PlaceKind<Outlet> = {
  name: 'outlets',
  type: Outlet,
  all: (directory) => directory.outlets,
};
const kioskKind: PlaceKind<Kiosk> = { name: 'kiosks', type: Kiosk, all: (directory) => directory.kiosks };

/** The outlets of the county. Throws BAD_USER_INPUT with the path of the argument at fault. */
export function listOutlets(context: SearchContext, args: OutletListArgs): Promise<OutletConnection> {
  const levels = [...new Set(args.level ?? [])].sort();
  return listPlaces(context, outletKind, args, {
    item: args.item ?? null,
    extra: levels,
    holds: ({ level }) => levels.length === 0 || levels.includes(level),
  });
}

/** The kiosks of the county. Throws BAD_USER_INPUT with the path of the argument at fault. */
export function listKiosks(context: SearchContext, args: KioskListArgs): Promise<KioskConnection> {
  return listPlaces(context, kioskKind, args, { item: args.item ?? null, extra: [], holds: () => true });
}

/** The outlets that handle an item, as of the item's revision. */
export function outletsOf(
  context: SearchContext,
  item: ServiceItem,
  args: PlaceListArgs,
): Promise<OutletConnection> {
  return listPlaces(context, outletKind, args, { item, extra: [], holds: () => true });
}

/** The kiosks that handle an item, as of the item's revision. */
export function kiosksOf(
  context: SearchContext,
  item: ServiceItem,
  args: PlaceListArgs,
): Promise<KioskConnection> {
  return listPlaces(context, kioskKind, args, { item, extra: [], holds: () => true });
}

interface PlaceCondition<T> {
  /** Only those that handle an item: the one of a code, or one that was read already. */
  readonly item: string | ServiceItem | null;
  /** What else tells this list from another. */
  readonly extra: readonly string[];
  readonly holds: (place: T) => boolean;
}

async function listPlaces<T extends Outlet | Kiosk>(
  context: SearchContext,
  kind: PlaceKind<T>,
  args: PlaceListArgs,
  { item, extra, holds }: PlaceCondition<T>,
): Promise<Connection<T>> {
  const near = args.near ?? null;
  if (near) refuseNoPoint(['near'], near);
  const size = pageSize({ first: args.first ?? null });
  const point = near && [near.latitude, near.longitude];
  // An item as parent and as argument make two lists: one is as of the item's revision, the other as of the walk's.
  const owner = typeof item === 'string' ? [item] : (item?.code ?? null);
  const list = fingerprint(JSON.stringify([kind.name, owner, point, extra]));
  const after = readCursor('after', args.after, list);
  const snapshot = await pinnedSnapshot(context, after, null);
  const { linked, revision } = await linksTo(context, snapshot, { item, begun: after !== null });
  const chosen = kind
    .all(snapshot.directory)
    .filter((place) => (!linked || linked[kind.name].includes(place.code)) && holds(place));
  return connection(near ? nearestFirst(kind, chosen, near) : chosen, {
    size,
    after: after?.key ?? null,
    cursor: ({ code }) => encodeCursor({ list, revision, key: code }),
  });
}

/** The places that handle an item, null without an item, and the revision that a cursor has to pin. */
async function linksTo(
  { states }: SearchContext,
  snapshot: Snapshot,
  { item, begun }: { item: string | ServiceItem | null; begun: boolean },
): Promise<{ linked: ItemPlaces | null; revision: number }> {
  const { revision } = snapshot;
  if (item === null) return { linked: null, revision };
  const indexed = snapshot.find(typeof item === 'string' ? item : item.code);
  if (typeof item === 'string') {
    if (indexed) return { linked: indexed, revision };
    throw badUserInput(`There is no item with the code ${JSON.stringify(item.slice(0, 64))}`, ['item']);
  }
  // A walk that has begun goes on as of its cursor; else the places are those of the row, however old it is.
  if (indexed && (begun || indexed.revision === item.revision)) return { linked: indexed, revision };
  return { linked: await states.load({ code: item.code, revision: item.revision }), revision: item.revision };
}

/** Copies with their distance: those of the directory are shared by all requests. */
function nearestFirst<T extends Outlet | Kiosk>(
  { type }: PlaceKind<T>,
  places: readonly T[],
  near: GeoPointInput,
): T[] {
  return places
    .map((place) => ({ place, distance: distanceMeters(near, place) }))
    .sort((a, b) => a.distance - b.distance || (a.place.code < b.place.code ? -1 : 1))
    .map(({ place, distance }) => Object.assign(new type(), place, { distanceMeters: distance }));
}

function connection<T extends Outlet | Kiosk>(
  all: readonly T[],
  page: { size: number; after: string | null; cursor: (place: T) => string },
): Connection<T> {
  const start = page.after === null ? 0 : all.findIndex(({ code }) => code === page.after) + 1;
  if (page.after !== null && start === 0) throw brokenCursor('after');
  const nodes = all.slice(start, start + page.size);
  const edges = nodes.map((node) => ({ node, cursor: page.cursor(node) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: start + nodes.length < all.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: all.length,
  };
}
