/** A page of items as the API shows it. Everything is computed only when it is selected. */
import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { ServiceItem } from '../catalog/item';
import { encodeCursor } from '../lib/cursor';
import { PageInfo } from '../lib/page-info';
import type { SearchContext } from './context';
import type { IndexedItem } from './indexed-item';
import { ServiceItemFacets } from './item-facets';
import type { Page, Selection } from './selection';

@ObjectType({ simpleResolvers: true, description: 'An item in a list, with its place there.' })
export class ServiceItemEdge {
  @Field(() => String, {
    description:
      'Opaque; for after and before of the same list. It also pins the revision, so that the pages that follow are read as of the first one.',
  })
  cursor!: string;

  @Field(() => ServiceItem, { description: '事项.' })
  node!: ServiceItem;
}

@ObjectType({ description: 'A page of a list of items.' })
export class ServiceItemConnection {
  constructor(
    private readonly selection: Selection,
    private readonly page: Page,
    /** Fingerprint of the list, for its cursors. */
    private readonly list: string,
  ) {}

  @Field(() => [ServiceItemEdge], { description: 'The items of the page with their cursors.' })
  async edges(@Ctx() context: SearchContext): Promise<ServiceItemEdge[]> {
    const nodes = await this.nodes(context);
    return nodes.map((node) => ({ node, cursor: this.cursor(node) }));
  }

  @Field(() => [ServiceItem], { description: 'The items of the page.' })
  async nodes(@Ctx() context: SearchContext): Promise<ServiceItem[]> {
    return Promise.all(this.page.items.map(({ code, revision }) => context.loader.load({ code, revision })));
  }

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo(): PageInfo {
    const { items, hasNext, hasPrevious } = this.page;
    const first = items[0];
    const last = items.at(-1);
    return {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: first ? this.cursor(first) : null,
      endCursor: last ? this.cursor(last) : null,
    };
  }

  @Field(() => Int, { description: 'How many items the whole list has.' })
  totalCount(): number {
    return this.selection.count;
  }

  @Field(() => ServiceItemFacets, { description: '分面: counts over the whole list.' })
  facets(): ServiceItemFacets {
    return new ServiceItemFacets(this.selection);
  }

  private cursor({ code }: IndexedItem | ServiceItem): string {
    return encodeCursor({ list: this.list, revision: this.selection.snapshot.revision, key: code });
  }
}
