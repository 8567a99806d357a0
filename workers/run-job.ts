import { hostname } from 'node:os';
import type { Store } from '../graph/store.js';
import { FabulaError, foreseenError } from '../schema/errors.js';
import type { Job } from '../schema/job.js';
import type { JobHandlers, JobResult, JobRun } from './job-handlers.js';
import { pipeline } from './pipeline.js';
import type { JobNews } from './queue/queue.js';
import { mayPass } from './retries.js';
import type { StageProgress } from './run-stages.js';
import type { StageContext } from './stage.js';

/** A worker that is silent for this long has lost its job to whoever asks next. */
export const leaseMs = 6000;
const heartbeatMs = 1000;

/** The stages and the load, each an equal share of a job's progress. */
const stepCount = pipeline.length + 1;

/** Names this process among all workers. */
export const workerId = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;

/** What a worker needs to carry out jobs. */
export interface Bench {
  readonly store: Store;
  readonly handlers: JobHandlers;
  readonly news: JobNews;
  readonly log: StageContext['log'];
  /** How long a job that failed so often, with what may pass, waits to be tried again. Default: it has failed. */
  readonly retryAfterMs?: (failures: number) => number | undefined;
  /** Hears of each job as it is taken and as it is let go. */
  readonly onJob?: (job: Job) => void;
}

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
  };
  onJob?.(job);
  news.tell({ jobId: job.id, what: 'moved' });
  try {
    const handle = (bench.handlers as Readonly<Partial<Record<string, AnyHandler>>>)[job.job];
    if (!handle) throw new FabulaError('INVALID_INPUT', `This Fabula cannot carry out ${job.job} jobs.`);
    const made = await handle(job.input, run);
    await store.finishJob(job.id, job.attempt, { state: 'DONE', ...made });
  } catch (error) {
    if (signal.aborted) await store.releaseJob(job.id, job.attempt);
    else if (stop.signal.reason === 'lost') log.warn({ job: job.id }, 'Another worker has taken the job over.');
    else if (stop.signal.reason === 'cancel') await store.finishJob(job.id, job.attempt, { state: 'CANCELLED' });
    else await fail(bench, job, error);
  } finally {
    heartbeat.stop();
    forget();
  }
  const ended = (await store.job(job.id)) ?? job;
  onJob?.(ended);
  news.tell({ jobId: job.id, what: 'moved' });
  return ended;
}

async function fail({ store, log, retryAfterMs }: Bench, job: Job, thrown: unknown): Promise<void> {
  const foreseen = foreseenError(thrown);
  if (!foreseen) log.warn({ job: job.id, err: thrown }, 'A job failed in a way that nobody foresaw.');
  const known = foreseen ?? new FabulaError('INTERNAL', 'Something went wrong inside Fabula.', 'See the log.');
  const error = { code: known.code, message: known.hint ? `${known.message} ${known.hint}` : known.message };
  const wait = mayPass(known.code) ? retryAfterMs?.(job.failures) : undefined;
  if (wait === undefined) await store.finishJob(job.id, job.attempt, { state: 'FAILED', error });
  else await store.releaseJob(job.id, job.attempt, { error, retryAfterMs: wait });
}

/** Renews the lease, reports progress, and hears of cancellation. */
class Heartbeat {
  #stage = 'start';
  readonly #shares = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly bench: Bench,
    private readonly job: Job,
    private readonly onStop: (reason: 'cancel' | 'lost') => void,
  ) {
    this.#timer = setInterval(() => void this.beat(), heartbeatMs);
  }

  note({ stage, progress }: StageProgress): void {
    this.#stage = stage;
    this.#shares.set(stage, progress);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async beat(): Promise<void> {
    const { store, news, log } = this.bench;
    const { id, attempt } = this.job;
    try {
      const done = [...this.#shares.values()].reduce((sum, share) => sum + share, 0);
      const progress = Math.min(1, done / stepCount);
      const answer = await store.reportJob(id, attempt, { stage: this.#stage, progress, leaseMs });
      if (answer !== 'go on') this.onStop(answer);
      news.tell({ jobId: id, what: 'moved' });
    } catch (error) {
      log.warn({ job: id, err: error }, 'The job’s progress could not be written.');
    }
  }
}
