import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type PreparedQuery, prepareQuery } from './prepare-query.js';

/** On contexts for which a prepared query was tried in vain. */
const inVain = Symbol('in vain');

/** Hears of documents that a prepared query could answer, as they were written. */
export type Learn = (text: string, document: DocumentNode) => void;

/** The prepared queries of documents, each made when it is first asked for; undefined where graphql-js must. */
export function preparedQueries(schema: GraphQLSchema) {
  // Whoever parses keeps documents, so they are the keys.
  const known = new WeakMap<DocumentNode, Map<OperationDefinitionNode, PreparedQuery | undefined>>();
  return async (
    document: DocumentNode,
    operation: OperationDefinitionNode,
    context: object,
    variables: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Readonly<Record<string, unknown>> | undefined> => {
    if (inVain in context) return undefined;
    const operations = known.get(document) ?? new Map<OperationDefinitionNode, PreparedQuery | undefined>();
    known.set(document, operations);
    if (!operations.has(operation)) operations.set(operation, prepareQuery(schema, document, operation));
    const data = await operations.get(operation)?.(context, variables ?? {});
    // In its copies, too: a query that fails is not tried again before graphql-js does it.
    if (!data) Object.assign(context, { [inVain]: true });
    return data;
  };
}

/** Answers what a prepared query can; all else is executed by graphql-js. */
export function preparedQueriesPlugin<Context extends object>(
  prepared: ReturnType<typeof preparedQueries>,
  learn: Learn,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, source, request, contextValue }) {
          if (!operation) return null;
          const data = await prepared(document, operation, contextValue, request.variables);
          if (!data) return null;
          learn(source, document);
          return {
            http: { headers: new HeaderMap(), status: undefined },
            body: { kind: 'single', singleResult: { data } },
          };
        },
      };
    },
  };
}
