/** Metrics that are not told as they happen but looked up when somebody asks for them. */
import { statfs } from 'node:fs/promises';
import { Gauge, type Registry } from 'prom-client';
import type { JobCount, Store, StoreLane } from '../../../graph/store.js';
import { type GpuMemory, watchGpuMemory } from '../../../workers/models/gpu-memory.js';
import type { Config } from '../config.js';

/** Where to look; what is left out is not there. */
export interface Readings {
  /** Jobs that wait or run, in the whole installation. */
  readonly jobs?: () => Promise<readonly JobCount[]>;
  readonly store?: () => readonly StoreLane[];
  readonly gpus?: () => Promise<readonly GpuMemory[]>;
  /** Bytes that FABULA_HOME can still take. */
  readonly freeSpace?: () => Promise<number>;
}

/** What this process can look up; how many jobs there are is for one kind of process to say, not for every worker. */
export function readingsOf({ home }: Pick<Config, 'home'>, store: Store, about: 'all jobs' | 'this process'): Readings {
  return {
    ...(about === 'all jobs' && { jobs: () => store.jobCounts() }),
    store: () => store.lanes(),
    gpus: watchGpuMemory(),
    async freeSpace() {
      const { bavail, bsize } = await statfs(home);
      return bavail * bsize;
    },
  };
}

/** How long whoever asks waits for one reading, in milliseconds. */
const longestReadingMs = 3_000;

export function addGauges({ jobs, store, gpus, freeSpace }: Readings, registers: Registry[]): void {
  /** A gauge that is empty where its reading fails: the other metrics are all the more needed then. */
  const reading = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    look: (gauge: Gauge<Label>) => void | Promise<void>,
  ) =>
    new Gauge<Label>({
      ...{ name: `fabula_${name}`, help, labelNames, registers },
      async collect() {
        this.reset();
        await Promise.race([Promise.resolve(look(this)).catch(() => {}), passed(longestReadingMs)]);
      },
    });

  if (jobs) {
    const read = once(jobs);
    reading('jobs', 'Jobs in the store that wait (QUEUED) or run (RUNNING).', ['job', 'state'], async (gauge) => {
      for (const { job, state, count } of await read()) gauge.set({ job, state }, count);
    });
    reading('job_oldest_seconds', 'How long the oldest job has been in its state.', ['job', 'state'], async (gauge) => {
      for (const { job, state, sinceMs } of await read())
        gauge.set({ job, state }, Math.max(0, (Date.now() - sinceMs) / 1000));
    });
  }
  if (store) {
    reading('store_calls', 'Calls that the store is at or that wait for it.', ['lane'], (gauge) => {
      for (const { lane, calls } of store()) gauge.set({ lane }, calls);
    });
    reading('store_lanes', 'Calls that the store can be at at once; more have to wait.', ['lane'], (gauge) => {
      for (const { lane, atOnce } of store()) gauge.set({ lane }, atOnce);
    });
  }
  if (gpus)
    reading('gpu_memory_bytes', 'Memory of each GPU here.', ['gpu', 'kind'], async (gauge) => {
      for (const { gpu, usedBytes, totalBytes } of await gpus()) {
        gauge.set({ gpu, kind: 'used' }, usedBytes);
        gauge.set({ gpu, kind: 'total' }, totalBytes);
      }
    });
  if (freeSpace)
    reading('home_free_bytes', 'What FABULA_HOME can still take.', [], async (gauge) => gauge.set(await freeSpace()));
}

/** One look for all gauges that are read at about the same time. */
function once<Reading>(look: () => Promise<Reading>, freshMs = 500): () => Promise<Reading> {
  let last: { readonly at: number; readonly reading: Promise<Reading> } | undefined;
  return () => {
    if (!last || performance.now() - last.at > freshMs) last = { at: performance.now(), reading: look() };
    return last.reading;
  };
}

const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
