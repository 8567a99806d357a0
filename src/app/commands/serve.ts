import { once } from 'node:events';
import { openAccess } from '../access.js';
import { readConfig } from '../config.js';
import { openLog } from '../log.js';
import { keptSigningKey, plainLinks, signedLinks } from '../media-links.js';
import { benchOver, openCarrier, openWorkshop } from '../open.js';
import { noRates, openRates } from '../rates.js';
import { startServer } from '../server.js';
import { servicesOver } from '../services.js';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  /** Whether to work on jobs, too; default: unless REDIS_URL brings them to workers. */
  readonly work?: boolean;
}

/** Serves the API, and works on jobs, until it is interrupted; then hands back the job it is at. */
export async function serve({ port, host, work }: ServeOptions, signal: AbortSignal): Promise<void> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  const carrier = await openCarrier(config, log);
  const workshop = await openWorkshop(config, log).catch(async (error) => {
    await carrier.close();
    throw error;
  });
  const worker =
    (work ?? config.redisUrl === undefined) ? carrier.startWorker(benchOver(workshop, carrier), 1) : undefined;
  try {
    const services = servicesOver(workshop, config, carrier);
    const access = openAccess(config.access);
    const { signingKey, requestsPerMinute, ...http } = config.http;
    const server = await startServer({
      ...{ services, pictures: workshop.pictures, roots: workshop.roots, log, host, port, access, ...http },
      links: access.isControlled ? signedLinks(signingKey ?? (await keptSigningKey(config.home))) : plainLinks,
      // On a machine of one's own, nobody has to be kept from the others.
      rates: access.isControlled && requestsPerMinute > 0 ? openRates(requestsPerMinute) : noRates,
    });
    process.stdout.write(`Fabula answers at ${server.url} (GraphQL at ${server.url}/graphql). Stop it with Ctrl-C.\n`);
    if (!access.isControlled)
      process.stdout.write(
        'It serves this machine only, and whoever uses it may do everything: neither FABULA_TOKEN nor FABULA_OIDC_ISSUER is set.\n',
      );
    if (!worker) process.stdout.write('Jobs wait for workers: start some with fabula worker.\n');
    if (!signal.aborted) await once(signal, 'abort');
    await server.close();
  } finally {
    await worker?.close();
    await workshop.close();
    await carrier.close();
  }
}
