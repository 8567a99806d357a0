import { hostname } from 'node:os';
import type { Store } from '../graph/store.js';
import type { Job } from '../schema/job.js';
import type { JobHandlers } from './job-handlers.js';
import type { JobNews } from './queue/queue.js';
import type { StageContext } from './stage.js';
import type { Watch } from './watch.js';

/** Names this process among all workers. */
export const workerId = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;

/** What a worker needs to carry out jobs. */
export interface Bench {
  readonly store: Store;
  readonly handlers: Partial<JobHandlers>;
  readonly news: JobNews;
  readonly log: StageContext['log'];
  /** How long a job that failed so often, with what may pass, waits to be tried again. Default: it has failed. */
  readonly retryAfterMs?: (failures: number) => number | undefined;
  /** A worker that is silent for so long has lost its job to whoever asks next. Default: 6 s. */
  readonly leaseMs?: number;
  /** Who watches the work. Default: nobody. */
  readonly watch?: Watch;
  /** Hears of each job as it is taken and as it is let go. */
  readonly onJob?: (job: Job) => void;
}

const usualLeaseMs = 6000;

export const leaseOf = ({ leaseMs = usualLeaseMs }: Bench): number => leaseMs;
