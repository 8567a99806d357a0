import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type PreparedQuery, prepareQuery } from './prepare-query.js';

/** Answers what a prepared query can; all else is executed by graphql-js. Apollo keeps documents, so they are the keys. */
export function preparedQueriesPlugin<Context extends object>(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const known = new WeakMap<DocumentNode, Map<OperationDefinitionNode, PreparedQuery | undefined>>();
  const prepared = (document: DocumentNode, operation: OperationDefinitionNode) => {
    const operations = known.get(document) ?? new Map<OperationDefinitionNode, PreparedQuery | undefined>();
    known.set(document, operations);
    if (!operations.has(operation)) operations.set(operation, prepareQuery(schema, document, operation));
    return operations.get(operation);
  };
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, contextValue }) {
          if (!operation) return null;
          const data = await prepared(document, operation)?.(contextValue, request.variables ?? {});
          if (!data) return null;
          return {
            http: { headers: new HeaderMap(), status: undefined },
            body: { kind: 'single', singleResult: { data } },
          };
        },
      };
    },
  };
}
