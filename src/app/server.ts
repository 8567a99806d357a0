/** The HTTP server: GraphQL, GraphiQL, pictures and films, and whether all is well. For this machine only. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type RequestHandler } from 'express';
import type { Services } from '../../resolvers/context.js';
import { FabulaError } from '../../schema/errors.js';
import type { MediaRoots } from '../../workers/media/roots.js';
import type { Pictures } from '../../workers/pictures.js';
import { graphiqlRoutes } from './graphiql-routes.js';
import { openGraphql } from './graphql.js';
import { answerErrors, notFound } from './http-errors.js';
import type { Log } from './log.js';
import { mediaRoutes } from './media-routes.js';

export interface ServerOptions {
  readonly services: Services;
  readonly pictures: Pictures;
  readonly roots: () => Promise<MediaRoots>;
  readonly log: Log;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free port. */
  readonly port: number;
}

export interface RunningServer {
  /** Where it answers, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no more requests, lets running ones end (for some seconds), and stops. */
  close(): Promise<void>;
}

/** Largest GraphQL request; documents and variables are small. */
const largestBody = '256kb';

/** How long running requests may take once the server is asked to stop, in milliseconds. */
const graceMs = 3000;

/** Starts to serve. BAD_CONFIG for an address that other machines reach or a port that is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { services, log, port, host = '127.0.0.1' } = options;
  if (!isLoopback(host))
    throw new FabulaError(
      'BAD_CONFIG',
      `Fabula does not listen on ${host}: it has no access control yet, so it serves this machine only.`,
      'Use --host 127.0.0.1, and a proxy with access control for other machines.',
    );
  const app = express();
  const http = createServer(app);
  const drain = ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: graceMs });
  const graphql = await openGraphql(services, log, [drain]);
  app.disable('x-powered-by');
  app.use(refuseForeignHosts, (_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', async (_request, response) => {
    await services.store.ping();
    response.json({ ok: true });
  });
  app.use('/media', mediaRoutes({ store: services.store, pictures: options.pictures, roots: options.roots }));
  app.use(
    '/graphql',
    express.json({ limit: largestBody }),
    expressMiddleware(graphql.server, { context: async () => graphql.newContext() }),
  );
  app.use(graphiqlRoutes());
  app.use(notFound, answerErrors(log));
  try {
    await listen(http, host, port);
  } catch (error) {
    await graphql.close();
    throw error;
  }
  const { address, family, port: taken } = http.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`, close: () => graphql.close() };
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** A page elsewhere can point a name of its own at this machine; only loopback's own names are answered. */
const refuseForeignHosts: RequestHandler = (request, _response, next) => {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  next(isLoopback(name) ? undefined : new FabulaError('FORBIDDEN', 'This server answers on loopback addresses only.'));
};

function listen(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new FabulaError('BAD_CONFIG', `Port ${port} is taken.`, 'Choose another with --port; 0 takes a free one.'),
        );
      else if (error.code === 'EACCES')
        reject(new FabulaError('BAD_CONFIG', `Port ${port} may not be used by this user.`, 'Choose one above 1023.'));
      else reject(error);
    });
    http.listen(port, host, resolve);
  });
}
