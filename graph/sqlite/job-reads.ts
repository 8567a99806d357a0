import type { Database } from 'better-sqlite3';
import type { JobState } from '../../schema/enums.js';
import type { Job, JobLine } from '../../schema/job.js';
import { linesFrom } from '../job-log.js';
import { mostWorkersLost, priorities } from '../job-moves.js';
import { type JobRow, jobFrom } from '../job-rows.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { JobCount, Page, PageRequest, WaitingJob } from '../store.js';
import { type Json, jsonOf, pageOf } from './json.js';

/** A job that nobody works on and that may be taken at `@now`. */
export const toBeTaken = "((state = 'QUEUED' AND queued_ms <= @now) OR (state = 'RUNNING' AND lease_until_ms < @now))";

/**
 * The order in which jobs are taken. Those that only have to be laid down come first: cancelled while their worker was
 * dying, or dead with as many workers as may die.
 */
export const inTurn = `
  CASE WHEN stop = 'CANCEL' OR (state = 'RUNNING' AND workers_lost >= ${mostWorkersLost - 1}) THEN 0 ELSE 1 END,
  CASE priority ${priorities.map((name, rank) => `WHEN '${name}' THEN ${rank}`).join(' ')} END,
  queued_ms, row`;

export function jobReads(db: Database) {
  const byId = db.prepare<[string], JobRow>('SELECT * FROM job WHERE id = ?');
  const log = db.prepare<[string], string>('SELECT log FROM job WHERE id = ?').pluck();
  type Keys = { createdMs: number; id: string; state?: string; limit: number };
  const list = (scope: string) =>
    db.prepare<[Keys], JobRow>(
      `SELECT * FROM job WHERE ${scope} created_ms <= @createdMs AND (created_ms < @createdMs OR id > @id)
       ORDER BY created_ms DESC, id LIMIT @limit`,
    );
  const all = list('');
  const inState = list('state = @state AND');
  const waiting = db.prepare<[{ now: number; limit: number }], WaitingJob>(
    `SELECT id, attempt, priority FROM job WHERE ${toBeTaken} ORDER BY ${inTurn} LIMIT @limit`,
  );
  const counts = db.prepare<[], JobCount>(
    `SELECT job, state, count(*) AS count, min(CASE state WHEN 'QUEUED' THEN queued_ms ELSE started_ms END) AS sinceMs
     FROM job WHERE state IN ('QUEUED', 'RUNNING') GROUP BY job, state ORDER BY job, state`,
  );
  return {
    jobCounts: (): Json<readonly JobCount[]> => jsonOf(counts.all()),

    waitingJobs: (limit: number): Json<readonly WaitingJob[]> => jsonOf(waiting.all({ now: Date.now(), limit })),

    job: (id: string): Json<Job | null> => jsonOf(jobFrom(byId.get(id)) ?? null),

    jobLogs: (ids: readonly string[]): Json<readonly (readonly JobLine[])[]> =>
      jsonOf(ids.map((id) => linesFrom(log.get(id) ?? '[]'))),

    jobs(request: PageRequest, state?: JobState): Json<Page<Job>> {
      const limit = rowsToRead(request);
      const [createdMs, id] = readCursor('jobs', request.after, 'number', 'string') ?? [2 ** 53, ''];
      const keys = { createdMs, id, limit };
      const rows = state === undefined ? all.all(keys) : inState.all({ ...keys, state });
      return pageOf(
        rows.map((row) => ({
          json: JSON.stringify(jobFrom(row)),
          cursor: cursorOf('jobs', row.created_ms, row.id),
        })),
        request,
      );
    },
  };
}
