import { once } from 'node:events';
import { openAccess } from '../access.js';
import { readConfig } from '../config.js';
import { startHealthServer } from '../health-server.js';
import { Keeper } from '../keeper.js';
import { openLog } from '../log.js';
import { keptSigningKey, plainLinks, signedLinks } from '../media-links.js';
import { benchOver, openCarrier, openWorkshop } from '../open.js';
import { noRates, openRates } from '../rates.js';
import { looksInto, watchReadiness } from '../readiness.js';
import { startServer } from '../server.js';
import { servicesOver } from '../services.js';
import { openMetrics } from '../telemetry/metrics.js';
import { openTracer } from '../telemetry/open-tracer.js';
import { readingsOf } from '../telemetry/readings.js';
import { watchWork } from '../telemetry/watched-work.js';
import { defaultUploadTimes } from '../upload-routes.js';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  /** Whether to work on jobs, too; default: unless REDIS_URL brings them to workers. */
  readonly work?: boolean;
}

/** Serves the API, and works on jobs, until it is interrupted; then hands back the job it is at. */
export async function serve({ port, host, work }: ServeOptions, signal: AbortSignal): Promise<void> {
  const config = readConfig();
  const log = openLog(config);
  const metrics = openMetrics();
  const opened = new Keeper();
  try {
    const tracer = opened.keep(await openTracer(config.tracing, log));
    const carrier = opened.keep(await openCarrier(config, log));
    const workshop = opened.keep(await openWorkshop(config, log, metrics.meter));
    metrics.read(readingsOf(config, workshop.store, 'all jobs'));
    const bench = benchOver(workshop, carrier, { watch: watchWork(log, metrics.meter, tracer) });
    const works = work ?? config.redisUrl === undefined;
    if (works) opened.keep(carrier.startWorker(bench, 1));
    const services = servicesOver(workshop, config, carrier);
    const readiness = watchReadiness(looksInto(services.store, services.installation, config.redisUrl));
    const access = openAccess(config.access);
    const { signingKey, requestsPerMinute, ...http } = config.http;
    const server = opened.keep(
      await startServer({
        ...{ services, log, host, port, access, ...http },
        ...{ pictures: workshop.pictures, roots: workshop.roots, remote: workshop.remote, uploads: workshop.uploads },
        ...{ metrics, tracer, readiness },
        uploadTimes: { ...defaultUploadTimes, longestMs: config.media.longestMs },
        links: access.isControlled ? signedLinks(signingKey ?? (await keptSigningKey(config.home))) : plainLinks,
        // On a machine of one's own, nobody has to be kept from the others.
        rates: access.isControlled && requestsPerMinute > 0 ? openRates(requestsPerMinute) : noRates,
      }),
    );
    const health = config.metrics && opened.keep(await startHealthServer(config.metrics, { readiness, metrics }, log));
    say(`Fabula answers at ${server.url} (GraphQL at ${server.url}/graphql). Stop it with Ctrl-C.`);
    if (health) say(`Health and metrics are at ${health.url}.`);
    if (!access.isControlled)
      say(
        'It serves this machine only, and whoever uses it may do everything: neither FABULA_TOKEN nor FABULA_OIDC_ISSUER is set.',
      );
    if (!works) say('Jobs wait for workers: start some with fabula worker.');
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await opened.close();
  }
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
