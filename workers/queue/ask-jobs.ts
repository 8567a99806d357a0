import type { AskedJob, Store } from '../../graph/store.js';
import type { Job } from '../../schema/job.js';
import { type AlignSummary, isLaid } from '../align.js';
import { isInTheGraph, type LoadedSummary, type Workshop } from '../analyze.js';
import { artifactKey } from '../artifacts.js';
import { pipelineVersion } from '../pipeline.js';
import { alignJob } from './align-job.js';
import { analyzeJob } from './analyze-job.js';
import { importJob } from './import-job.js';
import type { JobCarrier, JobQueue, JobRequest } from './queue.js';

/** Takes requests, turns them into jobs in the store, and has them carried to workers. */
export function openJobQueue(
  workshop: Pick<Workshop, 'store' | 'roots' | 'settings' | 'remote'>,
  carrier: Pick<JobCarrier, 'carry' | 'news'>,
): JobQueue {
  const { store } = workshop;
  const carried = (job: Job): Job => {
    if (job.state === 'QUEUED') carrier.carry(job);
    carrier.news.tell({ jobId: job.id, what: 'moved' });
    return job;
  };
  return {
    async ask(request, askedBy) {
      const { priority, traceParent } = request;
      const about = { ...(priority && { priority }), ...(askedBy && { askedBy }), ...(traceParent && { traceParent }) };
      const asked = await normalised(request, workshop);
      return carried(await askUntilItHolds(store, { ...asked, ...about }));
    },
    async cancel(jobId, by) {
      const job = await store.cancelJob(jobId, by);
      carrier.news.tell({ jobId, what: job.state === 'RUNNING' ? 'stop' : 'moved' });
      return job;
    },
    retry: async (jobId, by) => carried(await store.retryJob(jobId, by)),
    over: (watched) => openJobQueue({ ...workshop, store: watched }, carrier),
  };
}

async function normalised(
  request: JobRequest,
  workshop: Pick<Workshop, 'store' | 'roots' | 'settings' | 'remote'>,
): Promise<AskedJob> {
  switch (request.job) {
    case 'ANALYZE':
      return analyzeJob(workshop, request.input, await versionUnder(workshop.settings));
    case 'IMPORT':
      return importJob(await workshop.roots(), request.input);
    case 'ALIGN':
      return alignJob(workshop.store, await workshop.roots(), request.input);
    default:
      return request satisfies never;
  }
}

/** What, besides the input, makes an analysis another one. */
async function versionUnder(settings: Workshop['settings']): Promise<string> {
  const { transcription, pulled } = await settings();
  return artifactKey([pipelineVersion, transcription && [transcription.url, transcription.model], pulled]);
}

/** Whether what a finished job says is still so. */
const holds = (store: Store, { job, result }: Job): Promise<boolean> =>
  job === 'ALIGN'
    ? isLaid(store, result as unknown as AlignSummary)
    : isInTheGraph(store, result as unknown as LoadedSummary);

/**
 * The job of a request; another one when the finished one no longer says what is in the graph: the same film was
 * analysed with other settings since, a script was taken off it, or an endpoint that failed then may answer now.
 */
async function askUntilItHolds(store: Store, request: AskedJob): Promise<Job> {
  for (let asked = request; ; ) {
    const job = await store.askJob(asked);
    if (job.state !== 'DONE' || (await holds(store, job))) return job;
    asked = { ...asked, key: artifactKey([asked.key, job.id]) };
  }
}
