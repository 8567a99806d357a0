/** What machines ask: whether the process lives, whether it can do its work, and its metrics. */
import { type RequestHandler, Router } from 'express';
import type { Readiness } from './readiness.js';
import type { Metrics } from './telemetry/metrics.js';

export interface HealthSources {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics?: Metrics;
  /** Who may read the metrics: those whom these handlers let through. */
  readonly metricsGate?: readonly RequestHandler[];
}

/** `/healthz` and `/readyz` answer everybody, in words that tell strangers nothing. */
export function healthRoutes({ readiness, metrics, metricsGate = [] }: HealthSources): Router {
  const router = Router();
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', (_request, response) => void response.json({ ok: true }));
  router.get('/readyz', async (_request, response) => {
    const ready = await readiness();
    response.status(ready.ok ? 200 : 503).json(ready);
  });
  if (metrics)
    router.get('/metrics', ...metricsGate, async (_request, response) => {
      const { type, text } = await metrics.expose();
      response.setHeader('Content-Type', type);
      response.end(text);
    });
  return router;
}
