/**
 * Bounds what one operation may ask for. The bounds read variables, so they are checked for every request, after
 * the operation is chosen: a validation rule would run only the first time a document is seen.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { errorCodes } from '../lib/errors';

/** The most tokens that a document may have. */
export const maxTokens = 2_000;

/** The most levels of fields, introspection's own included. */
export const maxDepth = 15;

/** The most fields that an answer may be expected to have. */
export const maxCost = 10_000;

/** How many entries a list without a size of its own is expected to have. */
const usualList = 20;

/** Refuses operations over the bounds with OPERATION_TOO_COMPLEX, which tells the figure and the bound. */
export const limitsPlugin: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, request, operation }) {
        if (!operation) return;
        const { coerced } = getVariableValues(
          schema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
        );
        // Variables that do not fit their types: execution refuses them with a message of its own.
        if (!coerced) return;
        const { cost, depth } = new OperationMeasure(schema, document, coerced).of(operation);
        if (depth > maxDepth)
          throw tooComplex(`The operation is ${depth} levels deep, at most ${maxDepth} are allowed`);
        if (cost > maxCost) throw tooComplex(`The operation costs ${cost}, at most ${maxCost} is allowed`);
      },
    };
  },
};

function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: errorCodes.operationTooComplex, http: { status: 400 } },
  });
}

/** What an operation asks for. */
interface Measure {
  /** How many fields the answer may have. */
  readonly cost: number;
  /** How many levels of fields there are. */
  readonly depth: number;
}

const nothing: Measure = { cost: 0, depth: 0 };

/** Measures one operation; validation has made sure that its fragments do not go in circles. */
class OperationMeasure {
  private readonly fragments = new Map<string, SelectionSetNode>();
  /** What was measured before, so that a fragment used in many places is measured once a place's page size. */
  private readonly known = new Map<SelectionSetNode, Map<number, Measure>>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node.selectionSet);
    }
  }

  of(operation: OperationDefinitionNode): Measure {
    return this.ofSet(operation.selectionSet, this.schema.getRootType(operation.operation) ?? undefined, 1);
  }

  /** `page` is the size of the connection whose fields these are. */
  private ofSet(
    set: SelectionSetNode | undefined,
    type: GraphQLNamedType | undefined,
    page: number,
  ): Measure {
    if (!set) return nothing;
    const before = this.known.get(set)?.get(page);
    if (before) return before;
    let cost = 0;
    let depth = 0;
    for (const node of set.selections) {
      let part: Measure;
      if (node.kind === Kind.FIELD) {
        part = this.ofField(node, type, page);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition ? this.schema.getType(node.typeCondition.name.value) : type;
        part = this.ofSet(node.selectionSet, condition, page);
      } else {
        part = this.ofSet(this.fragments.get(node.name.value), type, page);
      }
      cost += part.cost;
      depth = Math.max(depth, part.depth);
    }
    const measure = { cost, depth };
    this.known.set(set, (this.known.get(set) ?? new Map<number, Measure>()).set(page, measure));
    return measure;
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType | undefined, page: number): Measure {
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // Introspection's fields are of no type of ours.
    if (!field) {
      const { cost, depth } = this.ofSet(node.selectionSet, undefined, 1);
      return { cost: cost + 1, depth: depth + 1 };
    }
    const type = getNamedType(field.type);
    const given = getArgumentValues(field, node, this.variables);
    const isPage = type.name.endsWith('Connection');
    const size = [given['first'], given['last']].find((number) => typeof number === 'number') ?? usualList;
    const inside = this.ofSet(node.selectionSet, type, isPage ? Math.max(1, size) : 1);
    let times = 1;
    if (isListType(getNullableType(field.type)) && isCompositeType(type)) {
      if (parent?.name.endsWith('Connection')) times = page;
      else times = Array.isArray(given['ids']) ? given['ids'].length : usualList;
    }
    return { cost: 1 + inside.cost * times, depth: 1 + inside.depth };
  }
}
