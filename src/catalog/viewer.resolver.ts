import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Viewer } from '../access/viewer';
import type { CatalogContext } from './context';
import { ServiceDomain } from './domain';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: 'Who asks; null for an anonymous caller.' })
  viewer(@Ctx() { caller }: CatalogContext): Viewer | null {
    if (!caller) return null;
    const { id, name, roles, domains } = caller;
    return Object.assign(new Viewer(), { id, name, roles, domainCodes: domains });
  }

  @FieldResolver(() => [ServiceDomain], {
    description:
      'Domains that the viewer may change, in order of code; empty with ADMINISTRATOR means all of them.',
  })
  domains(@Root() { domainCodes }: Viewer, @Ctx() { directory }: CatalogContext): ServiceDomain[] {
    return directory.domains.filter(({ code }) => domainCodes.includes(code));
  }
}
