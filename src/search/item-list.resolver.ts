import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Department } from '../catalog/department';
import { ServiceDomain } from '../catalog/domain';
import { ServiceWindow } from '../catalog/window';
import type { SearchContext } from './context';
import { ServiceItemConnection } from './item-connection';
import { ItemListArgs, ItemSearchArgs, listItems } from './item-list';
import { ModeCount, modeCounts } from './mode-count';
import { publishedItems } from './selection';

@Resolver()
export class ItemListResolver {
  @Query(() => ServiceItemConnection, {
    description:
      'The items of the catalog, filtered, ordered and paged. first and last are at most 100; without either, 20.',
  })
  items(
    @Args(() => ItemSearchArgs) args: ItemSearchArgs,
    @Ctx() context: SearchContext,
  ): Promise<ServiceItemConnection> {
    return listItems(context, args, null);
  }
}

/** The fields that a thing has because items belong to it. */
function itemOwnerResolver(owner: () => new () => { code: string }, dimension: 'domain' | 'window') {
  @Resolver(owner)
  class ItemOwnerResolver {
    @FieldResolver(() => ServiceItemConnection, {
      description: 'Its items, as the query `items` gives them.',
    })
    items(
      @Root() { code }: { code: string },
      @Args(() => ItemListArgs) args: ItemListArgs,
      @Ctx() context: SearchContext,
    ): Promise<ServiceItemConnection> {
      return listItems(context, args, { dimension, code });
    }

    @FieldResolver(() => Int, { description: 'How many published items it has.' })
    itemCount(@Root() { code }: { code: string }, @Ctx() { view }: SearchContext): number {
      return publishedItems(view.snapshot, { dimension, value: code }).count;
    }

    @FieldResolver(() => [ModeCount], { description: 'Its published items by mode.' })
    modes(@Root() { code }: { code: string }, @Ctx() { view }: SearchContext): ModeCount[] {
      return modeCounts(publishedItems(view.snapshot, { dimension, value: code }));
    }
  }
  return ItemOwnerResolver;
}

export const DomainItemsResolver = itemOwnerResolver(() => ServiceDomain, 'domain');
export const WindowItemsResolver = itemOwnerResolver(() => ServiceWindow, 'window');

@Resolver(() => Department)
export class DepartmentItemsResolver {
  @FieldResolver(() => Int, { description: 'How many published items it handles.' })
  itemCount(@Root() { code }: Department, @Ctx() { view }: SearchContext): number {
    return publishedItems(view.snapshot, { dimension: 'department', value: code }).count;
  }
}
