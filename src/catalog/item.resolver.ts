import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { invariant } from '../lib/errors';
import type { CatalogContext } from './context';
import { Department } from './department';
import { ServiceDomain } from './domain';
import { ServiceItem } from './item';
import { ServiceWindow } from './window';

@Resolver(() => ServiceItem)
export class ItemResolver {
  @Query(() => ServiceItem, {
    nullable: true,
    description:
      'One item, of whatever status, so that a deep link can say that it is suspended or retired; null where there is none of that code.',
  })
  item(
    @Arg('code', () => String, { description: '实施编码 (31 characters) or 业务办理项编码 (33).' })
    code: string,
    @Ctx() { findItem }: CatalogContext,
  ): Promise<ServiceItem | null> {
    return findItem(code);
  }

  @FieldResolver(() => ServiceWindow, { description: 'The window that takes it in.' })
  window(@Root() item: ServiceItem, @Ctx() { directory }: CatalogContext): ServiceWindow {
    const window = directory.window(item.windowCode);
    invariant(window, `item ${item.code} has a window`);
    return window;
  }

  @FieldResolver(() => ServiceDomain, { description: 'The domain of its window.' })
  domain(@Root() item: ServiceItem, @Ctx() context: CatalogContext): ServiceDomain {
    const domain = context.directory.domain(this.window(item, context).domainCode);
    invariant(domain, `item ${item.code} has a domain`);
    return domain;
  }

  @FieldResolver(() => Department, { description: 'The department that decides on it.' })
  department(@Root() item: ServiceItem, @Ctx() { directory }: CatalogContext): Department {
    const department = directory.department(item.departmentCode);
    invariant(department, `item ${item.code} has a department`);
    return department;
  }
}
