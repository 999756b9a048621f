/** What a request carries: the catalog as of one revision, pinned when the request came in. */
import type { CatalogContext } from '../catalog/context';
import type { ItemStateLoader } from '../catalog/item-state.loader';
import type { ItemLoader } from '../catalog/item.loader';
import type { CatalogView, LiveCatalog } from './live-catalog';

export interface SearchContext extends CatalogContext {
  readonly view: CatalogView;
  readonly live: LiveCatalog;
  readonly loader: ItemLoader;
  readonly states: ItemStateLoader;
}
