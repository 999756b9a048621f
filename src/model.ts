/** Every entity and every migration, in one explicit list. */
import { InitialCatalog1764000000000 } from '../migrations/1764000000000-initial-catalog';
import { Classification1764200000000 } from '../migrations/1764200000000-classification';
import { AccessTokens1764100000000 } from '../migrations/1764100000000-access-tokens';
import { AccessToken } from './access/token';
import { ItemGuides1764100050000 } from '../migrations/1764100050000-item-guides';
import { LifeEvents1764100100000 } from '../migrations/1764100100000-life-events';
import { Versions1764100200000 } from '../migrations/1764100200000-versions';
import { Department } from './catalog/department';
import { ServiceDomain } from './catalog/domain';
import { ServiceItem } from './catalog/item';
import { StoredItemGuide } from './catalog/item-guide';
import { ItemKiosk, ItemOutlet } from './catalog/item-place';
import { Kiosk } from './catalog/kiosk';
import { LifeEvent, LifeEventItem } from './catalog/life-event';
import { Outlet } from './catalog/outlet';
import { ServiceWindow } from './catalog/window';
import { ClassificationChange } from './classification/classification-change';
import { Proposal, ProposalItem, ProposalReview } from './classification/proposal';
import type { Model } from './database/data-source';
import { CatalogChange, CatalogRevision, CatalogState } from './revisions/revision';

export const model: Model = {
  entities: [
    CatalogState,
    CatalogRevision,
    CatalogChange,
    ServiceDomain,
    Department,
    ServiceWindow,
    Outlet,
    Kiosk,
    ServiceItem,
    ItemOutlet,
    ItemKiosk,
    Proposal,
    ProposalItem,
    ProposalReview,
    ClassificationChange,
    AccessToken,
    StoredItemGuide,
    LifeEvent,
    LifeEventItem,
  ],
  migrations: [
    InitialCatalog1764000000000,
    AccessTokens1764100000000,
    ItemGuides1764100050000,
    LifeEvents1764100100000,
    Versions1764100200000,
    Classification1764200000000,
  ],
};
