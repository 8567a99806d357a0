import type { SaidLine } from '../graph/store.js';
import { type ErrorCode, FabulaError, foreseenError } from '../schema/errors.js';
import type { Job } from '../schema/job.js';
import type { Bench } from './bench.js';
import { Heartbeat } from './heartbeat.js';
import type { JobResult, JobRun } from './job-handlers.js';
import { mayPass } from './retries.js';
import type { StageProgress } from './run-stages.js';
import { type JobWatch, unwatched } from './watch.js';

/** As the store knows jobs: an older or newer Fabula may have asked for a kind that this one lacks. */
type AnyHandler = (input: object, run: JobRun) => Promise<JobResult>;

/**
 * Carries out a job that this worker has claimed, to its end: done, failed with a code, cancelled, or (when `signal`
 * fires, or it failed with what may pass) back in the queue. Returns the job as it stands then.
 */
export async function runJob(
  bench: Bench,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: StageProgress) => void = () => {},
): Promise<Job> {
  const watch = (bench.watch ?? unwatched).job(job);
  try {
    const ended = await carryOut(bench, job, signal, onProgress, watch);
    watch.ended(ended.state, ended.error?.code as ErrorCode | undefined);
    return ended;
  } catch (error) {
    // The store is away: its lease runs out, and somebody takes the job up again.
    watch.ended('RUNNING', foreseenError(error)?.code ?? 'INTERNAL');
    throw error;
  }
}

async function carryOut(
  bench: Bench,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: StageProgress) => void,
  watch: JobWatch,
): Promise<Job> {
  const { store, log, news, onJob } = bench;
  const stop = new AbortController();
  const heartbeat = new Heartbeat(bench, job, (reason) => stop.abort(reason));
  const forget = news.listen(({ jobId, what }) => {
    if (jobId === job.id && what === 'stop') void heartbeat.beat();
  });
  const run: JobRun = {
    signal: AbortSignal.any([signal, stop.signal]),
    onProgress(progress) {
      heartbeat.note(progress);
      onProgress(progress);
    },
    confirmHeld: () => heartbeat.beat(),
    log: heartbeat.log,
    watch,
    ...(job.askedBy !== undefined && { askedBy: job.askedBy }),
  };
  onJob?.(job);
  news.tell({ jobId: job.id, what: 'moved' });
  let ended: Job | undefined;
  try {
    const handle = (bench.handlers as Readonly<Partial<Record<string, AnyHandler>>>)[job.job];
    if (!handle) throw new FabulaError('INVALID_INPUT', `This Fabula cannot carry out ${job.job} jobs.`);
    const made = await handle(job.input, run);
    ended = await store.finishJob(job.id, job.attempt, { state: 'DONE', ...made }, heartbeat.stop());
  } catch (error) {
    const lines = heartbeat.stop();
    if (signal.aborted) ended = await store.releaseJob(job.id, job.attempt, undefined, lines);
    else if (stop.signal.reason === 'lost') log.warn({ job: job.id }, 'Another worker has taken the job over.');
    else if (stop.signal.reason === 'cancel')
      ended = await store.finishJob(job.id, job.attempt, { state: 'CANCELLED' }, lines);
    else ended = await fail(bench, job, error, lines);
  } finally {
    heartbeat.stop();
    forget();
  }
  ended ??= (await store.job(job.id)) ?? job;
  onJob?.(ended);
  news.tell({ jobId: job.id, what: 'moved' });
  return ended;
}

async function fail(
  { store, log, retryAfterMs }: Bench,
  job: Job,
  thrown: unknown,
  lines: readonly SaidLine[],
): Promise<Job | undefined> {
  const foreseen = foreseenError(thrown);
  if (!foreseen) log.warn({ job: job.id, err: thrown }, 'A job failed in a way that nobody foresaw.');
  const known = foreseen ?? new FabulaError('INTERNAL', 'Something went wrong inside Fabula.', 'See the log.');
  const error = { code: known.code, message: known.hint ? `${known.message} ${known.hint}` : known.message };
  const wait = mayPass(known.code) ? retryAfterMs?.(job.failures) : undefined;
  return wait === undefined
    ? store.finishJob(job.id, job.attempt, { state: 'FAILED', error }, lines)
    : store.releaseJob(job.id, job.attempt, { error, retryAfterMs: wait }, lines);
}
