/**
 * How jobs move through their states. Pure; a store carries a move out while it holds the lock on its jobs. The attempt
 * is a fencing token: it grows with every claim, and a worker whose attempt is no longer the job's can write nothing.
 */
import type { JobPriority } from '../schema/enums.js';
import { FabulaError } from '../schema/errors.js';
import type { JobRow } from './job-rows.js';
import type { AskedJob, Claim, JobOutcome, PassingFailure } from './store.js';

const unclaimed = { lease_until_ms: null, worker: null, stop: null } as const;
const fresh = { stage: null, progress: 0, started_ms: null, finished_ms: null, result: null, error: null } as const;

export function newJob(id: string, { job, key, input, episodeId, priority = 'NORMAL' }: AskedJob, now: number): JobRow {
  return {
    ...{ id, key, job, state: 'QUEUED', priority, attempt: 0, failures: 0, created_ms: now, queued_ms: now },
    ...{ ...unclaimed, ...fresh },
    input: JSON.stringify(input),
    episode_id: episodeId ?? null,
  };
}

const queued = (row: JobRow, now: number): JobRow => ({
  ...row,
  ...{ state: 'QUEUED', queued_ms: now, ...unclaimed, ...fresh },
});

/** Queued by somebody: what went wrong before is forgotten. */
const wanted = (row: JobRow, now: number): JobRow => ({ ...queued(row, now), failures: 0 });

/** In the order in which they are taken. */
export const priorities: readonly JobPriority[] = ['HIGH', 'NORMAL', 'LOW'];

/** The higher priority of what waits already and what is asked for now. */
const hurried = (row: JobRow, { priority = 'NORMAL' }: AskedJob): JobRow =>
  priorities.indexOf(priority) < priorities.indexOf(row.priority) ? { ...row, priority } : row;

/** A job that was asked to stop and is wanted again before it did: its end queues it anew. */
const wantedAgain = (row: JobRow): JobRow => (row.stop === 'CANCEL' ? { ...row, stop: 'AGAIN' } : row);

const isAbandoned = (row: JobRow, now: number) => row.state === 'RUNNING' && (row.lease_until_ms ?? 0) < now;

/** Whether nobody works on it; one that may not be tried again yet waits too. */
const isWaiting = (row: JobRow, now: number) => row.state === 'QUEUED' || isAbandoned(row, now);

/** Whether a worker may take it now. */
export const isToBeTaken = (row: JobRow, now: number): boolean =>
  (row.state === 'QUEUED' && row.queued_ms <= now) || isAbandoned(row, now);

/** Asked for once more: what is done stays so, unless the episode that it made is gone. */
export function askedAgain(row: JobRow, asked: AskedJob, now: number, hasEpisode: boolean): JobRow {
  const anew = () => ({ ...wanted(row, now), priority: asked.priority ?? 'NORMAL' });
  switch (row.state) {
    case 'QUEUED':
      return hurried(row, asked);
    case 'RUNNING':
      return wantedAgain(hurried(row, asked));
    case 'DONE':
      return row.episode_id !== null && !hasEpisode ? anew() : row;
    case 'FAILED':
    case 'CANCELLED':
      return anew();
  }
}

export const claimed = (row: JobRow, { workerId, leaseMs }: Claim, now: number): JobRow => ({
  ...row,
  ...{ state: 'RUNNING', attempt: row.attempt + 1, started_ms: now, lease_until_ms: now + leaseMs },
  ...{ worker: workerId, stop: null },
});

/** Whether this attempt still has the job. */
export const isHeld = (row: JobRow | undefined, attempt: number): row is JobRow =>
  row !== undefined && row.state === 'RUNNING' && row.attempt === attempt;

export const reported = (
  row: JobRow,
  { stage, progress, leaseMs }: { readonly stage: string; readonly progress: number; readonly leaseMs: number },
  now: number,
): JobRow => ({ ...row, stage, progress: Math.min(1, Math.max(0, progress)), lease_until_ms: now + leaseMs });

export function finished(row: JobRow, outcome: JobOutcome, now: number): JobRow {
  if (outcome.state === 'CANCELLED' && row.stop === 'AGAIN') return queued(row, now);
  const ended: JobRow = {
    ...row,
    ...{ state: outcome.state, finished_ms: now, lease_until_ms: null, stop: null, result: null, error: null },
  };
  switch (outcome.state) {
    case 'DONE':
      return {
        ...ended,
        progress: 1,
        result: JSON.stringify(outcome.result),
        episode_id: outcome.episodeId ?? row.episode_id,
      };
    case 'FAILED':
      return { ...ended, error: JSON.stringify(outcome.error) };
    case 'CANCELLED':
      return ended;
  }
}

export function released(row: JobRow, now: number, failure?: PassingFailure): JobRow {
  if (row.stop === 'CANCEL') return finished(row, { state: 'CANCELLED' }, now);
  if (!failure) return queued(row, now);
  const { error, retryAfterMs } = failure;
  return { ...queued(row, now + retryAfterMs), failures: row.failures + 1, error: JSON.stringify(error) };
}

/** At once where nobody works on it; else its worker is told at its next report. */
export function cancelled(row: JobRow, now: number): JobRow {
  if (isWaiting(row, now)) return finished({ ...row, stop: null }, { state: 'CANCELLED' }, now);
  return row.state === 'RUNNING' ? { ...row, stop: 'CANCEL' } : row;
}

/** CONFLICT for a job that is done. */
export function retried(row: JobRow, now: number): JobRow {
  switch (row.state) {
    case 'QUEUED':
      return { ...row, queued_ms: Math.min(row.queued_ms, now), failures: 0 };
    case 'RUNNING':
      return wantedAgain(row);
    case 'FAILED':
    case 'CANCELLED':
      return wanted(row, now);
    case 'DONE':
      throw new FabulaError('CONFLICT', `The job ${row.id} is done; there is nothing to try again.`);
  }
}

/** NOT_FOUND where there is none. */
export function existingJob(row: JobRow | undefined, id: string): JobRow {
  if (!row) throw new FabulaError('NOT_FOUND', `No job has the id ${id}.`);
  return row;
}
