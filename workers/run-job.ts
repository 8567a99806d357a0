import { hostname } from 'node:os';
import { FabulaError, foreseenError } from '../schema/errors.js';
import type { Job } from '../schema/job.js';
import { type AnalysisSummary, analyzeFilm, type Workshop } from './analyze.js';
import { pipeline } from './pipeline.js';
import type { AnalyzeInput } from './queue/analyze-job.js';
import type { JobRequest } from './queue/queue.js';
import type { StageProgress } from './run-stages.js';

/** A worker that is silent for this long has lost its job to whoever asks next. */
export const leaseMs = 6000;
const heartbeatMs = 1500;

/** The stages and the load, each an equal share of a job's progress. */
const stepCount = pipeline.length + 1;

/** Names this process among all workers. */
export const workerId = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;

type Handler = (
  workshop: Workshop,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: StageProgress) => void,
) => Promise<AnalysisSummary>;

/** What to do for each kind of job that can be asked for. */
const handlers: Readonly<Record<JobRequest['job'], Handler>> = {
  ANALYZE: (workshop, job, signal, onProgress) =>
    analyzeFilm(workshop, job.input as unknown as AnalyzeInput, signal, onProgress),
};

/**
 * Carries out a job that this worker has claimed, to its end: done, failed with a code, cancelled, or (when `signal`
 * fires) handed back to the queue. Returns the job as it stands then.
 */
export async function runJob(
  workshop: Workshop,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: StageProgress) => void = () => {},
): Promise<Job> {
  const { store, log } = workshop;
  const stop = new AbortController();
  const heartbeat = new Heartbeat(workshop, job, (reason) => stop.abort(reason));
  const note = (progress: StageProgress) => {
    heartbeat.note(progress);
    onProgress(progress);
  };
  try {
    const handler = (handlers as Readonly<Partial<Record<string, Handler>>>)[job.job];
    if (!handler) throw new FabulaError('INVALID_INPUT', `This Fabula cannot carry out ${job.job} jobs.`);
    const result = await handler(workshop, job, AbortSignal.any([signal, stop.signal]), note);
    await store.finishJob(job.id, job.attempt, {
      state: 'DONE',
      result: { ...result },
      episodeId: result.episodeId,
    });
  } catch (error) {
    if (signal.aborted) await store.releaseJob(job.id, job.attempt);
    else if (stop.signal.reason === 'lost') log.warn({ job: job.id }, 'Another worker has taken the job over.');
    else if (stop.signal.reason === 'cancel') await store.finishJob(job.id, job.attempt, { state: 'CANCELLED' });
    else await fail(workshop, job, error);
  } finally {
    heartbeat.stop();
  }
  return (await store.job(job.id)) ?? job;
}

async function fail({ store, log }: Workshop, job: Job, error: unknown): Promise<void> {
  const foreseen = foreseenError(error);
  if (!foreseen) log.warn({ job: job.id, err: error }, 'A job failed in a way that nobody foresaw.');
  const known = foreseen ?? new FabulaError('INTERNAL', 'Something went wrong inside Fabula.', 'See the log.');
  const message = known.hint ? `${known.message} ${known.hint}` : known.message;
  await store.finishJob(job.id, job.attempt, { state: 'FAILED', error: { code: known.code, message } });
}

/** Renews the lease, reports progress, and hears of cancellation. */
class Heartbeat {
  #stage = 'start';
  readonly #shares = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly workshop: Workshop,
    private readonly job: Job,
    private readonly onStop: (reason: 'cancel' | 'lost') => void,
  ) {
    this.#timer = setInterval(() => void this.#beat(), heartbeatMs);
  }

  note({ stage, progress }: StageProgress): void {
    this.#stage = stage;
    this.#shares.set(stage, progress);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    try {
      const { store } = this.workshop;
      const done = [...this.#shares.values()].reduce((sum, share) => sum + share, 0);
      const progress = Math.min(1, done / stepCount);
      const answer = await store.reportJob(this.job.id, this.job.attempt, { stage: this.#stage, progress, leaseMs });
      if (answer !== 'go on') this.onStop(answer);
    } catch (error) {
      this.workshop.log.warn({ job: this.job.id, err: error }, 'The job’s progress could not be written.');
    }
  }
}
