/** Jobs that a command asks for and stays for. */
import { setTimeout as wait } from 'node:timers/promises';
import { FabulaError } from '../../schema/errors.js';
import type { Job } from '../../schema/job.js';
import type { Workshop } from '../../workers/analyze.js';
import { type Bench, leaseOf, workerId } from '../../workers/bench.js';
import { jobHandlers } from '../../workers/job-handlers.js';
import { openJobQueue } from '../../workers/queue/ask-jobs.js';
import { openLocalCarrier } from '../../workers/queue/local.js';
import type { JobRequest } from '../../workers/queue/queue.js';
import { runJob } from '../../workers/run-job.js';
import type { Watch } from '../../workers/watch.js';
import { localCaller } from './open.js';
import { type ProgressDisplay, showProgress } from './progress.js';
import { oneLine } from './report-error.js';
import { noMeter } from './telemetry/meter.js';
import { noSpan, within } from './telemetry/tracing.js';
import { tracedStore } from './telemetry/watched-store.js';
import { watchWork } from './telemetry/watched-work.js';
import type { Workplace } from './workplace.js';

/** How often a job that another process runs is looked at. */
const watchMs = 500;

/**
 * Asks for a job and stays until it is done, in one trace, with its progress under this title on standard error.
 * `unchanged`: it had been done before.
 */
export function haveDone<Result>(
  { workshop, log, tracer }: Workplace,
  request: JobRequest,
  title: string,
  signal: AbortSignal,
): Promise<{ readonly summary: Result; readonly unchanged: boolean }> {
  const display = showProgress(oneLine(title), process.stderr);
  const span = tracer.start(`command ${request.job}`, 'inside', {});
  return within(span, async () => {
    const store = span === noSpan ? workshop.store : tracedStore(workshop.store, () => span);
    const { traceParent } = span;
    const asked = await openJobQueue({ ...workshop, store }, openLocalCarrier()).ask(
      { ...request, ...(traceParent && { traceParent }) },
      localCaller.subject,
    );
    const ended = await carryOut(workshop, asked, watchWork(log, noMeter, tracer), signal, display);
    return { summary: finishedOf<Result>(ended), unchanged: asked.state === 'DONE' };
  }).finally(() => display.close());
}

/** Runs the job here, or watches it while another process does. */
async function carryOut(
  workshop: Workshop,
  asked: Job,
  watch: Watch,
  signal: AbortSignal,
  display: ProgressDisplay,
): Promise<Job> {
  const { store, log } = workshop;
  const bench: Bench = { store, log, handlers: jobHandlers(workshop), news: openLocalCarrier().news, watch };
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
function finishedOf<Result>(job: Job): Result {
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
