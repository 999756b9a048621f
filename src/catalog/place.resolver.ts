/** Outlets and kiosks by code; lists of them are in search/, which knows what they handle. */
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from './context';
import { Kiosk } from './kiosk';
import { Outlet } from './outlet';

@Resolver()
export class PlaceResolver {
  @Query(() => Outlet, {
    nullable: true,
    description: 'One outlet (就近办网点); null where there is none of that code.',
  })
  outlet(
    @Arg('code', () => String, { description: 'E.g. T01.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): Outlet | null {
    return directory.outlet(code) ?? null;
  }

  @Query(() => Kiosk, {
    nullable: true,
    description: 'One kiosk (自助终端); null where there is none of that code.',
  })
  kiosk(
    @Arg('code', () => String, { description: 'E.g. K01.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): Kiosk | null {
    return directory.kiosk(code) ?? null;
  }
}
