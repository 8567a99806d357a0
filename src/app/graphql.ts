/** GraphQL as the server and the command line share it: one schema, one set of limits, one way to word errors. */
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import type { Caller } from '../../resolvers/access.js';
import { type Context, createContext, type Services } from '../../resolvers/context.js';
import { buildApiSchema } from '../../resolvers/schema.js';
import { formatErrors } from './graphql-errors.js';
import type { Log } from './log.js';
import { localCaller } from './open.js';
import { type KnownQueries, openKnownQueries } from './prepared-queries/known-queries.js';
import { preparedQueries, preparedQueriesPlugin } from './prepared-queries/plugin.js';
import { queryLimits, queryLimitsPlugin } from './query-limits.js';
import { type Meter, noMeter } from './telemetry/meter.js';
import { operationsPlugin, watchedContext, watchOperations } from './telemetry/operations.js';
import type { WatchedRequest } from './telemetry/requests.js';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface GraphqlApi {
  readonly server: ApolloServer<Context>;
  readonly known: KnownQueries;
  /** The context of one request of somebody, which ends when `signal` aborts; `request` is told what becomes of it. */
  newContext(caller: Caller, signal?: AbortSignal, request?: WatchedRequest): Context;
  readonly schema: GraphQLSchema;
  /** Answers one request without HTTP, for this machine's user; what is wrong with it is in the answer's `errors`. */
  execute(request: GraphqlRequest, caller?: Caller): Promise<FormattedExecutionResult>;
  close(): Promise<void>;
}

export interface GraphqlOptions {
  readonly plugins?: readonly ApolloServerPlugin[];
  /** Whether the schema can be asked for. Default: yes. */
  readonly introspection?: boolean;
  /** Hears of every operation. Default: nobody does. */
  readonly meter?: Meter;
}

/** Builds the API over its services. */
export async function openGraphql(
  services: Services,
  log: Log,
  { plugins = [], introspection = true, meter = noMeter }: GraphqlOptions = {},
): Promise<GraphqlApi> {
  const schema = buildApiSchema();
  const logs = new WeakMap<object, Log>();
  const operations = watchOperations(meter);
  const prepared = preparedQueries(schema);
  const known = openKnownQueries(schema, prepared, operations);
  const server = new ApolloServer<Context>({
    schema,
    introspection,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: queryLimits.tokens },
    formatError: formatErrors((error) => logs.get(error as object) ?? log),
    logger: apolloLogger(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      operationsPlugin(operations, logs),
      queryLimitsPlugin(schema),
      preparedQueriesPlugin(prepared, known.learn),
      ...plugins,
    ],
  });
  await server.start();
  const newContext: GraphqlApi['newContext'] = (caller, signal, request) => {
    const create = (given: Services) => createContext(given, caller, signal);
    return request ? watchedContext(request, services, create) : create(services);
  };
  return {
    server,
    known,
    schema,
    newContext,
    async execute(request, caller = localCaller) {
      const { body } = await server.executeOperation(request as GraphQLRequest, { contextValue: newContext(caller) });
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
