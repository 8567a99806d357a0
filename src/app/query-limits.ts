/** What one request may ask for. Every limit answers with a code of its own, before anything is read. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { sizeOf } from './document-size.js';
import { complexityOf } from './query-complexity.js';

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

/** Holds every request to the limits, and refuses subscriptions, to which there is no one answer: BAD_REQUEST. */
export function queryLimitsPlugin(schema: GraphQLSchema): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          if (operation?.operation === 'subscription')
            throw refusal(
              'BAD_REQUEST',
              'Subscriptions are answered over WebSocket, at /graphql, and as server-sent events, at /graphql/stream.',
            );
          refuseLarge(schema, document, operation, request.variables ?? {});
        },
      };
    },
  };
}

function refuseAbove(limit: keyof typeof queryLimits, code: string, found: number): void {
  if (found <= queryLimits[limit]) return;
  const shown = Number.isFinite(found) ? `is ${Math.round(found)}` : 'cannot be counted';
  throw refusal(code, `The query’s ${limit} ${shown}; at most ${queryLimits[limit]} is answered.`);
}

const refusal = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

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
