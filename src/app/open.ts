/** The composition root: what commands and the server work with, put together in one place. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScopedStore } from '../../graph/scopes.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Caller } from '../../resolvers/access.js';
import type { Workshop } from '../../workers/analyze.js';
import { openArtifacts } from '../../workers/artifacts.js';
import type { Bench } from '../../workers/bench.js';
import { jobHandlers } from '../../workers/job-handlers.js';
import { openRemoteFilms, type RemoteFilms } from '../../workers/media/remote/remote-films.js';
import { openUploads, type Uploads } from '../../workers/media/uploads/uploads.js';
import { openModelHost } from '../../workers/models/child-host.js';
import { providersFor } from '../../workers/models/execution-providers.js';
import { visibleGpus } from '../../workers/models/gpus.js';
import { findPulledModels } from '../../workers/models/pulled-models.js';
import { openPictures } from '../../workers/pictures.js';
import { openLocalCarrier } from '../../workers/queue/local.js';
import type { JobCarrier } from '../../workers/queue/queue.js';
import { retryAfterMs } from '../../workers/retries.js';
import { probeFilm } from '../../workers/stages/probe.js';
import { deriveNarrative } from '../narrative/derive.js';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { knownRoots, uploadsFolder } from './remembered-roots.js';
import { noMeter } from './telemetry/meter.js';
import { meteredStore } from './telemetry/watched-store.js';

/** Who asks while there is no access control: whoever sits at this machine. */
export const localCaller: Caller = { subject: 'local', role: 'admin' };

/** Where everything lies under FABULA_HOME. */
export const foldersOf = (home: string) => ({
  database: join(home, 'graph.db'),
  artifacts: join(home, 'artifacts'),
  pictures: join(home, 'pictures'),
  models: join(home, 'models'),
  judgements: join(home, 'judgements'),
  remote: join(home, 'remote'),
  uploads: uploadsFolder(home),
});

/** What holds the graph, in words. */
export const storeName = ({ neo4j }: Config): string =>
  neo4j ? `Neo4j at ${new URL(neo4j.url).host}` : 'embedded SQLite';

/**
 * Opens the graph, making FABULA_HOME if it is new. FORBIDDEN, DISK_FULL, STORE_UNAVAILABLE, STORE_TOO_NEW, and of a
 * server STORE_LOGIN_FAILED, STORE_TOO_OLD.
 */
export async function openStore(config: Config): Promise<ScopedStore> {
  await mkdir(config.home, { recursive: true });
  await access(config.home, constants.W_OK);
  const derive = deriveNarrative;
  // The driver takes a moment to load: only those who have a server wait for it.
  if (config.neo4j)
    return (await import('../../graph/neo4j/neo4j-store.js')).openNeo4jStore({ ...config.neo4j, derive });
  return openSqliteStore({ file: foldersOf(config.home).database, derive });
}

/** Everything that carries out jobs. Close it to end the model child and the store. */
export async function openWorkshop(
  config: Config,
  log: Log,
  meter = noMeter,
): Promise<Workshop & { close(): Promise<void> }> {
  const folders = foldersOf(config.home);
  const opened = await openStore(config);
  const store = meter === noMeter ? opened : meteredStore(opened, meter);
  const executionProviders = providersFor(config.device);
  const gpus = executionProviders.includes('cuda') ? await visibleGpus(config.visibleGpus) : [];
  const models = openModelHost({ log, limits: { executionProviders }, gpus });
  return {
    store,
    models,
    artifacts: openArtifacts(folders.artifacts),
    pictures: openPictures(folders.pictures),
    roots: () => knownRoots(config.home, config.mediaRoots),
    remote: openRemote(config),
    uploads: openUploaded(config),
    modelsFolder: folders.models,
    modelSource: { mirror: config.modelsMirror, proxy: config.proxy },
    settings: async () => ({
      ...(config.transcription && { transcription: config.transcription }),
      pulled: await findPulledModels(folders.models),
    }),
    ...(config.llm && { llm: config.llm }),
    log,
    async close() {
      await models.close();
      await store.close();
    },
  };
}

/** Films on other servers: from FABULA_MEDIA_HOSTS, on the Internet. */
export const openRemote = ({ home, media: { hosts, uploads: _, ...limits } }: Config): RemoteFilms =>
  openRemoteFilms({ ...limits, folder: foldersOf(home).remote, door: { hosts }, sniff: probeFilm });

/** Films that users send, under FABULA_HOME. */
export const openUploaded = ({ home, media }: Config): Uploads =>
  openUploads({ ...media.uploads, folder: foldersOf(home).uploads, probe: probeFilm });

/** What brings jobs to workers: Redis where REDIS_URL says so, else this process itself. QUEUE_UNAVAILABLE. */
export const openCarrier = async ({ redisUrl }: Config, log: Log): Promise<JobCarrier> =>
  redisUrl === undefined
    ? openLocalCarrier()
    : (await import('../../workers/queue/bull.js')).openBullCarrier(redisUrl, log);

/** What a worker works with. */
export const benchOver = (
  workshop: Workshop,
  { news }: JobCarrier,
  watching: Pick<Bench, 'onJob' | 'watch'> = {},
): Bench => ({
  store: workshop.store,
  handlers: jobHandlers(workshop),
  news,
  log: workshop.log,
  retryAfterMs,
  ...watching,
});
