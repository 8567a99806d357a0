import type { JobState } from '../../schema/enums.js';
import type { Job, JobLine } from '../../schema/job.js';
import { linesFrom } from '../job-log.js';
import { mostWorkersLost, priorities } from '../job-moves.js';
import { jobFrom } from '../job-rows.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { JobCount, Page, PageRequest, WaitingJob } from '../store.js';
import type { Connection } from './connection.js';
import { type Properties, rowFrom } from './job-properties.js';

/** Looked up by their ids, however few jobs the planner believes there are. */
export const jobsById = 'MATCH (j:Job) USING INDEX SEEK j:Job(id) WHERE j.id IN $ids';

/** All that the index of whose turn it is needs to hear of. */
const inQueue =
  'USING INDEX SEEK j:Job(state, priority, queuedMs) WHERE j.priority IS NOT NULL AND j.queuedMs IS NOT NULL';

/**
 * The order in which jobs are taken. Those that only have to be laid down come first: cancelled while their worker was
 * dying, or dead with as many workers as may die.
 */
const inTurn = `
  CASE WHEN j.stop = 'CANCEL' OR (j.state = 'RUNNING' AND j.workersLost >= ${mostWorkersLost - 1}) THEN 0 ELSE 1 END,
  CASE j.priority ${priorities.map((name, rank) => `WHEN '${name}' THEN ${rank}`).join(' ')} END,
  j.queuedMs, j.createdMs, j.id`;

/**
 * The first $limit jobs `j` that nobody works on and that may be taken at $now. Each priority's come from the index in
 * their order, so that a long queue costs no more than a short one.
 */
export const jobsInTurn = `CALL () {
  ${priorities
    .map(
      (name) => `MATCH (j:Job) USING INDEX SEEK j:Job(state, priority, queuedMs)
  WHERE j.state = 'QUEUED' AND j.priority = '${name}' AND j.queuedMs <= $now
  RETURN j ORDER BY j.state, j.priority, j.queuedMs, j.createdMs, j.id LIMIT $limit UNION ALL `,
    )
    .join('')}
  MATCH (j:Job) ${inQueue} AND j.state = 'RUNNING' AND j.leaseUntilMs < $now RETURN j
} WITH j ORDER BY ${inTurn} LIMIT $limit`;

export function jobReads(connection: Connection) {
  return {
    jobCounts: (): Promise<readonly JobCount[]> =>
      connection.read(
        `MATCH (j:Job) ${inQueue} AND j.state IN ['QUEUED', 'RUNNING']
         RETURN j.job AS job, j.state AS state, count(*) AS count,
           min(CASE j.state WHEN 'QUEUED' THEN j.queuedMs ELSE j.startedMs END) AS sinceMs ORDER BY job, state`,
      ),

    waitingJobs: (limit: number): Promise<readonly WaitingJob[]> =>
      connection.read(`${jobsInTurn} RETURN j.id AS id, j.attempt AS attempt, j.priority AS priority`, {
        ...{ now: Date.now(), limit },
      }),

    async job(id: string): Promise<Job | undefined> {
      const [found] = await connection.read<{ job: Properties }>(`${jobsById} RETURN properties(j) AS job`, {
        ids: [id],
      });
      return jobFrom(rowFrom(found?.job));
    },

    async jobLogs(ids: readonly string[]): Promise<readonly (readonly JobLine[])[]> {
      const rows = await connection.read<{ id: string; log: string }>(`${jobsById} RETURN j.id AS id, j.log AS log`, {
        ids,
      });
      const logs = new Map(rows.map(({ id, log }) => [id, log]));
      return ids.map((id) => linesFrom(logs.get(id) ?? '[]'));
    },

    async jobs(request: PageRequest, state?: JobState): Promise<Page<Job>> {
      const limit = rowsToRead(request);
      const [createdMs, id] = readCursor('jobs', request.after, 'number', 'string') ?? [Number.MAX_SAFE_INTEGER, ''];
      const rows = await connection.read<{ job: Properties }>(
        `MATCH (j:Job) USING INDEX SEEK j:Job(createdMs, id)
         WHERE ${state === undefined ? '' : 'j.state = $state AND'} j.createdMs <= $createdMs AND j.id IS NOT NULL
           AND (j.createdMs < $createdMs OR j.id > $id)
         WITH j ORDER BY j.createdMs DESC, j.id LIMIT $limit RETURN properties(j) AS job`,
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
