/** The catalog as a whole: where it stands, and the figures that the yearly report is written from. */
import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { dateTimeScalar } from '../lib/date-time';
import { badUserInput } from '../lib/errors';
import type { SearchContext } from './context';
import { ModeCount, modeCounts } from './mode-count';
import { publishedItems } from './selection';

@ObjectType({ description: 'The figures of the catalog, counted from its rows.' })
export class CatalogStatistics {
  @Field(() => dateTimeScalar, { description: 'The moment that the figures are of.' })
  asOf!: Date;

  @Field(() => Int, { description: 'The revision that was in force at that moment.' })
  revision!: number;

  @Field(() => Int, { description: '领域: how many domains there are.' })
  domainCount!: number;

  @Field(() => Int, { description: '综合窗口: how many windows there are.' })
  windowCount!: number;

  @Field(() => Int, { description: '事项: how many items are published.' })
  itemCount!: number;

  @Field(() => [ModeCount], { description: 'Published items by mode.' })
  modes!: ModeCount[];
}

@ObjectType({ description: 'The catalog as a whole.' })
export class Catalog {
  @Field(() => String, {
    nullable: true,
    description:
      'What a reader must know of the data as a whole, e.g. that it is sample data (示例数据); null for official data.',
  })
  notice!: string | null;

  @Field(() => Int, {
    description:
      'Grows by one with every committed change; a client that has seen revision n has seen everything up to n.',
  })
  revision!: number;

  @Field(() => dateTimeScalar, { description: 'The moment of that revision.' })
  updatedAt!: Date;
}

@Resolver(() => Catalog)
export class CatalogResolver {
  @Query(() => Catalog, { description: 'The catalog as a whole.' })
  catalog(@Ctx() { view }: SearchContext): Catalog {
    const { revision, updatedAt, notice } = view.head;
    return { revision, updatedAt, notice };
  }

  @FieldResolver(() => CatalogStatistics, {
    description:
      'The figures that the yearly report is written from; asOf reads them as they stood at that moment.',
  })
  async statistics(
    @Arg('asOf', () => dateTimeScalar, {
      nullable: true,
      description: 'A moment that is past; BAD_USER_INPUT for one to come. Default: now.',
    })
    asOf: Date | null | undefined,
    @Ctx() { view, live }: SearchContext,
  ): Promise<CatalogStatistics> {
    if (asOf && asOf.getTime() > Date.now()) {
      throw badUserInput(`asOf is ${asOf.toISOString()}, which is to come`, ['asOf']);
    }
    const snapshot = asOf ? await live.asOf(asOf) : view.snapshot;
    const published = publishedItems(snapshot);
    return {
      asOf: asOf ?? view.head.updatedAt,
      revision: snapshot.revision,
      domainCount: snapshot.directory.domains.length,
      windowCount: snapshot.directory.windows.length,
      itemCount: published.count,
      modes: modeCounts(published),
    };
  }
}
