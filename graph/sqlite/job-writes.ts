import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { FabulaError } from '../../schema/errors.js';
import type { Job } from '../../schema/job.js';
import type { AskedJob, Claim, JobOutcome } from '../store.js';
import { type JobRow, jobFrom } from './job-rows.js';
import { type Json, jsonOf } from './json.js';

/**
 * Moves jobs through their states. The attempt is a fencing token: it grows with every claim, and a worker whose
 * attempt is no longer the job's can write nothing.
 */
export function jobWrites(db: Database) {
  const byId = db.prepare<[string], JobRow>('SELECT * FROM job WHERE id = ?');
  const byKey = db.prepare<[string], JobRow>('SELECT * FROM job WHERE key = ?');
  const hasEpisode = db.prepare<[string], number>('SELECT 1 FROM episode WHERE id = ?').pluck();
  const insert = db.prepare<[string, string, string, number, number, string, string | null], JobRow>(
    `INSERT INTO job (id, key, job, state, progress, attempt, created_ms, queued_ms, input, episode_id)
     VALUES (?, ?, ?, 'QUEUED', 0, 0, ?, ?, ?, ?) RETURNING *`,
  );
  const queue = db.prepare<[number, string], JobRow>(
    `UPDATE job SET state = 'QUEUED', queued_ms = ?, stage = NULL, progress = 0, started_ms = NULL, finished_ms = NULL,
       lease_until_ms = NULL, worker = NULL, stop = NULL, result = NULL, error = NULL WHERE id = ? RETURNING *`,
  );
  const setStop = db.prepare<[string | null, string], JobRow>('UPDATE job SET stop = ? WHERE id = ? RETURNING *');
  const dropCancelled = db.prepare<[number, number]>(
    `UPDATE job SET state = 'CANCELLED', finished_ms = ?, lease_until_ms = NULL, stop = NULL
     WHERE state = 'RUNNING' AND stop = 'CANCEL' AND lease_until_ms < ?`,
  );
  const waiting = db
    .prepare<[{ now: number; id: string | null }], string>(
      `SELECT id FROM job WHERE (state = 'QUEUED' OR (state = 'RUNNING' AND lease_until_ms < @now))
       AND (@id IS NULL OR id = @id) ORDER BY queued_ms, row LIMIT 1`,
    )
    .pluck();
  const claim = db.prepare<[number, number, string, string], JobRow>(
    `UPDATE job SET state = 'RUNNING', attempt = attempt + 1, started_ms = ?, lease_until_ms = ?, worker = ?, stop = NULL
     WHERE id = ? RETURNING *`,
  );
  const held = db.prepare<[string, number], JobRow>(
    "SELECT * FROM job WHERE id = ? AND attempt = ? AND state = 'RUNNING'",
  );
  const report = db.prepare('UPDATE job SET stage = ?, progress = ?, lease_until_ms = ? WHERE id = ?');
  const finish = db.prepare<[Record<string, unknown>], JobRow>(
    `UPDATE job SET state = @state, finished_ms = @now, lease_until_ms = NULL, stop = NULL, result = @result,
       error = @error, progress = iif(@state = 'DONE', 1, progress), episode_id = ifnull(@episodeId, episode_id)
     WHERE id = @id RETURNING *`,
  );
  const end = (id: string, outcome: JobOutcome): JobRow | undefined =>
    finish.get({
      id,
      now: Date.now(),
      state: outcome.state,
      result: outcome.state === 'DONE' ? JSON.stringify(outcome.result) : null,
      error: outcome.state === 'FAILED' ? JSON.stringify(outcome.error) : null,
      episodeId: outcome.state === 'DONE' ? (outcome.episodeId ?? null) : null,
    });

  const existing = (id: string): JobRow => {
    const row = byId.get(id);
    if (!row) throw new FabulaError('NOT_FOUND', `No job has the id ${id}.`);
    return row;
  };
  const leaseRanOut = (row: JobRow) => (row.lease_until_ms ?? 0) < Date.now();
  const answer = (row: JobRow | undefined): Json<Job> => jsonOf(jobFrom(row) as Job);
  /** A job that was asked to stop and is wanted again before it did: its end queues it anew. */
  const wantAgain = (row: JobRow) => (row.stop === 'CANCEL' ? setStop.get('AGAIN', row.id) : row);

  const askJob = ({ job, key, input, episodeId }: AskedJob): Json<Job> => {
    const row = byKey.get(key);
    const now = Date.now();
    if (!row) {
      const id = `job:${randomUUID()}`;
      return answer(insert.get(id, key, job, now, now, JSON.stringify(input), episodeId ?? null));
    }
    switch (row.state) {
      case 'QUEUED':
        return answer(row);
      case 'RUNNING':
        return answer(wantAgain(row));
      case 'DONE': {
        const isGone = row.episode_id !== null && hasEpisode.get(row.episode_id) === undefined;
        return answer(isGone ? queue.get(now, row.id) : row);
      }
      case 'FAILED':
      case 'CANCELLED':
        return answer(queue.get(now, row.id));
    }
  };

  const claimJob = ({ workerId, leaseMs, jobId }: Claim): Json<Job | null> => {
    const now = Date.now();
    dropCancelled.run(now, now);
    const id = waiting.get({ now, id: jobId ?? null });
    return id === undefined ? jsonOf(null) : answer(claim.get(now, now + leaseMs, workerId, id));
  };

  const reportJob = (
    id: string,
    attempt: number,
    { stage, progress, leaseMs }: { stage: string; progress: number; leaseMs: number },
  ): Json<'go on' | 'cancel' | 'lost'> => {
    const row = held.get(id, attempt);
    if (!row) return jsonOf('lost' as const);
    report.run(stage, Math.min(1, Math.max(0, progress)), Date.now() + leaseMs, id);
    return jsonOf(row.stop === null ? ('go on' as const) : ('cancel' as const));
  };

  const finishJob = (id: string, attempt: number, outcome: JobOutcome): Json<boolean> => {
    const row = held.get(id, attempt);
    if (!row) return jsonOf(false);
    if (outcome.state === 'CANCELLED' && row.stop === 'AGAIN') queue.get(Date.now(), id);
    else end(id, outcome);
    return jsonOf(true);
  };

  const releaseJob = (id: string, attempt: number): void => {
    const row = held.get(id, attempt);
    if (row?.stop === 'CANCEL') end(id, { state: 'CANCELLED' });
    else if (row) queue.get(Date.now(), id);
  };

  const cancelJob = (id: string): Json<Job> => {
    const row = existing(id);
    if (row.state === 'QUEUED' || (row.state === 'RUNNING' && leaseRanOut(row)))
      return answer(end(id, { state: 'CANCELLED' }));
    return answer(row.state === 'RUNNING' ? setStop.get('CANCEL', id) : row);
  };

  const retryJob = (id: string): Json<Job> => {
    const row = existing(id);
    switch (row.state) {
      case 'QUEUED':
        return answer(row);
      case 'RUNNING':
        return answer(wantAgain(row));
      case 'FAILED':
      case 'CANCELLED':
        return answer(queue.get(Date.now(), id));
      case 'DONE':
        throw new FabulaError('CONFLICT', `The job ${id} is done; there is nothing to try again.`);
    }
  };

  const locked = <Args extends unknown[], Answer>(run: (...args: Args) => Answer) =>
    db.transaction(run).immediate as (...args: Args) => Answer;
  return {
    askJob: locked(askJob),
    claimJob: locked(claimJob),
    reportJob: locked(reportJob),
    finishJob: locked(finishJob),
    releaseJob: locked(releaseJob),
    cancelJob: locked(cancelJob),
    retryJob: locked(retryJob),
  };
}
