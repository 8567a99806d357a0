/** The real API over a real store in a folder of its own; what it cost the store is counted. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import { pino } from 'pino';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Store } from '../../graph/store.js';
import type { Services } from '../../resolvers/context.js';
import type { Narrative } from '../../schema/narrative.js';
import { openGraphql } from '../../src/app/graphql.js';
import { mediaUrls } from '../../src/app/media-urls.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { parseMediaHosts } from '../../workers/media/remote/media-hosts.js';
import { openRemoteFilms } from '../../workers/media/remote/remote-films.js';
import { filmEndings } from '../../workers/media/uploads/film-containers.js';
import { openUploads, uploadedFilms, uploadsRoot } from '../../workers/media/uploads/uploads.js';
import { openPictures } from '../../workers/pictures.js';
import { alignJob } from '../../workers/queue/align-job.js';
import { analyzeJob } from '../../workers/queue/analyze-job.js';
import { importJob } from '../../workers/queue/import-job.js';
import { localNews } from '../../workers/queue/local.js';
import { pullJob } from '../../workers/queue/pull-job.js';
import type { AlignRequest, AnalyzeRequest, ImportRequest, PullModelRequest } from '../../workers/queue/queue.js';
import { probeFilm } from '../../workers/stages/probe.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { keyframeImage } from './harbour.fixture.js';

export type TestApi = Awaited<ReturnType<typeof openApiOver>>;

type OpenApi = (...episodes: readonly Narrative[]) => Promise<TestApi>;

/** The same tests over every store. */
export function onEachStore(title: string, tests: (openApi: OpenApi) => void): void {
  describe(title, () => tests(openTestApi));
  describe(`${title}, with Neo4j,`, () => {
    const neo4j = withNeo4j();
    const openStore = async () => {
      await neo4j.clear();
      return openNeo4jStore({ ...neo4j.server, derive: deriveNarrative });
    };
    tests((...episodes) => openApiOver(openStore, episodes));
  });
}

/** Opens the API over these episodes; `films/harbour.mp4` holds 100,000 bytes, byte n being n modulo 251. */
export const openTestApi = (...episodes: readonly Narrative[]) =>
  openApiOver((home) => openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative }), episodes);

export async function openApiOver(openStore: (home: string) => Promise<Store>, episodes: readonly Narrative[]) {
  const home = await mkdtemp(join(tmpdir(), 'fabula-api-'));
  const roots = new Map([
    [uploadsRoot, uploadedFilms(join(home, 'uploads'))],
    ['films', join(home, 'films')],
  ]);
  await mkdir(join(home, 'films/.hidden'), { recursive: true });
  await writeFile(join(home, 'films/harbour.mp4'), filmBytes);
  await writeFile(join(home, 'secret.txt'), 'secret');
  const pictures = openPictures(join(home, 'pictures'));
  const picture = pictures.pathOf(keyframeImage) as string;
  await mkdir(dirname(picture), { recursive: true });
  await writeFile(picture, jpeg);

  const logged: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const real = await openStore(home);
  for (const episode of episodes) await real.replaceEpisode(episode);
  const calls: string[] = [];
  const store = counting(real, calls);
  let sweeps = 0;
  const remote = openRemoteFilms({
    folder: join(home, 'remote'),
    door: { hosts: parseMediaHosts('films.example'), resolve: async () => [{ address: '127.0.0.1', family: 4 }] },
    ...{ mostBytes: 1e6, keptBytes: 1e6, longestMs: 10_000, sniff: async () => {} },
  });
  const uploads = openUploads({
    folder: join(home, 'uploads'),
    ...{ mostBytes: 1e9, heldBytes: 2e9, types: filmEndings, probe: probeFilm },
  });
  const services: Services = {
    store,
    urls: mediaUrls,
    queue: {
      ask: async ({ job, input }, askedBy) => {
        const places = { roots: async () => roots, remote };
        const asked = {
          IMPORT: () => importJob(roots, input as ImportRequest),
          ALIGN: () => alignJob(store, roots, input as AlignRequest),
          ANALYZE: () => analyzeJob(places, input as AnalyzeRequest, 'test'),
          PULL_MODEL: () => pullJob(input as PullModelRequest),
        };
        return store.askJob({ ...(await asked[job]()), askedBy });
      },
      cancel: (id, by) => store.cancelJob(id, by),
      retry: (id, by) => store.retryJob(id, by),
      over: () => services.queue,
    },
    news: localNews(),
    installation: {
      health: async () => ({ ok: true, version: '0', checks: [{ name: 'store', ok: true, detail: 'embedded' }] }),
      models: async () => [{ name: 'silero', tier: 'BUNDLED', purpose: 'speech', present: true }],
    },
    sweepFiles: async () => void sweeps++,
  };
  const graphql = await openGraphql(services, log);
  return {
    home,
    roots: async () => roots,
    remote,
    uploads,
    store,
    pictures,
    services,
    log,
    /** What was logged, as JSON. */
    logged,
    /** Names of the store's verbs as they were called. */
    calls,
    sweeps: () => sweeps,
    /** Asks, and gives the data and the errors as they are. */
    ask: async (query: string, variables?: Record<string, unknown>): Promise<Answer> =>
      JSON.parse(JSON.stringify(await graphql.execute({ query, variables }, { subject: 'tester', role: 'admin' }))),
    /** Asks, and gives the data; throws if there is an error. */
    async data(query: string, variables?: Record<string, unknown>): Promise<Data> {
      const { data, errors } = await this.ask(query, variables);
      if (errors) throw new Error(JSON.stringify(errors, null, 2));
      return data;
    },
    /** Asks, and gives the code of the first error. */
    async code(query: string, variables?: Record<string, unknown>): Promise<string> {
      const { errors } = await this.ask(query, variables);
      return String(errors?.[0]?.extensions?.code ?? 'no error');
    },
    async close() {
      await graphql.close();
      await real.close();
      await rm(home, { recursive: true });
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at, not computed with
export type Data = any;
export type Answer = Omit<FormattedExecutionResult, 'data'> & { data: Data };

export const filmBytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));

/** The smallest thing that says it is a JPEG. */
export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0xff, 0xd9]);

/** The same store, noting the name of each verb that is called. */
function counting(store: Store, calls: string[]): Store {
  return new Proxy(store, {
    get(target, name) {
      const held = Reflect.get(target, name, target) as unknown;
      if (name === 'within') return (signal: AbortSignal) => counting(target.within(signal), calls);
      if (typeof held !== 'function') return held;
      return (...args: unknown[]) => {
        calls.push(String(name));
        return Reflect.apply(held, target, args);
      };
    },
  });
}
