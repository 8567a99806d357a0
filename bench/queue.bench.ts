/**
 * What the queue costs a job: from being asked for to being done, with a handler that does nothing, through the embedded
 * carrier and through Redis, in one process with one SQLite store.
 *     node dist/bench/queue.bench.js [jobs]
 *
 * Mark: under 5 ms a job over Redis, store and all.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import { startRedis, whyNoRedis } from '../test/servers/redis.js';
import type { JobHandlers } from '../workers/job-handlers.js';
import { openBullCarrier } from '../workers/queue/bull.js';
import { openLocalCarrier } from '../workers/queue/local.js';
import type { JobCarrier } from '../workers/queue/queue.js';

const jobCount = Number(process.argv[2] ?? 1000);
const concurrency = 4;
const log = { info: () => {}, warn: (fields: object, message: string) => console.error(message, fields) };
const handlers: Partial<JobHandlers> = { ANALYZE: async () => ({ result: {} }) };

async function measure(name: string, carrier: JobCarrier): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-queue-'));
  const store = await openSqliteStore({ file: join(folder, 'graph.db'), derive: deriveNarrative });
  let done = 0;
  let finish = () => {};
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const onJob = ({ state }: { readonly state: string }) => {
    if (state === 'DONE' && ++done === jobCount) finish();
  };
  const worker = carrier.startWorker({ store, handlers, news: carrier.news, log, onJob }, concurrency);
  const cpu = process.cpuUsage();
  const started = performance.now();
  for (let n = 0; n < jobCount; n++)
    carrier.carry(
      await store.askJob({ job: 'ANALYZE', key: `${name} ${n}`, input: { media: { root: 'r', path: `${n}` } } }),
    );
  await all;
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const perJob = (ms: number) => (ms / jobCount).toFixed(2).padStart(9);
  console.log(`${name.padEnd(12)}${perJob(wallMs)}${perJob((user + system) / 1000)}`);
  await worker.close();
  await carrier.close();
  await store.close();
  await rm(folder, { recursive: true });
}

console.log(`${`${jobCount} jobs`.padEnd(12)}${'wall ms'.padStart(9)}${'CPU ms'.padStart(9)}  a job`);
await measure('embedded', openLocalCarrier());
const reason = whyNoRedis();
if (reason) console.log(`Redis: ${reason}`);
else {
  const redis = await startRedis();
  await measure('Redis', await openBullCarrier(redis.url, log));
  await redis.kill();
}
