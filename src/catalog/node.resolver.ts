import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { badUserInput } from '../lib/errors';
import type { CatalogContext } from './context';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { ServiceItem } from './item';
import { Kiosk } from './kiosk';
import { LifeEvent } from './life-event';
import { decodeNodeId, Node } from './node';
import { Outlet } from './outlet';
import { ServiceWindow } from './window';

const mostIds = 100;

/** How a thing of a type is found by its code. */
export type NodeFinder<C> = (code: string, context: C) => Node | null | undefined | Promise<Node | null>;

/** How the nouns of the catalog are found, by the names of their types. */
export const catalogFinders: readonly (readonly [string, NodeFinder<CatalogContext>])[] = [
  [ServiceDomain.name, (code, { directory }) => directory.domain(code)],
  [ServiceWindow.name, (code, { directory }) => directory.window(code)],
  [Department.name, (code, { directory }) => directory.department(code)],
  [Outlet.name, (code, { directory }) => directory.outlet(code)],
  [Kiosk.name, (code, { directory }) => directory.kiosk(code)],
  [LifeEvent.name, (code, { directory }) => directory.lifeEvent(code)],
  [ServiceItem.name, (code, { findItem }) => findItem(code)],
];

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'The thing with an id; null where there is none.' })
  async node(
    @Arg('id', () => ID, { description: 'As a field `id` gave it.' }) id: string,
    @Ctx() context: CatalogContext,
  ): Promise<Node | null> {
    const key = decodeNodeId(id);
    return key ? context.findNode(key.type, key.code) : null;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'The things with some ids, in the same order; null where there is none. At most 100 ids.',
  })
  async nodes(
    @Arg('ids', () => [ID], { description: 'As fields `id` gave them; at most 100.' }) ids: string[],
    @Ctx() context: CatalogContext,
  ): Promise<(Node | null)[]> {
    if (ids.length > mostIds)
      throw badUserInput(`ids has ${ids.length} entries, wanted at most ${mostIds}`, ['ids']);
    return Promise.all(ids.map((id) => this.node(id, context)));
  }
}
