import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Job } from '../../schema/job.js';
import {
  askedAgain,
  cancelled,
  existingJob,
  finished,
  isHeld,
  isToBeTaken,
  newJob,
  released,
  reported,
  retried,
  standing,
  takenUp,
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
  const next = db.prepare<[{ now: number }], JobRow>(`SELECT * FROM job WHERE ${toBeTaken} ORDER BY ${inTurn} LIMIT 1`);
  const write = (row: JobRow): JobRow => {
    put.run(row);
    return row;
  };
  const answer = (row: JobRow): Json<Job> => jsonOf(jobFrom(row) as Job);
  /** Does something with a job that this attempt still has. */
  const whileHeld = (id: string, attempt: number, to: (row: JobRow) => JobRow): JobRow | undefined => {
    const row = byId.get(id);
    return isHeld(row, attempt) ? write(to(row)) : undefined;
  };
  const answerIf = (row: JobRow | undefined): Json<Job | null> => jsonOf(jobFrom(row) ?? null);

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
      for (;;) {
        const row = claim.jobId === undefined ? next.get({ now }) : byId.get(claim.jobId);
        if (!row || !isToBeTaken(row, now)) return jsonOf(null);
        const taken = write(takenUp(row, claim, now));
        if (taken.state === 'RUNNING') return answer(taken);
      }
    }),

    reportJob: locked((id: string, attempt: number, report: JobReport): Json<'go on' | 'cancel' | 'lost'> => {
      const row = whileHeld(id, attempt, (held) => reported(held, report, Date.now()));
      return jsonOf(standing(row));
    }),

    finishJob: locked((id: string, attempt: number, outcome: JobOutcome, lines?: readonly SaidLine[]) =>
      answerIf(whileHeld(id, attempt, (held) => finished(held, outcome, Date.now(), lines))),
    ),

    releaseJob: locked((id: string, attempt: number, failure?: PassingFailure, lines?: readonly SaidLine[]) =>
      answerIf(whileHeld(id, attempt, (held) => released(held, Date.now(), failure, lines))),
    ),

    cancelJob: locked(
      (id: string, by?: string): Json<Job> => answer(write(cancelled(existingJob(byId.get(id), id), Date.now(), by))),
    ),
    retryJob: locked(
      (id: string, by?: string): Json<Job> => answer(write(retried(existingJob(byId.get(id), id), Date.now(), by))),
    ),
  };
}
