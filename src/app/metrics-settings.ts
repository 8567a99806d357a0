import { FabulaError } from '../../schema/errors.js';

/** Where this process tells machines how it is. */
export interface MetricsSettings {
  readonly port: number;
  readonly host: string;
}

/** FABULA_METRICS_PORT (default: no port at all) and FABULA_METRICS_HOST (default: this machine only). BAD_CONFIG. */
export function readMetrics(value: (name: string) => string | undefined): { readonly metrics?: MetricsSettings } {
  const given = value('FABULA_METRICS_PORT');
  const host = value('FABULA_METRICS_HOST');
  if (given === undefined) {
    if (host === undefined) return {};
    throw new FabulaError('BAD_CONFIG', 'FABULA_METRICS_PORT is missing, but FABULA_METRICS_HOST is set.');
  }
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return { metrics: { port, host: host ?? '127.0.0.1' } };
  throw new FabulaError('BAD_CONFIG', 'FABULA_METRICS_PORT must be a port: a whole number up to 65535.');
}
