/** A small server for machines alone, beside the API or a worker: health and metrics, on a port of its own. */
import { createServer } from 'node:http';
import express from 'express';
import { type HealthSources, healthRoutes } from './health-routes.js';
import { answerErrors, notFound } from './http-errors.js';
import { addressOf, isLoopback, listen, refuseForeignNames } from './listen.js';
import type { Log } from './log.js';
import type { MetricsSettings } from './metrics-settings.js';

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Whoever reaches it may read all of it: it listens on loopback unless FABULA_METRICS_HOST names an address, which is
 * to be one of a private network. BAD_CONFIG.
 */
export async function startHealthServer(
  { host, port }: MetricsSettings,
  sources: HealthSources,
  log: Log,
): Promise<HealthServer> {
  const app = express();
  app.disable('x-powered-by');
  if (isLoopback(host))
    app.use((request, _response, next) => {
      refuseForeignNames(request);
      next();
    });
  app.use(healthRoutes(sources), notFound, answerErrors(log));
  const http = createServer(app);
  await listen(http, host, port, 'FABULA_METRICS_PORT');
  return {
    url: addressOf(http),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
