/** The GraphQL schema, from an explicit list of resolvers. Build it once a process: type-graphql's metadata is global. */
import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { ChangeResolver, HistoryResolver } from './administration/change.resolver';
import { ClassifyResolver } from './administration/classify.resolver';
import { FindingResolver } from './administration/finding.resolver';
import { ItemEditingResolver } from './administration/item.resolver';
import { ProposalResolver } from './administration/proposal.resolver';
import {
  KioskEditingResolver,
  LifeEventEditingResolver,
  OutletEditingResolver,
  WindowEditingResolver,
} from './administration/record.resolver';
import { DepartmentResolver } from './catalog/department.resolver';
import { DomainResolver } from './catalog/domain.resolver';
import { GuideResolver } from './catalog/guide.resolver';
import { ItemResolver } from './catalog/item.resolver';
import { ItemLifeEventsResolver, LifeEventResolver } from './catalog/life-event.resolver';
import { NodeResolver } from './catalog/node.resolver';
import { ViewerResolver } from './catalog/viewer.resolver';
import { PlaceResolver } from './catalog/place.resolver';
import { WindowResolver } from './catalog/window.resolver';
import { CatalogResolver } from './search/catalog.resolver';
import {
  DepartmentItemsResolver,
  DomainItemsResolver,
  ItemListResolver,
  WindowItemsResolver,
} from './search/item-list.resolver';
import {
  ItemPlacesResolver,
  KioskItemsResolver,
  OutletItemsResolver,
  PlaceListResolver,
} from './search/place-list.resolver';

/** Builds the schema. */
export function buildSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      CatalogResolver,
      ChangeResolver,
      ClassifyResolver,
      DepartmentItemsResolver,
      DepartmentResolver,
      DomainItemsResolver,
      DomainResolver,
      FindingResolver,
      HistoryResolver,
      GuideResolver,
      ItemLifeEventsResolver,
      ItemEditingResolver,
      ItemListResolver,
      ItemPlacesResolver,
      ItemResolver,
      KioskEditingResolver,
      KioskItemsResolver,
      LifeEventEditingResolver,
      LifeEventResolver,
      NodeResolver,
      ProposalResolver,
      ViewerResolver,
      OutletEditingResolver,
      OutletItemsResolver,
      PlaceListResolver,
      PlaceResolver,
      WindowEditingResolver,
      WindowItemsResolver,
      WindowResolver,
    ],
    // Resolvers check their own arguments and say which one is wrong.
    validate: false,
  });
}

/** The schema as text, sorted, as schema/schema.graphql keeps it. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
