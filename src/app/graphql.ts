/** GraphQL as the server and the command line share it: one schema, one set of limits, one way to word errors. */
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult } from 'graphql';
import { type Context, createContext, type Services } from '../../resolvers/context.js';
import { buildApiSchema } from '../../resolvers/schema.js';
import { formatErrors } from './graphql-errors.js';
import type { Log } from './log.js';
import { queryLimits, queryLimitsPlugin } from './query-limits.js';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface GraphqlApi {
  readonly server: ApolloServer<Context>;
  /** The context of one request. */
  newContext(): Context;
  /** Answers one request without HTTP; what is wrong with it is in the answer's `errors`. */
  execute(request: GraphqlRequest): Promise<FormattedExecutionResult>;
  close(): Promise<void>;
}

/** Builds the API over its services. */
export async function openGraphql(
  services: Services,
  log: Log,
  plugins: readonly ApolloServerPlugin[] = [],
): Promise<GraphqlApi> {
  const schema = buildApiSchema();
  const server = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: queryLimits.tokens },
    formatError: formatErrors(log),
    logger: apolloLogger(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      queryLimitsPlugin(schema),
      ...plugins,
    ],
  });
  await server.start();
  const newContext = () => createContext(services);
  return {
    server,
    newContext,
    async execute(request) {
      const { body } = await server.executeOperation(request as GraphQLRequest, { contextValue: newContext() });
      if (body.kind === 'single') return body.singleResult;
      throw new Error('The API has no incremental delivery.');
    },
    close: () => server.stop(),
  };
}

const apolloLogger = (log: Log) => ({
  debug: (message?: string) => log.debug({}, message ?? ''),
  info: (message?: string) => log.info({}, message ?? ''),
  warn: (message?: string) => log.warn({}, message ?? ''),
  error: (message?: string) => log.error({}, message ?? ''),
});
