/** Relay connections for lists that are read from the database, page by page and forwards only. */
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { type Cursor, decodeCursor, encodeCursor } from './cursor';
import { badUserInput } from './errors';
import { PageInfo } from './page-info';

const largestPage = 100;
const usualPage = 20;

@ArgsType()
export class ForwardArgs {
  @Field(() => Int, { nullable: true, description: 'The first so many, 0 to 100. Default: 20.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries behind this cursor of the same list.' })
  after?: string | null;
}

/** A page as its resolver hands it over. */
export interface PageOf<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Counted only when it is selected. */
  readonly count: () => number | Promise<number>;
}

/** Declares the connection and edge types of a node type: `<name>Connection` and `<name>Edge`. */
export function connectionType<T extends object>(node: () => new () => T, name: string, what: string) {
  @ObjectType(`${name}Edge`, {
    simpleResolvers: true,
    description: `${what} in a list, with its place there.`,
  })
  class Edge {
    @Field(() => String, { description: 'Opaque; for after in the same list.' })
    cursor!: string;

    @Field(node, { description: what })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    constructor(private readonly page: PageOf<T>) {}

    @Field(() => [Edge], { description: 'The entries of the page with their cursors.' })
    edges(): readonly { cursor: string; node: T }[] {
      return this.page.edges;
    }

    @Field(() => [node()], { description: 'The entries of the page.' })
    nodes(): T[] {
      return this.page.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
    pageInfo(): PageInfo {
      const { edges, hasNextPage, hasPreviousPage } = this.page;
      const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
      return { hasNextPage, hasPreviousPage, startCursor, endCursor };
    }

    @Field(() => Int, { description: 'How many entries the whole list has.' })
    totalCount(): number | Promise<number> {
      return this.page.count();
    }
  }
  return Connection;
}

/** Checks the arguments of a forward list: the page's size, and the cursor if it is one of this list. */
export function forwardBounds(
  { first, after }: ForwardArgs,
  list: string,
): { size: number; after: Cursor | null } {
  const size = first ?? usualPage;
  if (size < 0 || size > largestPage)
    throw badUserInput(`first is ${size}, wanted 0 to ${largestPage}`, ['first']);
  if (after === null || after === undefined) return { size, after: null };
  const cursor = decodeCursor(after);
  if (!cursor) {
    throw badUserInput('after is no cursor of this API; take it from an edge or from pageInfo as it is', [
      'after',
    ]);
  }
  if (cursor.list !== list) throw badUserInput('after is a cursor of another list', ['after']);
  return { size, after: cursor };
}

/** Makes a page of entries that were read one more than wanted, to see whether there are more. */
export function forwardPage<T>(
  read: readonly T[],
  bounds: { size: number; after: Cursor | null },
  cursorOf: (entry: T) => Cursor,
  count: PageOf<T>['count'],
): PageOf<T> {
  return {
    edges: read.slice(0, bounds.size).map((node) => ({ node, cursor: encodeCursor(cursorOf(node)) })),
    hasNextPage: read.length > bounds.size,
    hasPreviousPage: bounds.after !== null,
    count,
  };
}
