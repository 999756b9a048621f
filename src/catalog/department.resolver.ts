import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from './context';
import { Department } from './department';

@Resolver(() => Department)
export class DepartmentResolver {
  @Query(() => [Department], { description: 'All departments (实施主体), in order of code.' })
  departments(@Ctx() { directory }: CatalogContext): Department[] {
    return directory.departments;
  }

  @Query(() => Department, {
    nullable: true,
    description: 'One department; null where there is none of that code.',
  })
  department(
    @Arg('code', () => String, { description: 'Unified social credit code, 18 characters.' }) code: string,
    @Ctx() { directory }: CatalogContext,
  ): Department | null {
    return directory.department(code) ?? null;
  }
}
