/** What is asked for over a subscription's connection, checked: a subscription and nothing else, within the limits. */
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, parse, validate } from 'graphql';
import type { Caller } from '../../resolvers/access.js';
import type { GraphqlApi } from './graphql.js';
import { queryLimits, refuseLarge } from './query-limits.js';

export interface Asked {
  readonly query?: unknown;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export type SubscriptionApi = Pick<GraphqlApi, 'schema' | 'newContext'>;

/** What is to be executed, or what is wrong with the document; throws GraphQLErrors for what is refused. */
export function subscriptionIn(
  { schema, newContext }: SubscriptionApi,
  { query, operationName, variables }: Asked,
  caller: Caller,
): ExecutionArgs | readonly GraphQLError[] {
  if (typeof query !== 'string') throw refusal('BAD_REQUEST', 'There is no query.');
  const document = parsed(query);
  const errors = validate(schema, document);
  if (errors.length > 0)
    return errors.map(({ message, nodes }) => refusal('GRAPHQL_VALIDATION_FAILED', message, nodes));
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription')
    throw refusal('BAD_REQUEST', 'Only subscriptions are answered here; queries and mutations are POSTed to /graphql.');
  refuseLarge(schema, document, operation, variables ?? {});
  return { schema, document, operationName, variableValues: variables, contextValue: newContext(caller) };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: queryLimits.tokens });
  } catch (error) {
    throw refusal('GRAPHQL_PARSE_FAILED', (error as Error).message);
  }
}

/** An error that says, with its code, why a subscription is not answered. */
export const refusal = (code: string, message: string, nodes?: GraphQLError['nodes']) =>
  new GraphQLError(message, { extensions: { code }, ...(nodes && { nodes }) });
