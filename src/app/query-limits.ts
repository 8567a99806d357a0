/** What one request may ask for. Every limit answers with a code of its own, before anything is read. */
import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isLeafType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { largestPage } from '../../resolvers/paging.js';

export const queryLimits = {
  /** Tokens of a document, comments apart. */
  tokens: 5_000,
  /** Fields inside fields; introspection has a limit of its own in graphql-js. */
  depth: 16,
  aliases: 50,
  /** Lists and objects inside lists and objects, in an argument or a variable. */
  nesting: 8,
  /** Objects that an answer may hold, counted as if every connection were full. */
  complexity: 25_000,
} as const;

/** Lists without pages count as this many objects: the usual size, since their sum is bounded by the film. */
const usualListLength = 10;

/** Apollo keeps parsed documents, so what depends on the document alone is measured once. */
const measured = new WeakMap<DocumentNode, DocumentSize>();

/**
 * Refuses documents that are too deep, too complex or full of aliases, and values that are too deep: QUERY_TOO_DEEP,
 * …_COMPLEX, …_MANY_ALIASES, VALUE_TOO_DEEP.
 */
export function refuseLarge(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): void {
  const size = sizeOf(document);
  refuseAbove('depth', 'QUERY_TOO_DEEP', size.depth);
  refuseAbove('aliases', 'QUERY_TOO_MANY_ALIASES', size.aliases);
  refuseAbove('nesting', 'VALUE_TOO_DEEP', Math.max(size.nesting, nestingOf(variables)));
  refuseAbove('complexity', 'QUERY_TOO_COMPLEX', complexityOf(schema, document, operation, variables));
}

function sizeOf(document: DocumentNode): DocumentSize {
  const size = measured.get(document) ?? measureDocument(document);
  measured.set(document, size);
  return size;
}

/** Holds every request to the limits. */
export function queryLimitsPlugin(schema: GraphQLSchema): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          refuseLarge(schema, document, operation, request.variables ?? {});
        },
      };
    },
  };
}

function refuseAbove(limit: keyof typeof queryLimits, code: string, found: number): void {
  if (found <= queryLimits[limit]) return;
  const shown = Number.isFinite(found) ? `is ${Math.round(found)}` : 'cannot be counted';
  throw new GraphQLError(`The query’s ${limit} ${shown}; at most ${queryLimits[limit]} is answered.`, {
    extensions: { code, http: { status: 400 } },
  });
}

interface DocumentSize {
  readonly depth: number;
  readonly aliases: number;
  /** Of values written in the document. */
  readonly nesting: number;
  /** Variables on which the complexity depends: lengths of lists, and conditions of directives. */
  readonly counting: readonly string[];
}

/** Arguments of fields, and of `@skip` and `@include`. */
const countingArguments: ReadonlySet<string> = new Set(['first', 'top', 'if']);

function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const depths = new Map<string, number>();

  const depthOfFragment = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    // Validation has refused fragments that contain themselves.
    const depth = fragment ? depthOf(fragment.selectionSet) : 0;
    depths.set(name, depth);
    return depth;
  };
  const depthOf = (selected: SelectionSetNode): number =>
    selected.selections.reduce((deepest, selection) => {
      switch (selection.kind) {
        case Kind.FIELD: {
          if (selection.name.value.startsWith('__')) return deepest;
          return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
        }
        case Kind.INLINE_FRAGMENT:
          return Math.max(deepest, depthOf(selection.selectionSet));
        case Kind.FRAGMENT_SPREAD:
          return Math.max(deepest, depthOfFragment(selection.name.value));
        default:
          return selection satisfies never;
      }
    }, 0);

  const counting = new Set<string>();
  let aliases = 0;
  let open = 0;
  let nesting = 0;
  const isNest = (kind: Kind) => kind === Kind.LIST || kind === Kind.OBJECT;
  visit(document, {
    enter: (node) => {
      if (node.kind === Kind.FIELD && node.alias) aliases++;
      if (node.kind === Kind.ARGUMENT && node.value.kind === Kind.VARIABLE && countingArguments.has(node.name.value))
        counting.add(node.value.name.value);
      if (isNest(node.kind)) nesting = Math.max(nesting, ++open);
    },
    leave: (node) => {
      if (isNest(node.kind)) open--;
    },
  });
  const depth = document.definitions.reduce(
    (deepest, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? Math.max(deepest, depthOf(definition.selectionSet)) : deepest,
    0,
  );
  return { depth, aliases, nesting, counting: [...counting] };
}

/** How deep the values of variables are; Infinity past the limit, where it stops to look. */
function nestingOf(variables: Readonly<Record<string, unknown>>): number {
  const depthOf = (value: unknown, around: number): number => {
    if (typeof value !== 'object' || value === null) return around;
    if (around >= queryLimits.nesting) return Number.POSITIVE_INFINITY;
    return Object.values(value).reduce<number>(
      (deepest, each) => Math.max(deepest, depthOf(each, around + 1)),
      around + 1,
    );
  };
  return Object.values(variables).reduce<number>((deepest, value) => Math.max(deepest, depthOf(value, 0)), 0);
}

/** Objects in a full answer: leaves are free, a connection holds `first`, a dear field says what it counts for. */
const objectsIn: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const own = typeof field.extensions.complexity === 'number' ? field.extensions.complexity : undefined;
  const named = getNamedType(field.type);
  if (isLeafType(named)) return own ?? 0;
  // `nodes`, `edges` and `pageInfo`: counted by the field that gave the connection.
  if (type.name.endsWith('Connection')) return childComplexity;
  const perObject = Math.max(1, childComplexity);
  const first = Math.min(Math.max(Number(args.first ?? usualListLength), 0), largestPage);
  if (named.name.endsWith('Connection')) return (own ?? 1) + first * perObject;
  // The best of the whole graph: nothing but `top` bounds them.
  if (typeof args.top === 'number') return (own ?? 1) + Math.min(Math.max(args.top, 0), largestPage) * perObject;
  if (isListType(getNullableType(field.type))) return (own ?? 1) + Math.min(first, usualListLength) * perObject;
  return (own ?? 1) + childComplexity;
};

/** Counting walks the whole document, so what came out is kept, as long as the variables that matter are the same. */
const counted = new WeakMap<OperationDefinitionNode, Map<string, number>>();
const mostCounted = 100;

function complexityOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): number {
  // Execution refuses an operation name that the document lacks.
  if (!operation) return 0;
  const { counting } = sizeOf(document);
  // Null is not the default of a variable that is left out.
  const key = JSON.stringify(counting.map((name) => (variables[name] === undefined ? 'default' : [variables[name]])));
  const known = counted.get(operation) ?? new Map<string, number>();
  counted.set(operation, known);
  const count = known.get(key);
  if (count !== undefined) return count;
  try {
    const complexity = getComplexity({
      schema,
      query: document,
      operationName: operation.name?.value,
      variables,
      estimators: [objectsIn],
    });
    if (known.size < mostCounted) known.set(key, complexity);
    return complexity;
  } catch (error) {
    // Variables that do not fit are refused in execution, with their own message.
    if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return 0;
    if (error instanceof GraphQLError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
