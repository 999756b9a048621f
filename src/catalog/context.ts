import type { CallerContext } from '../access/caller';
import type { Directory } from './directory';
import type { GuideLoader } from './guide.loader';
import type { ServiceItem } from './item';
import type { Node } from './node';

/** What the resolvers of the catalog's nouns need of a request. */
export interface CatalogContext extends CallerContext {
  /** Domains, windows, departments, outlets, kiosks and life events as of the request's revision. */
  readonly directory: Directory;
  /** A thing of any type that has ids, by its type's name and its code; null where there is none. */
  readonly findNode: (type: string, code: string) => Promise<Node | null>;
  /** An item as of the request's revision, of whatever status; null where there is none. */
  readonly findItem: (code: string) => Promise<ServiceItem | null>;
  /** The guides of items, each as of the revision of the item's row. */
  readonly guides: GuideLoader;
}
