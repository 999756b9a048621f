import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { invariant } from '../lib/errors';
import { refuseUnknownCodes } from './code-list';
import type { CatalogContext } from './context';
import { ServiceDomain } from './domain';
import { ServiceWindow } from './window';

@Resolver(() => ServiceWindow)
export class WindowResolver {
  @Query(() => [ServiceWindow], {
    description: 'All windows (综合窗口), or those of some domains, in order of code.',
  })
  windows(
    @Arg('domain', () => [String], {
      nullable: true,
      description:
        'Codes of domains, at most 100; an unknown one is BAD_USER_INPUT. An empty list is no condition.',
    })
    domain: string[] | null | undefined,
    @Ctx() { directory }: CatalogContext,
  ): ServiceWindow[] {
    const wanted = new Set(domain ?? []);
    refuseUnknownCodes(['domain'], domain ?? [], (code) => directory.domain(code) !== undefined);
    return directory.windows.filter(({ domainCode }) => wanted.size === 0 || wanted.has(domainCode));
  }

  @Query(() => ServiceWindow, {
    nullable: true,
    description: 'One window; null where there is none of that code.',
  })
  window(
    @Arg('code', () => String, { description: 'E.g. D01-03.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): ServiceWindow | null {
    return directory.window(code) ?? null;
  }

  @FieldResolver(() => ServiceDomain, { description: 'The domain that it serves.' })
  domain(@Root() window: ServiceWindow, @Ctx() { directory }: CatalogContext): ServiceDomain {
    const domain = directory.domain(window.domainCode);
    invariant(domain, `window ${window.code} has a domain`);
    return domain;
  }
}
