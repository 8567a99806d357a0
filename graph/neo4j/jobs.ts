import { randomUUID } from 'node:crypto';
import type { JobState } from '../../schema/enums.js';
import type { Job, JobLine } from '../../schema/job.js';
import { linesFrom } from '../job-log.js';
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
  priorities,
  released,
  reported,
  retried,
} from '../job-moves.js';
import { type JobRow, jobFrom } from '../job-rows.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type {
  AskedJob,
  Claim,
  JobCount,
  JobOutcome,
  JobReport,
  Page,
  PageRequest,
  PassingFailure,
  SaidLine,
} from '../store.js';
import type { Connection, Run } from './connection.js';
import { type Properties, propertiesOf, rowFrom } from './job-properties.js';
import { seek } from './labels.js';

/** A job that nobody works on and that may be taken at $now. */
const toBeTaken = `j.state IN ['QUEUED', 'RUNNING']
  AND ((j.state = 'QUEUED' AND j.queuedMs <= $now) OR (j.state = 'RUNNING' AND j.leaseUntilMs < $now))`;

/** The order in which jobs are taken. */
const inTurn = `CASE j.priority ${priorities.map((name, rank) => `WHEN '${name}' THEN ${rank}`).join(' ')} END,
  j.queuedMs, j.createdMs, j.id`;

/**
 * Carries out the moves of jobs. Each transaction begins by locking one node, so that moves come one after the other,
 * however many workers there are.
 */
export function jobVerbs(connection: Connection) {
  const lock = "MERGE (l:Lock {name: 'jobs'}) SET l.atMs = $now WITH l";
  const find = async (run: Run, match: string, parameters: Properties): Promise<JobRow | undefined> => {
    const [found] = await run<{ job: Properties | null; hasEpisode: boolean }>(
      `${lock} ${match} RETURN properties(j) AS job`,
      { now: Date.now(), ...parameters },
    );
    return rowFrom(found?.job);
  };
  const byId = (run: Run, id: string) => find(run, 'MATCH (j:Job {id: $id})', { id });
  const write = async (run: Run, row: JobRow): Promise<Job> => {
    await run('MERGE (j:Job {id: $row.id}) SET j = $row', { row: propertiesOf(row) });
    return jobFrom(row) as Job;
  };
  const move = (id: string, to: (row: JobRow, now: number) => JobRow): Promise<Job> =>
    connection.write(async (run) => {
      const row = existingJob(await byId(run, id), id);
      const moved = to(row, Date.now());
      return moved === row ? (jobFrom(row) as Job) : write(run, moved);
    });
  /** Does something with a job that this attempt still has; the answer is the job as it was. */
  const whileHeld = (
    id: string,
    attempt: number,
    to: (row: JobRow, now: number) => JobRow,
  ): Promise<JobRow | undefined> =>
    connection.write(async (run) => {
      const row = await byId(run, id);
      if (!isHeld(row, attempt)) return undefined;
      await write(run, to(row, Date.now()));
      return row;
    });

  return {
    askJob: (asked: AskedJob): Promise<Job> =>
      connection.write(async (run) => {
        const row = await find(run, 'MATCH (j:Job {key: $key})', { key: asked.key });
        const now = Date.now();
        if (!row) return write(run, newJob(`job:${randomUUID()}`, asked, now));
        const [made] = await run(`MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Episode RETURN e.id AS id`, {
          id: row.episode_id,
        });
        return write(run, askedAgain(row, asked, now, made !== undefined));
      }),

    claimJob: (claim: Claim): Promise<Job | undefined> =>
      connection.write(async (run) => {
        const now = Date.now();
        const hopeless = await run<{ job: Properties }>(
          `${lock} MATCH (j:Job) WHERE j.state = 'RUNNING' AND j.leaseUntilMs < $now
             AND (j.stop = 'CANCEL' OR j.workersLost >= ${mostWorkersLost - 1})
           RETURN properties(j) AS job`,
          { now },
        );
        for (const { job } of hopeless) {
          const row = rowFrom(job);
          if (row) await write(run, laidDown(row, now));
        }
        const row =
          claim.jobId === undefined
            ? await find(run, `MATCH (j:Job) WHERE ${toBeTaken} WITH j ORDER BY ${inTurn} LIMIT 1`, { now })
            : await byId(run, claim.jobId);
        return row && isToBeTaken(row, now) ? write(run, claimed(row, claim, now)) : undefined;
      }),

    async reportJob(id: string, attempt: number, report: JobReport): Promise<'go on' | 'cancel' | 'lost'> {
      const row = await whileHeld(id, attempt, (held, now) => reported(held, report, now));
      if (!row) return 'lost';
      return row.stop === null ? 'go on' : 'cancel';
    },

    finishJob: async (
      id: string,
      attempt: number,
      outcome: JobOutcome,
      lines?: readonly SaidLine[],
    ): Promise<boolean> =>
      (await whileHeld(id, attempt, (row, now) => finished(row, outcome, now, lines))) !== undefined,

    async releaseJob(
      id: string,
      attempt: number,
      failure?: PassingFailure,
      lines?: readonly SaidLine[],
    ): Promise<void> {
      await whileHeld(id, attempt, (row, now) => released(row, now, failure, lines));
    },

    jobCounts: (): Promise<readonly JobCount[]> =>
      connection.read(
        `MATCH (j:Job) WHERE j.state IN ['QUEUED', 'RUNNING']
         RETURN j.job AS job, j.state AS state, count(*) AS count,
           min(CASE j.state WHEN 'QUEUED' THEN j.queuedMs ELSE j.startedMs END) AS sinceMs ORDER BY job, state`,
      ),

    async waitingJobs(limit: number): Promise<readonly Job[]> {
      const rows = await connection.read<{ job: Properties }>(
        `MATCH (j:Job) WHERE ${toBeTaken} WITH j ORDER BY ${inTurn} LIMIT $limit RETURN properties(j) AS job`,
        { now: Date.now(), limit },
      );
      return rows.flatMap(({ job }) => jobFrom(rowFrom(job)) ?? []);
    },

    cancelJob: (id: string, by?: string) => move(id, (row, now) => cancelled(row, now, by)),
    retryJob: (id: string, by?: string) => move(id, (row, now) => retried(row, now, by)),

    async job(id: string): Promise<Job | undefined> {
      const [found] = await connection.read<{ job: Properties }>(
        'MATCH (j:Job {id: $id}) RETURN properties(j) AS job',
        { id },
      );
      return jobFrom(rowFrom(found?.job));
    },

    async jobLogs(ids: readonly string[]): Promise<readonly (readonly JobLine[])[]> {
      const rows = await connection.read<{ id: string; log: string }>(
        'MATCH (j:Job) WHERE j.id IN $ids RETURN j.id AS id, j.log AS log',
        { ids },
      );
      const logs = new Map(rows.map(({ id, log }) => [id, log]));
      return ids.map((id) => linesFrom(logs.get(id) ?? '[]'));
    },

    async jobs(request: PageRequest, state?: JobState): Promise<Page<Job>> {
      const limit = rowsToRead(request);
      const [createdMs, id] = readCursor('jobs', request.after, 'number', 'string') ?? [Number.MAX_SAFE_INTEGER, ''];
      const rows = await connection.read<{ job: Properties }>(
        `MATCH (j:Job) WHERE ${state === undefined ? '' : 'j.state = $state AND'} j.createdMs <= $createdMs
           AND (j.createdMs < $createdMs OR j.id > $id)
         RETURN properties(j) AS job ORDER BY j.createdMs DESC, j.id LIMIT $limit`,
        { state, createdMs, id, limit },
      );
      const found = rows.flatMap(({ job }) => rowFrom(job) ?? []);
      return {
        edges: found.slice(0, request.first).map((row) => ({
          node: jobFrom(row) as Job,
          cursor: cursorOf('jobs', row.created_ms, row.id),
        })),
        hasNextPage: found.length > request.first,
      };
    },
  };
}
