import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Job } from '../../schema/job.js';
import {
  askedAgain,
  cancelled,
  claimed,
  existingJob,
  finished,
  isHeld,
  isToBeTaken,
  laidDown,
  mostWorkersLost,
  newJob,
  released,
  reported,
  retried,
} from '../job-moves.js';
import { type JobRow, jobColumns, jobFrom } from '../job-rows.js';
import type { AskedJob, Claim, JobOutcome, JobReport, PassingFailure, SaidLine } from '../store.js';
import { inTurn, toBeTaken } from './job-reads.js';
import { type Json, jsonOf } from './json.js';

/** Carries out the moves of jobs, one transaction each. */
export function jobWrites(db: Database) {
  const byId = db.prepare<[string], JobRow>('SELECT * FROM job WHERE id = ?');
  const byKey = db.prepare<[string], JobRow>('SELECT * FROM job WHERE key = ?');
  const hasEpisode = db.prepare<[string | null], number>('SELECT 1 FROM episode WHERE id = ?').pluck();
  const put = db.prepare<[JobRow]>(
    `INSERT INTO job (${jobColumns.join(', ')}) VALUES (${jobColumns.map((column) => `@${column}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${jobColumns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
  const hopeless = db.prepare<[number], JobRow>(
    `SELECT * FROM job WHERE state = 'RUNNING' AND lease_until_ms < ?
       AND (stop = 'CANCEL' OR workers_lost >= ${mostWorkersLost - 1})`,
  );
  const next = db.prepare<[{ now: number }], JobRow>(`SELECT * FROM job WHERE ${toBeTaken} ORDER BY ${inTurn} LIMIT 1`);
  const write = (row: JobRow): JobRow => {
    put.run(row);
    return row;
  };
  const answer = (row: JobRow): Json<Job> => jsonOf(jobFrom(row) as Job);
  const heldJob = (id: string, attempt: number): JobRow | undefined => {
    const row = byId.get(id);
    return isHeld(row, attempt) ? row : undefined;
  };

  const locked = <Args extends unknown[], Answer>(run: (...args: Args) => Answer) =>
    db.transaction(run).immediate as (...args: Args) => Answer;
  return {
    askJob: locked((asked: AskedJob): Json<Job> => {
      const row = byKey.get(asked.key);
      const now = Date.now();
      if (!row) return answer(write(newJob(`job:${randomUUID()}`, asked, now)));
      return answer(write(askedAgain(row, asked, now, hasEpisode.get(row.episode_id) !== undefined)));
    }),

    claimJob: locked((claim: Claim): Json<Job | null> => {
      const now = Date.now();
      for (const row of hopeless.all(now)) write(laidDown(row, now));
      const row = claim.jobId === undefined ? next.get({ now }) : byId.get(claim.jobId);
      return row && isToBeTaken(row, now) ? answer(write(claimed(row, claim, now))) : jsonOf(null);
    }),

    reportJob: locked((id: string, attempt: number, report: JobReport): Json<'go on' | 'cancel' | 'lost'> => {
      const row = heldJob(id, attempt);
      if (!row) return jsonOf('lost' as const);
      write(reported(row, report, Date.now()));
      return jsonOf(row.stop === null ? ('go on' as const) : ('cancel' as const));
    }),

    finishJob: locked(
      (id: string, attempt: number, outcome: JobOutcome, lines?: readonly SaidLine[]): Json<boolean> => {
        const row = heldJob(id, attempt);
        if (row) write(finished(row, outcome, Date.now(), lines));
        return jsonOf(row !== undefined);
      },
    ),

    releaseJob: locked((id: string, attempt: number, failure?: PassingFailure, lines?: readonly SaidLine[]): void => {
      const row = heldJob(id, attempt);
      if (row) write(released(row, Date.now(), failure, lines));
    }),

    cancelJob: locked(
      (id: string, by?: string): Json<Job> => answer(write(cancelled(existingJob(byId.get(id), id), Date.now(), by))),
    ),
    retryJob: locked(
      (id: string, by?: string): Json<Job> => answer(write(retried(existingJob(byId.get(id), id), Date.now(), by))),
    ),
  };
}
