import type { JobKind, JobPriority, JobState } from '../schema/enums.js';
import type { Job } from '../schema/job.js';

/** A job as a store keeps it. */
export interface JobRow {
  readonly id: string;
  /** Asking twice for one key gives one job. */
  readonly key: string;
  readonly job: JobKind;
  readonly state: JobState;
  readonly priority: JobPriority;
  readonly stage: string | null;
  readonly progress: number;
  readonly attempt: number;
  /** How often it failed with what may pass since somebody asked for it. */
  readonly failures: number;
  /** How many workers in a row fell silent over it without getting further. */
  readonly workers_lost: number;
  /** How far it has been when it lost one; progress, 0…1. */
  readonly lost_at: number;
  readonly created_ms: number;
  /** When it began to wait; in the future while it may not be tried again yet. */
  readonly queued_ms: number;
  readonly started_ms: number | null;
  readonly finished_ms: number | null;
  readonly lease_until_ms: number | null;
  readonly worker: string | null;
  /** CANCEL, or AGAIN: cancelled, then asked for once more before it stopped. */
  readonly stop: 'CANCEL' | 'AGAIN' | null;
  readonly asked_by: string | null;
  readonly trace_parent: string | null;
  /** JSON, as are result and error. */
  readonly input: string;
  /** JSON: see job-log.ts. */
  readonly log: string;
  readonly episode_id: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

const columns: Readonly<Record<keyof JobRow, true>> = {
  id: true,
  key: true,
  job: true,
  state: true,
  priority: true,
  stage: true,
  progress: true,
  attempt: true,
  failures: true,
  workers_lost: true,
  lost_at: true,
  created_ms: true,
  queued_ms: true,
  started_ms: true,
  finished_ms: true,
  lease_until_ms: true,
  worker: true,
  stop: true,
  asked_by: true,
  trace_parent: true,
  input: true,
  log: true,
  episode_id: true,
  result: true,
  error: true,
};
/** The row's columns, each once. */
export const jobColumns = Object.keys(columns) as readonly (keyof JobRow)[];

export function jobFrom(row: JobRow | undefined): Job | undefined {
  if (!row) return undefined;
  const at = (ms: number | null) => (ms === null ? undefined : new Date(ms).toISOString());
  return {
    id: row.id,
    kind: 'Job',
    job: row.job,
    state: row.state,
    priority: row.priority,
    stage: row.stage ?? undefined,
    progress: row.progress,
    attempt: row.attempt,
    failures: row.failures,
    workersLost: row.workers_lost,
    askedBy: row.asked_by ?? undefined,
    traceParent: row.trace_parent ?? undefined,
    createdAt: new Date(row.created_ms).toISOString(),
    startedAt: at(row.started_ms),
    finishedAt: at(row.finished_ms),
    input: JSON.parse(row.input) as Job['input'],
    episodeId: row.episode_id ?? undefined,
    result: row.result === null ? undefined : (JSON.parse(row.result) as Job['result']),
    error: row.error === null ? undefined : (JSON.parse(row.error) as Job['error']),
  };
}
