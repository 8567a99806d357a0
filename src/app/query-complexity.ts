/** How much an answer may hold at the most, counted from the document and its variables alone. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isLeafType,
  isListType,
  type OperationDefinitionNode,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { largestPage } from '../../resolvers/paging.js';
import { sizeOf } from './document-size.js';

/** Lists without pages count as this many objects: the usual size, since their sum is bounded by the film. */
const usualListLength = 10;

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

/** Objects that an answer may hold, as if every connection were full; Infinity where they cannot be counted. */
export function complexityOf(
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
