/** The guide of an item (办事指南): read only when one of its fields is selected, in one statement for any number of items. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from './context';
import { HandlingStep, type ItemGuide, LegalBasis, RequiredMaterial } from './guide';
import { ServiceItem } from './item';

@Resolver(() => ServiceItem)
export class GuideResolver {
  @FieldResolver(() => [String], {
    description: '受理条件: what must hold for an application to be taken, in order; at most 30.',
  })
  conditions(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['conditions']> {
    return field('conditions', item, context);
  }

  @FieldResolver(() => [RequiredMaterial], {
    description: '申请材料: what the applicant hands in, in order; at most 50.',
  })
  materials(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['materials']> {
    return field('materials', item, context);
  }

  @FieldResolver(() => [HandlingStep], {
    description: '办理流程: the steps that it goes through, in order; at most 30.',
  })
  steps(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['steps']> {
    return field('steps', item, context);
  }

  @FieldResolver(() => [LegalBasis], { description: '设定依据: the laws that it rests on; at most 50.' })
  legalBases(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['legalBases']> {
    return field('legalBases', item, context);
  }

  @FieldResolver(() => [String], { description: '办理结果: what one gets, e.g. 营业执照; at most 20.' })
  results(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['results']> {
    return field('results', item, context);
  }

  @FieldResolver(() => [String], {
    description: '别名: colloquial names that citizens search by; at most 30.',
  })
  aliases(@Root() item: ServiceItem, @Ctx() context: CatalogContext): Promise<ItemGuide['aliases']> {
    return field('aliases', item, context);
  }
}

async function field<K extends keyof ItemGuide>(
  name: K,
  { code, revision }: ServiceItem,
  { guides }: CatalogContext,
): Promise<ItemGuide[K]> {
  const { guide } = await guides.load({ code, revision });
  return guide[name];
}
