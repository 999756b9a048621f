/**
 * Bounds what one operation may ask for. The bounds read variables, so they are checked for every request, after
 * the operation is chosen: a validation rule would run only the first time a document is seen.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  GraphQLError,
  isCompositeType,
  isListType,
  getNullableType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { errorCodes } from '../lib/errors';

/** The most tokens that a document may have. */
export const maxTokens = 2_000;

/** The most levels of fields, introspection's own included. */
export const maxDepth = 15;

/** The most fields that an answer may be expected to have. */
export const maxCost = 10_000;

/** What a list without a size of its own is expected to have. */
const usualList = 20;

/** A field costs 1, and a list as many times what it selects as it may have entries. */
const estimateCost: ComplexityEstimator = ({ args: given, childComplexity, field }) => {
  const args = given as Readonly<Record<string, unknown>>;
  if (childComplexity === 0) return 1;
  const type = getNullableType(field.type);
  if (getNamedType(type).name.endsWith('Connection')) {
    const size = [args['first'], args['last']].find((number) => typeof number === 'number');
    return 1 + childComplexity * Math.max(1, size ?? usualList);
  }
  if (!isListType(type) || !isCompositeType(getNamedType(type))) return 1 + childComplexity;
  // The nodes and edges of a connection are counted by the connection's size already.
  if (field.name === 'nodes' || field.name === 'edges') {
    const ids: unknown = args['ids'];
    return 1 + childComplexity * (Array.isArray(ids) ? ids.length : 1);
  }
  return 1 + childComplexity * usualList;
};

/** Refuses operations over the bounds with OPERATION_TOO_COMPLEX, which tells the figure and the bound. */
export const limitsPlugin: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, request, operation, operationName }) {
        if (!operation) return;
        const depth = depthOf(operation, document);
        if (depth > maxDepth)
          throw tooComplex(`The operation is ${depth} levels deep, at most ${maxDepth} are allowed`);
        // Introspection has its own bounds in graphql-js; its fields cost nothing of ours.
        const cost = costOf(() =>
          getComplexity({
            schema,
            query: document,
            variables: request.variables ?? {},
            ...(operationName ? { operationName } : {}),
            estimators: [estimateCost],
          }),
        );
        if (cost > maxCost) throw tooComplex(`The operation costs ${cost}, at most ${maxCost} is allowed`);
      },
    };
  },
};

function costOf(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    // Variables that do not fit their types: execution refuses them with a better message.
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}

function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: errorCodes.operationTooComplex, http: { status: 400 } },
  });
}

/** How many levels of fields an operation has; validation has made sure that fragments do not go in circles. */
function depthOf(operation: OperationDefinitionNode, document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<SelectionSetNode, number>();
  const depth = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const before = known.get(set);
    if (before !== undefined) return before;
    let deepest = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) deepest = Math.max(deepest, 1 + depth(selection.selectionSet));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        deepest = Math.max(deepest, depth(selection.selectionSet));
      else deepest = Math.max(deepest, depth(fragments.get(selection.name.value)?.selectionSet));
    }
    known.set(set, deepest);
    return deepest;
  };
  return depth(operation.selectionSet);
}
