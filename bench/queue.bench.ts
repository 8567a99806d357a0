/**
 * What the queue costs a job: from being asked for to being done, with a handler that does nothing, in one process,
 * through the embedded carrier and through Redis, over SQLite and over a real Neo4j (whose own CPU stands beside ours).
 *     node dist/bench/queue.bench.js [jobs]
 *
 * Mark: under 5 ms a job over Redis, store and all.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNeo4jStore } from '../graph/neo4j/neo4j-store.js';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import type { Store } from '../graph/store.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import { neo4jJars, startNeo4j } from '../test/servers/neo4j.js';
import { startRedis, whyNoRedis } from '../test/servers/redis.js';
import type { JobHandlers } from '../workers/job-handlers.js';
import { openBullCarrier } from '../workers/queue/bull.js';
import { openLocalCarrier } from '../workers/queue/local.js';
import type { JobCarrier } from '../workers/queue/queue.js';
import { cpuMsOf } from './queries/cpu.js';

const jobCount = Number(process.argv[2] ?? 1000);
const concurrency = 4;
const log = { info: () => {}, warn: (fields: object, message: string) => console.error(message, fields) };
const handlers: Partial<JobHandlers> = { ANALYZE: async () => ({ result: {} }) };

type OpenCarrier = () => JobCarrier | Promise<JobCarrier>;

/** `server`: the store's own process. */
async function measure(name: string, open: OpenCarrier, store: Store, server?: number): Promise<void> {
  // A server goes on compiling what it is asked for, better each time, through thousands of statements.
  if (server !== undefined) await run(open, store, 'first', 8 * jobCount);
  const [cpu, ofServer, started] = [process.cpuUsage(), serverCpuMs(server), performance.now()];
  await run(open, store, name, jobCount);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const perJob = (ms: number) => (ms / jobCount).toFixed(2).padStart(9);
  const [ours, theirs] = [(user + system) / 1000, serverCpuMs(server) - ofServer];
  console.log(`${name.padEnd(16)}${perJob(wallMs)}${perJob(ours)}${server === undefined ? '' : perJob(theirs)}`);
}

async function run(open: OpenCarrier, store: Store, name: string, jobCount: number): Promise<void> {
  const carrier = await open();
  let done = 0;
  let finish = () => {};
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const onJob = ({ state }: { readonly state: string }) => {
    if (state === 'DONE' && ++done === jobCount) finish();
  };
  const worker = carrier.startWorker({ store, handlers, news: carrier.news, log, onJob }, concurrency);
  for (let n = 0; n < jobCount; n++)
    carrier.carry(
      await store.askJob({ job: 'ANALYZE', key: `${name} ${n}`, input: { media: { root: 'r', path: `${n}` } } }),
    );
  await all;
  await worker.close();
  await carrier.close();
}

const serverCpuMs = (pid: number | undefined) => (pid === undefined ? 0 : cpuMsOf(pid));

console.log(
  `${`${jobCount} jobs`.padEnd(16)}${'wall ms'.padStart(9)}${'CPU ms'.padStart(9)}${'Neo4j’s'.padStart(9)}  a job`,
);
const folder = await mkdtemp(join(tmpdir(), 'fabula-queue-'));
const sqlite = await openSqliteStore({ file: join(folder, 'graph.db'), derive: deriveNarrative });
await measure('embedded, SQLite', openLocalCarrier, sqlite);
const reason = whyNoRedis();
if (reason) console.log(`Redis: ${reason}`);
else {
  const redis = await startRedis();
  const overRedis = () => openBullCarrier(redis.url, log);
  await measure('Redis, SQLite', overRedis, sqlite);
  if (neo4jJars()) {
    // Empty again: what is left in it is about jobs of the other store.
    await redis.kill();
    await redis.start();
    const neo4j = await startNeo4j({ isMeasured: true });
    const store = await openNeo4jStore({ ...neo4j, derive: deriveNarrative });
    await measure('Redis, Neo4j', overRedis, store, neo4j.pid);
    await store.close();
    await neo4j.dispose();
  } else console.log('Neo4j: run ./install-neo4j.sh first.');
  await redis.kill();
}
await sqlite.close();
await rm(folder, { recursive: true });
