/** The carrier that needs no server: jobs wait in the store, and workers of this process look for them there. */
import { type Bench, leaseOf, workerId } from '../bench.js';
import { runJob } from '../run-job.js';
import { type JobCarrier, type JobNews, type JobNewsItem, sweepMs } from './queue.js';

export function openLocalCarrier(): JobCarrier {
  const wakers = new Set<() => void>();
  return {
    news: localNews(),
    carry: () => {
      for (const wake of wakers) wake();
    },
    startWorker: (bench, concurrency) => startLocalWorker(bench, concurrency, wakers),
    close: async () => {},
  };
}

/** News within this process. */
export function localNews(): JobNews {
  const listeners = new Set<(item: JobNewsItem) => void>();
  return {
    tell: (item) => {
      for (const listener of listeners) listener(item);
    },
    listen: (listener) => {
      // A listener of its own, in case the same function listens twice.
      const own = (item: JobNewsItem) => listener(item);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

function startLocalWorker(bench: Bench, concurrency: number, wakers: Set<() => void>): { close(): Promise<void> } {
  const stop = new AbortController();
  const pauses = new Set<() => void>();
  const wake = () => {
    for (const end of pauses) end();
  };
  wakers.add(wake);
  const pause = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, sweepMs);
      pauses.add(end);
    });
  const work = async () => {
    while (!stop.signal.aborted) {
      try {
        const job = await bench.store.claimJob({ workerId, leaseMs: leaseOf(bench) });
        if (job) await runJob(bench, job, stop.signal);
        else if (!stop.signal.aborted) await pause();
      } catch (error) {
        // The store cannot answer; the job's lease runs out, and it is taken up again.
        bench.log.warn({ err: error }, 'The worker could not reach the store.');
        if (!stop.signal.aborted) await pause();
      }
    }
  };
  const working = Promise.all(Array.from({ length: concurrency }, work));
  return {
    async close() {
      wakers.delete(wake);
      stop.abort();
      wake();
      await working;
    },
  };
}
