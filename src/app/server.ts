/** The HTTP server: GraphQL, GraphiQL, pictures and films, and whether all is well. */
import { createServer, type IncomingMessage } from 'node:http';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express from 'express';
import type { Services } from '../../resolvers/context.js';
import { FabulaError } from '../../schema/errors.js';
import type { RemoteFilms } from '../../workers/media/remote/remote-films.js';
import type { MediaRoots } from '../../workers/media/roots.js';
import type { Uploads } from '../../workers/media/uploads/uploads.js';
import type { Pictures } from '../../workers/pictures.js';
import { type Access, localAccess } from './access.js';
import { frontDoor } from './front-door.js';
import { behind, onlyFor, openGate } from './gate.js';
import { graphiqlRoutes } from './graphiql-routes.js';
import { openGraphql } from './graphql.js';
import { graphqlOverHttp } from './graphql-over-http.js';
import { healthRoutes } from './health-routes.js';
import { answerErrors, notFound } from './http-errors.js';
import { addressOf, isLoopback, listen } from './listen.js';
import type { Log } from './log.js';
import { type MediaLinks, plainLinks } from './media-links.js';
import { mediaRoutes } from './media-routes.js';
import { hasPlainJson, readPlainJson } from './plain-json.js';
import { noRates, type Rates } from './rates.js';
import { looksInto, type Readiness, watchReadiness } from './readiness.js';
import { behindProxies, hostOf } from './request-address.js';
import type { BodyTimes } from './request-body.js';
import { longestRequestMs, signalOf } from './request-signal.js';
import { rewardBatch, rewardLimits } from './rewards.js';
import { sendText } from './send-text.js';
import { openSubscriptions } from './subscriptions.js';
import { noMeter } from './telemetry/meter.js';
import type { Metrics } from './telemetry/metrics.js';
import { watchRequests } from './telemetry/requests.js';
import { noTracer, type Tracer } from './telemetry/tracing.js';
import { defaultUploadTimes, isUpload, type UploadTimes, uploadPath, uploadRoutes } from './upload-routes.js';

export interface ServerOptions {
  readonly services: Services;
  readonly pictures: Pictures;
  readonly roots: () => Promise<MediaRoots>;
  /** Films that were fetched from other servers. */
  readonly remote: Pick<RemoteFilms, 'find'>;
  /** Takes the films that users send. */
  readonly uploads: Uploads;
  readonly log: Log;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Default: everybody who reaches the server, which then listens on loopback only. */
  readonly access?: Access;
  /** Default: addresses of media that are not signed. */
  readonly links?: MediaLinks;
  /** Default: as often as they like. */
  readonly rates?: Rates;
  /** Origins whose pages may use the API. Default: none but the server's own. */
  readonly origins?: readonly string[];
  /** Whether GraphiQL is served and the schema can be asked for. Default: yes. */
  readonly explorer?: boolean;
  /** Proxies in front whose `X-Forwarded-For` is believed. Default: 0. */
  readonly trustedProxies?: number;
  /** How long a GraphQL request may take, in milliseconds. Default: half a minute. */
  readonly requestMs?: number;
  /** How long uploads may take. Default: two hours. */
  readonly uploadTimes?: UploadTimes;
  /** How long all other bodies may take. Default: a minute. */
  readonly bodyTimes?: BodyTimes;
  /** Served at /metrics to admins. Default: none. */
  readonly metrics?: Metrics;
  readonly tracer?: Tracer;
  /** Default: whether the store answers and the models are there. */
  readonly readiness?: () => Promise<Readiness>;
}

export interface RunningServer {
  /** Where it answers, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no more requests, lets running ones end (for some seconds), and stops. */
  close(): Promise<void>;
}

/** Largest GraphQL request, in bytes: documents are small, but a script may be sent along (`longestText`). */
const largestBody = 4 * 1024 ** 2;
const defaultBodyTimes: BodyTimes = { bodyMs: 60_000, lingerMs: 5_000 };
/** Largest subscription. */
const largestSubscription = '256kb';

/** How long running requests may take once the server is asked to stop, in milliseconds. */
const graceMs = 3000;

/** Starts to serve. BAD_CONFIG for an address that other machines reach or a port that is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log, port, host = '127.0.0.1', access = localAccess, links = plainLinks, rates = noRates } = options;
  const { origins = [], explorer = true, trustedProxies = 0, requestMs = longestRequestMs } = options;
  const { uploadTimes = defaultUploadTimes, bodyTimes = defaultBodyTimes } = options;
  const { metrics, tracer = noTracer } = options;
  const { meter } = metrics ?? { meter: noMeter };
  const { readiness = watchReadiness(looksInto(options.services.store, options.services.installation)) } = options;
  if (!access.isControlled && !isLoopback(host))
    throw new FabulaError(
      'BAD_CONFIG',
      `Fabula does not listen on ${host} as long as everybody may do everything: it serves this machine only.`,
      'Set FABULA_TOKEN or FABULA_OIDC_ISSUER, or use --host 127.0.0.1.',
    );
  const services = { ...options.services, urls: links.urls };
  const isAllowedOrigin = (origin: string) => origins.includes(origin);
  const http = createServer();
  // Node's own limit is one for all requests, and films take hours.
  http.requestTimeout = uploadTimes.longestMs + requestMs;
  const drain = ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: graceMs });
  const graphql = await openGraphql(services, log, { plugins: [drain], introspection: explorer, meter });
  const clientOf = behindProxies(trustedProxies);
  const gate = openGate(access, rates, clientOf);
  const answerGraphql = graphqlOverHttp(graphql, requestMs);
  const app = express();
  app.disable('x-powered-by');
  app.use(
    healthRoutes({
      readiness,
      metrics,
      metricsGate: [behind(gate), onlyFor('admin')],
    }),
  );
  const { pictures, roots, remote, uploads } = options;
  app.use('/media', mediaRoutes({ store: services.store, pictures, roots, remote, links }));
  const editors = [behind(gate), onlyFor('editor')];
  app.use(uploadPath, uploadRoutes({ uploads, gate: editors, isAllowedOrigin, times: uploadTimes }));
  const subscriptions = openSubscriptions(http, graphql, {
    ...{ access, rates, log, clientOf, meter },
    isForHere: (request) => access.isControlled || isLoopback(hostOf(request)),
    isAllowedOrigin,
  });
  const stream = [behind(gate), express.json({ limit: largestSubscription }), subscriptions.stream];
  app.route('/graphql/stream').get(stream).post(stream);
  app.use('/graphql', behind(gate), express.json({ limit: largestBody }), async (request, response) => {
    response.send(await answerGraphql(request, response, request.body));
  });
  app.post('/reward', behind(gate), express.json({ limit: rewardLimits.body }), async (request, response) => {
    response.json(await rewardBatch(request.body, signalOf(response, requestMs)));
  });
  if (explorer) app.use(graphiqlRoutes());
  app.use(notFound, answerErrors(log));
  const watch = watchRequests(log, meter, tracer, clientOf);
  const door = { log, watch, bodyTimes, isFilm: isUpload, isControlled: access.isControlled, origins };
  http.on(
    'request',
    frontDoor(door, async (request, response) => {
      // Most of all requests are of this form, and Express would cost each as much as its answer does.
      if (!isPlainQuestion(request)) return app(request, response);
      await gate(request, response);
      sendText(response, await answerGraphql(request, response, await readPlainJson(request)));
    }),
  );
  try {
    await listen(http, host, port);
  } catch (error) {
    await subscriptions.close();
    await graphql.close();
    throw error;
  }
  return {
    url: addressOf(http),
    async close() {
      await subscriptions.close();
      await graphql.close();
    },
  };
}

const isPlainQuestion = (request: IncomingMessage): boolean =>
  request.method === 'POST' && request.url === '/graphql' && hasPlainJson(request, largestBody);
