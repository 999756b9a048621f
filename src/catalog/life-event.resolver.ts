import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from './context';
import { ServiceItem } from './item';
import { type Audience, AudienceEnum } from './item-enums';
import { LifeEvent } from './life-event';

@Resolver(() => LifeEvent)
export class LifeEventResolver {
  @Query(() => [LifeEvent], { description: 'All life events (一件事), in order of code.' })
  lifeEvents(
    @Arg('audience', () => AudienceEnum, { nullable: true, description: 'Only those of this audience.' })
    audience: Audience | null | undefined,
    @Ctx() { directory }: CatalogContext,
  ): LifeEvent[] {
    return directory.lifeEvents.filter((event) => !audience || event.audience === audience);
  }

  @Query(() => LifeEvent, {
    nullable: true,
    description: 'One life event; null where there is none of that code.',
  })
  lifeEvent(
    @Arg('code', () => String, { description: 'E.g. L01.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): LifeEvent | null {
    return directory.lifeEvent(code) ?? null;
  }

  @FieldResolver(() => [ServiceItem], { description: 'Its published items, in the order to do them.' })
  async items(@Root() { itemCodes }: LifeEvent, @Ctx() { findItem }: CatalogContext): Promise<ServiceItem[]> {
    const items = await Promise.all(itemCodes.map((code) => findItem(code)));
    return items.filter((item) => item !== null).filter(({ status }) => status === 'PUBLISHED');
  }
}

@Resolver(() => ServiceItem)
export class ItemLifeEventsResolver {
  @FieldResolver(() => [LifeEvent], { description: 'The life events that call for it, in order of code.' })
  lifeEvents(@Root() { code }: ServiceItem, @Ctx() { directory }: CatalogContext): readonly LifeEvent[] {
    return directory.lifeEventsOf(code);
  }
}
