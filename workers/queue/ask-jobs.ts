import type { AskedJob } from '../../graph/store.js';
import type { Job } from '../../schema/job.js';
import { type AlignSummary, isLaid } from '../align.js';
import { isInTheGraph, type LoadedSummary, type Workshop } from '../analyze.js';
import { artifactKey } from '../artifacts.js';
import { pipelineVersion } from '../pipeline.js';
import { isPulled, type PullSummary } from '../pull-model.js';
import { alignJob } from './align-job.js';
import { analyzeJob } from './analyze-job.js';
import { importJob } from './import-job.js';
import { pullJob } from './pull-job.js';
import type { JobCarrier, JobQueue, JobRequest } from './queue.js';

/** What of a workshop asking takes. */
type Asked = Pick<Workshop, 'store' | 'roots' | 'settings' | 'remote' | 'modelsFolder' | 'modelSource'>;

/** Takes requests, turns them into jobs in the store, and has them carried to workers. */
export function openJobQueue(workshop: Asked, carrier: Pick<JobCarrier, 'carry' | 'news'>): JobQueue {
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
      return carried(await askUntilItHolds(workshop, { ...asked, ...about }));
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

async function normalised(request: JobRequest, workshop: Asked): Promise<AskedJob> {
  switch (request.job) {
    case 'ANALYZE':
      return analyzeJob(workshop, request.input, await versionUnder(workshop.settings));
    case 'IMPORT':
      return importJob(await workshop.roots(), request.input);
    case 'ALIGN':
      return alignJob(workshop.store, await workshop.roots(), request.input);
    case 'PULL_MODEL':
      return pullJob(request.input, workshop.modelSource);
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
function holds(workshop: Asked, { job, result }: Job): Promise<boolean> {
  switch (job) {
    case 'ALIGN':
      return isLaid(workshop.store, result as unknown as AlignSummary);
    case 'PULL_MODEL':
      return isPulled(workshop, result as unknown as PullSummary);
    default:
      return isInTheGraph(workshop.store, result as unknown as LoadedSummary);
  }
}

/**
 * The job of a request; another one when the finished one no longer says what is in the graph: the same film was
 * analysed with other settings since, a script was taken off it, a model was deleted, or an endpoint that failed then
 * may answer now.
 */
async function askUntilItHolds(workshop: Asked, request: AskedJob): Promise<Job> {
  for (let asked = request; ; ) {
    const job = await workshop.store.askJob(asked);
    if (job.state !== 'DONE' || (await holds(workshop, job))) return job;
    asked = { ...asked, key: artifactKey([asked.key, job.id]) };
  }
}
