import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ServiceItem } from '../catalog/item';
import { Kiosk } from '../catalog/kiosk';
import { Outlet } from '../catalog/outlet';
import type { SearchContext } from './context';
import {
  KioskConnection,
  KioskListArgs,
  kiosksOf,
  listKiosks,
  listOutlets,
  OutletConnection,
  OutletListArgs,
  outletsOf,
  PlaceListArgs,
} from './place-list';
import { publishedItems } from './selection';

@Resolver()
export class PlaceListResolver {
  @Query(() => OutletConnection, {
    description: 'The outlets (就近办网点), nearest first with near, else in order of code.',
  })
  outlets(
    @Args(() => OutletListArgs) args: OutletListArgs,
    @Ctx() context: SearchContext,
  ): Promise<OutletConnection> {
    return listOutlets(context, args);
  }

  @Query(() => KioskConnection, {
    description: 'The kiosks (自助终端), nearest first with near, else in order of code.',
  })
  kiosks(
    @Args(() => KioskListArgs) args: KioskListArgs,
    @Ctx() context: SearchContext,
  ): Promise<KioskConnection> {
    return listKiosks(context, args);
  }
}

@Resolver(() => ServiceItem)
export class ItemPlacesResolver {
  @FieldResolver(() => OutletConnection, {
    description: 'The outlets that handle it; at least one with NEARBY.',
  })
  outlets(
    @Root() item: ServiceItem,
    @Args(() => PlaceListArgs) args: PlaceListArgs,
    @Ctx() context: SearchContext,
  ): Promise<OutletConnection> {
    return outletsOf(context, item, args);
  }

  @FieldResolver(() => KioskConnection, {
    description: 'The kiosks that handle it; at least one with SELF_SERVICE.',
  })
  kiosks(
    @Root() item: ServiceItem,
    @Args(() => PlaceListArgs) args: PlaceListArgs,
    @Ctx() context: SearchContext,
  ): Promise<KioskConnection> {
    return kiosksOf(context, item, args);
  }
}

@Resolver(() => Outlet)
export class OutletItemsResolver {
  @FieldResolver(() => Int, { description: 'How many published items it handles.' })
  itemCount(@Root() { code }: Outlet, @Ctx() { view }: SearchContext): number {
    return publishedItems(view.snapshot, { dimension: 'outlet', value: code }).count;
  }
}

@Resolver(() => Kiosk)
export class KioskItemsResolver {
  @FieldResolver(() => Int, { description: 'How many published items it handles.' })
  itemCount(@Root() { code }: Kiosk, @Ctx() { view }: SearchContext): number {
    return publishedItems(view.snapshot, { dimension: 'kiosk', value: code }).count;
  }
}
