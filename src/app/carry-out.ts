/** Jobs that a command asks for and stays for. */
import { setTimeout as wait } from 'node:timers/promises';
import { FabulaError } from '../../schema/errors.js';
import type { Job } from '../../schema/job.js';
import type { Workshop } from '../../workers/analyze.js';
import { type Bench, leaseOf, workerId } from '../../workers/bench.js';
import { jobHandlers } from '../../workers/job-handlers.js';
import { openLocalCarrier } from '../../workers/queue/local.js';
import { runJob } from '../../workers/run-job.js';
import type { ProgressDisplay } from './progress.js';

/** How often a job that another process runs is looked at. */
const watchMs = 500;

/** Runs the job here, or watches it while another process does. */
export async function carryOut(
  workshop: Workshop,
  asked: Job,
  signal: AbortSignal,
  display: ProgressDisplay,
): Promise<Job> {
  const { store, log } = workshop;
  const bench: Bench = { store, log, handlers: jobHandlers(workshop), news: openLocalCarrier().news };
  for (let job: Job | undefined = asked; job; job = await workshop.store.job(asked.id)) {
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job;
    if (signal.aborted) break;
    const claimed = await workshop.store.claimJob({ workerId, leaseMs: leaseOf(bench), jobId: job.id });
    if (claimed) return runJob(bench, claimed, signal, display.note);
    display.note({
      stage: `${job.stage ?? 'waiting'} (elsewhere)`,
      state: 'running',
      progress: job.progress,
      seconds: 0,
    });
    await wait(watchMs, undefined, { signal }).catch(() => undefined);
  }
  throw new FabulaError('CANCELLED', 'The work was interrupted.', 'Run the same command again to go on.');
}

/** What a job came to; what went wrong, where it did. */
export function finishedOf<Result>(job: Job): Result {
  switch (job.state) {
    case 'DONE':
      return job.result as unknown as Result;
    case 'FAILED':
      throw new FabulaError((job.error?.code ?? 'INTERNAL') as 'INTERNAL', job.error?.message ?? 'The work failed.');
    case 'CANCELLED':
      throw new FabulaError('CANCELLED', 'The work was cancelled.');
    case 'QUEUED':
    case 'RUNNING':
      throw new FabulaError('CANCELLED', 'The work was interrupted.', 'Run the same command again to go on.');
    default:
      return job.state satisfies never;
  }
}
