import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from './context';
import { ServiceDomain } from './domain';
import { ServiceWindow } from './window';

@Resolver(() => ServiceDomain)
export class DomainResolver {
  @Query(() => [ServiceDomain], { description: 'All domains (领域), in order of code.' })
  domains(@Ctx() { directory }: CatalogContext): ServiceDomain[] {
    return directory.domains;
  }

  @Query(() => ServiceDomain, {
    nullable: true,
    description: 'One domain; null where there is none of that code.',
  })
  domain(
    @Arg('code', () => String, { description: 'E.g. D01.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): ServiceDomain | null {
    return directory.domain(code) ?? null;
  }

  @FieldResolver(() => [ServiceWindow], { description: 'Its windows, in order of code.' })
  windows(@Root() domain: ServiceDomain, @Ctx() { directory }: CatalogContext): readonly ServiceWindow[] {
    return directory.windowsOf(domain.code);
  }
}
