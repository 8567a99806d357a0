import type { SaidLine } from '../graph/store.js';
import type { LogLevel } from '../schema/enums.js';
import type { Job } from '../schema/job.js';
import { type Bench, leaseOf } from './bench.js';
import { pipeline } from './pipeline.js';
import type { JobRequest } from './queue/queue.js';
import type { StageProgress } from './run-stages.js';
import type { StageContext } from './stage.js';

/** A worker reports so often before its lease runs out. */
const beatsPerLease = 6;

/** Stages of each kind of job, the load included: each is an equal share of its progress. */
const stepCounts: Readonly<Record<JobRequest['job'], number>> = {
  ANALYZE: pipeline.length + 1,
  IMPORT: 2,
  ALIGN: 2,
  PULL_MODEL: 1,
};

/** Lines that wait to be written; the older ones go where the store is away for long. */
const mostLinesWaiting = 100;

/** Renews the lease of a job, reports its progress and what is said about it, and hears of cancellation. */
export class Heartbeat {
  #stage = 'start';
  #lines: SaidLine[] = [];
  #underWay: Promise<void> | undefined;
  readonly #stepCount: number;
  readonly #steps = new Map<string, Pick<StageProgress, 'state' | 'progress'>>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly bench: Bench,
    private readonly job: Job,
    private readonly onStop: (reason: 'cancel' | 'lost') => void,
  ) {
    this.#stepCount = (stepCounts as Readonly<Partial<Record<string, number>>>)[job.job] ?? 1;
    this.#timer = setInterval(() => void this.#report(), leaseOf(bench) / beatsPerLease);
  }

  /** What is said here is said in the worker's own log, too; of that, the job keeps what somebody should look at. */
  readonly log: StageContext['log'] = {
    info: (fields, message) => this.bench.log.info({ job: this.job.id, ...fields }, message),
    warn: (fields, message) => {
      this.bench.log.warn({ job: this.job.id, ...fields }, message);
      this.#say(message, 'WARNING');
    },
  };

  note({ stage, state, progress, seconds, detail }: StageProgress): void {
    if (this.#steps.get(stage)?.state !== state) this.#say(`${stage}: ${wordsFor(state, seconds)}`);
    this.#stage = detail === undefined ? stage : `${stage}: ${detail}`;
    this.#steps.set(stage, { state, progress });
  }

  /** Reports now, and not only what a report that is under way may have been too early for. */
  async beat(): Promise<void> {
    await this.#underWay;
    await this.#report();
  }

  /** Reports no more. What was said since the last report goes with the job's end. */
  stop(): readonly SaidLine[] {
    clearInterval(this.#timer);
    return this.#lines.splice(0);
  }

  #say(message: string, level: LogLevel = 'INFO'): void {
    this.#lines = [...this.#lines, { atMs: Date.now(), level, message }].slice(-mostLinesWaiting);
  }

  /** One at a time: while the store is away, a report tries for long. */
  #report(): Promise<void> {
    this.#underWay ??= this.#reportOnce().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #reportOnce(): Promise<void> {
    const { store, news, log } = this.bench;
    const { id, attempt } = this.job;
    const lines = this.#lines.splice(0);
    try {
      const done = [...this.#steps.values()].reduce((sum, { progress }) => sum + progress, 0);
      const progress = Math.min(1, done / this.#stepCount);
      const report = { stage: this.#stage, progress, leaseMs: leaseOf(this.bench), lines };
      const answer = await store.reportJob(id, attempt, report);
      if (answer !== 'go on') this.onStop(answer);
      news.tell({ jobId: id, what: 'moved' });
    } catch (error) {
      this.#lines = [...lines, ...this.#lines].slice(-mostLinesWaiting);
      log.warn({ job: id, err: error }, 'The job’s progress could not be written.');
    }
  }
}

function wordsFor(state: StageProgress['state'], seconds: number): string {
  switch (state) {
    case 'running':
      return 'begun.';
    case 'kept':
      return 'done by an earlier run.';
    case 'done':
      return `done in ${seconds.toFixed(1)} s.`;
    default:
      return state satisfies never;
  }
}
