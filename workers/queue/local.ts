/** The queue that needs no server: jobs wait in the store, and this process carries them out one after the other. */
import type { AskedJob, Store } from '../../graph/store.js';
import type { Job } from '../../schema/job.js';
import { type AnalysisSummary, isInTheGraph, type Workshop } from '../analyze.js';
import { artifactKey } from '../artifacts.js';
import { pipelineVersion } from '../pipeline.js';
import { leaseMs, runJob, workerId } from '../run-job.js';
import { analyzeJob } from './analyze-job.js';
import type { JobQueue } from './queue.js';

/** How often the store is asked for jobs that other processes put there. */
const pollMs = 1000;

/** Takes requests and turns them into jobs in the store. */
export function openJobQueue(workshop: Pick<Workshop, 'store' | 'roots' | 'settings'>, onAsked = () => {}): JobQueue {
  const { store, roots, settings } = workshop;
  return {
    async ask({ job, input }) {
      switch (job) {
        case 'ANALYZE': {
          const request = await analyzeJob(await roots(), input, await versionUnder(settings));
          const asked = await askUntilItHolds(store, request);
          onAsked();
          return asked;
        }
        default:
          return job satisfies never;
      }
    },
    cancel: (jobId) => store.cancelJob(jobId),
    async retry(jobId) {
      const job = await store.retryJob(jobId);
      onAsked();
      return job;
    },
  };
}

/** What, besides the input, makes an analysis another one. */
async function versionUnder(settings: Workshop['settings']): Promise<string> {
  const { transcription, pulled } = await settings();
  return artifactKey([pipelineVersion, transcription && [transcription.url, transcription.model], pulled]);
}

/**
 * The job of a request; another one when the finished one no longer says what is in the graph: the same film was
 * analysed with other settings since, or an endpoint that failed then may answer now.
 */
async function askUntilItHolds(store: Store, request: AskedJob): Promise<Job> {
  for (let asked = request; ; ) {
    const job = await store.askJob(asked);
    if (job.state !== 'DONE' || (await isInTheGraph(store, job.result as unknown as AnalysisSummary))) return job;
    asked = { ...asked, key: artifactKey([asked.key, job.id]) };
  }
}

/** An embedded worker: carries out jobs until it is closed, then hands back what it was at. */
export function startLocalWorker(workshop: Workshop): { wake(): void; close(): Promise<void> } {
  const stop = new AbortController();
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const working = (async () => {
    while (!stop.signal.aborted) {
      try {
        const job = await workshop.store.claimJob({ workerId, leaseMs });
        if (job) await runJob(workshop, job, stop.signal);
        else await pause();
      } catch (error) {
        // The store cannot answer; the job's lease runs out, and it is taken up again.
        workshop.log.warn({ err: error }, 'The worker could not reach the store.');
        await pause();
      }
    }
  })();
  return {
    wake: () => wake(),
    async close() {
      stop.abort();
      wake();
      await working;
    },
  };
}
