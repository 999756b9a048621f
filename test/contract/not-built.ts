/**
 * What contract.graphql promises and this version does not offer yet, as schema coordinates. The list only shrinks:
 * a test fails for an entry that is built.
 */
export const notBuilt: readonly string[] = [
  // Search by words; `items(search:)` is there and says that it is not offered yet.
  'Suggestion',
  'Query.suggest',
  // Keeping up.
  'CatalogDelta',
  'Query.catalogDelta',
  'Subscription',
  'CatalogChangeEvent',
];
