/**
 * How jobs move through their states. Pure; a store writes a move only where the job is still as it was looked at. The
 * attempt is a fencing token: it grows with every claim, and a worker whose attempt is no longer the job's can write
 * nothing.
 */
import type { JobPriority } from '../schema/enums.js';
import { FabulaError } from '../schema/errors.js';
import { noted, withLines } from './job-log.js';
import type { JobRow } from './job-rows.js';
import type { AskedJob, Claim, JobOutcome, JobReport, PassingFailure, SaidLine } from './store.js';

const unclaimed = { lease_until_ms: null, worker: null, stop: null } as const;
const fresh = { stage: null, progress: 0, started_ms: null, finished_ms: null, result: null, error: null } as const;

const unspoilt = { failures: 0, workers_lost: 0, lost_at: 0 } as const;

/** A job that loses so many workers, one after the other and without getting further, is taken for what kills them. */
export const mostWorkersLost = 5;

/** How much further a job must have come for its next loss to count as the first, as a share of all. */
const furtherBy = 0.05;

export function newJob(id: string, asked: AskedJob, now: number): JobRow {
  const { job, key, input, episodeId, priority = 'NORMAL', askedBy, traceParent } = asked;
  const row: JobRow = {
    ...{ id, key, job, state: 'QUEUED', priority, attempt: 0, created_ms: now, queued_ms: now },
    ...{ ...unclaimed, ...fresh, ...unspoilt },
    ...{ input: JSON.stringify(input), episode_id: episodeId ?? null, asked_by: askedBy ?? null, log: '[]' },
    trace_parent: traceParent ?? null,
  };
  return noted(row, now, `Asked for${by(askedBy)}.`);
}

const by = (subject: string | undefined) => (subject === undefined ? '' : ` by ${subject}`);

const queued = (row: JobRow, now: number): JobRow => ({
  ...row,
  ...{ state: 'QUEUED', queued_ms: now, workers_lost: 0, ...unclaimed, ...fresh },
});

/** Queued by somebody: what went wrong before is forgotten. */
const wanted = (row: JobRow, now: number): JobRow => ({ ...queued(row, now), ...unspoilt });

/** In the order in which they are taken. */
export const priorities: readonly JobPriority[] = ['HIGH', 'NORMAL', 'LOW'];

/** The higher priority of what waits already and what is asked for now. */
const hurried = (row: JobRow, { priority = 'NORMAL' }: AskedJob): JobRow =>
  priorities.indexOf(priority) < priorities.indexOf(row.priority) ? { ...row, priority } : row;

/** A job that was asked to stop and is wanted again before it did: its end queues it anew. */
const wantedAgain = (row: JobRow): JobRow => ({
  ...row,
  ...{ workers_lost: 0, stop: row.stop === 'CANCEL' ? 'AGAIN' : row.stop },
});

const isAbandoned = (row: JobRow, now: number) => row.state === 'RUNNING' && (row.lease_until_ms ?? 0) < now;

/** Whether nobody works on it; one that may not be tried again yet waits too. */
const isWaiting = (row: JobRow, now: number) => row.state === 'QUEUED' || isAbandoned(row, now);

/** Whether a worker may take it now. */
export const isToBeTaken = (row: JobRow, now: number): boolean =>
  (row.state === 'QUEUED' && row.queued_ms <= now) || isAbandoned(row, now);

/** Asked for once more: what is done stays so, unless the episode that it made is gone. */
export function askedAgain(row: JobRow, asked: AskedJob, now: number, hasEpisode: boolean): JobRow {
  const anew = () => {
    const { priority = 'NORMAL', askedBy, traceParent } = asked;
    const from = { asked_by: askedBy ?? row.asked_by, trace_parent: traceParent ?? null };
    const again = { ...wanted(row, now), priority, ...from };
    return noted(again, now, `Asked for again${by(askedBy)}.`);
  };
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

/** A job whose worker fell silent, with that loss counted. */
function bereaved(row: JobRow, now: number): JobRow {
  const isFurther = row.progress >= row.lost_at + furtherBy;
  const lost = {
    ...row,
    ...{ workers_lost: isFurther ? 1 : row.workers_lost + 1, lost_at: Math.max(row.lost_at, row.progress) },
  };
  return noted(lost, now, `Its worker fell silent: ${row.worker}.`, 'WARNING');
}

/** What a claim makes of a job that is to be taken: one that runs, or that is laid down. */
export function takenUp(row: JobRow, claim: Claim, now: number): JobRow {
  const laid = laidDown(row, now);
  return laid === row ? claimed(row, claim, now) : laid;
}

function claimed(row: JobRow, { workerId, leaseMs }: Claim, now: number): JobRow {
  const free = row.state === 'RUNNING' ? bereaved(row, now) : row;
  const taken: JobRow = {
    ...free,
    ...{ state: 'RUNNING', attempt: row.attempt + 1, started_ms: now, lease_until_ms: now + leaseMs },
    ...{ worker: workerId, stop: null },
  };
  return noted(taken, now, `Taken by ${workerId}.`);
}

/**
 * What becomes of a job that nobody works on and nobody is to take up again: cancelled while its worker was dying, or
 * the death of too many. Others stay as they are.
 */
function laidDown(row: JobRow, now: number): JobRow {
  if (!isAbandoned(row, now)) return row;
  if (row.stop === 'CANCEL') return cancelled(row, now);
  const lost = bereaved(row, now);
  return lost.workers_lost < mostWorkersLost ? row : finished(lost, { state: 'FAILED', error: workerLost }, now);
}

const workerLost = {
  code: 'WORKER_LOST',
  message: `${mostWorkersLost} workers in a row died or fell silent over this job. Look into their logs (was it memory?), then try it again.`,
} as const;

/** Whether this attempt still has the job. */
export const isHeld = (row: JobRow | undefined, attempt: number): row is JobRow =>
  row !== undefined && row.state === 'RUNNING' && row.attempt === attempt;

export const reported = (row: JobRow, { stage, progress, leaseMs, lines = [] }: JobReport, now: number): JobRow =>
  withLines({ ...row, stage, progress: Math.min(1, Math.max(0, progress)), lease_until_ms: now + leaseMs }, lines);

/** What a worker hears after its report: undefined where it no longer has the job. */
export function standing(row: JobRow | undefined): 'go on' | 'cancel' | 'lost' {
  if (!row) return 'lost';
  return row.stop === null ? 'go on' : 'cancel';
}

export function finished(row: JobRow, outcome: JobOutcome, now: number, lines: readonly SaidLine[] = []): JobRow {
  const said = withLines(row, lines);
  if (outcome.state === 'CANCELLED' && row.stop === 'AGAIN')
    return noted(queued(said, now), now, 'Stopped; queued again.');
  const ended: JobRow = {
    ...said,
    ...{ state: outcome.state, finished_ms: now, lease_until_ms: null, stop: null, result: null, error: null },
  };
  switch (outcome.state) {
    case 'DONE':
      return noted(
        {
          ...ended,
          progress: 1,
          result: JSON.stringify(outcome.result),
          episode_id: outcome.episodeId ?? row.episode_id,
        },
        now,
        'Done.',
      );
    case 'FAILED': {
      const { code, message } = outcome.error;
      return noted({ ...ended, error: JSON.stringify(outcome.error) }, now, `Failed: ${code}: ${message}`, 'WARNING');
    }
    case 'CANCELLED':
      return noted(ended, now, 'Cancelled.');
  }
}

export function released(row: JobRow, now: number, failure?: PassingFailure, lines: readonly SaidLine[] = []): JobRow {
  if (row.stop === 'CANCEL') return finished(row, { state: 'CANCELLED' }, now, lines);
  const said = withLines(row, lines);
  if (!failure) return noted(queued(said, now), now, 'Handed back.');
  const { error, retryAfterMs } = failure;
  return noted(
    { ...queued(said, now + retryAfterMs), failures: row.failures + 1, error: JSON.stringify(error) },
    now,
    `Failed, to be tried again after ${retryAfterMs / 1000} s: ${error.code}: ${error.message}`,
    'WARNING',
  );
}

/** At once where nobody works on it; else its worker is told at its next report. */
export function cancelled(row: JobRow, now: number, subject?: string): JobRow {
  if (row.state !== 'QUEUED' && row.state !== 'RUNNING') return row;
  const asked = row.stop === 'CANCEL' ? row : noted(row, now, `Asked to stop${by(subject)}.`);
  return isWaiting(row, now)
    ? finished({ ...asked, stop: null }, { state: 'CANCELLED' }, now)
    : { ...asked, stop: 'CANCEL' };
}

/** CONFLICT for a job that is done. */
export function retried(row: JobRow, now: number, subject?: string): JobRow {
  const asked = noted(row, now, `Asked to try again${by(subject)}.`);
  switch (row.state) {
    case 'QUEUED':
      return { ...asked, queued_ms: Math.min(row.queued_ms, now), failures: 0 };
    case 'RUNNING':
      return wantedAgain(asked);
    case 'FAILED':
    case 'CANCELLED':
      return wanted(asked, now);
    case 'DONE':
      throw new FabulaError('CONFLICT', `The job ${row.id} is done; there is nothing to try again.`);
  }
}

/** NOT_FOUND where there is none. */
export function existingJob(row: JobRow | undefined, id: string): JobRow {
  if (!row) throw new FabulaError('NOT_FOUND', `No job has the id ${id}.`);
  return row;
}
