/**
 * Carries out the moves of jobs. Each is one statement of its own: it writes if the job is still as it is known to be
 * (its revision says so), and else is worked out anew. So nothing is locked between a look and a write, and a worker,
 * which knows the job that it took, need not look.
 */
import { randomUUID } from 'node:crypto';
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
import { type JobRow, jobFrom } from '../job-rows.js';
import type { AskedJob, Claim, JobOutcome, JobReport, PassingFailure, SaidLine } from '../store.js';
import type { Connection } from './connection.js';
import { changesOf, type Properties, propertiesOf, rowFrom } from './job-properties.js';
import { jobById, jobsInTurn } from './job-reads.js';
import { seek } from './labels.js';

/** A job as it was at some revision. */
interface Known {
  readonly row: JobRow;
  readonly revision: string;
}

type Move = (row: JobRow, now: number) => JobRow | undefined | Promise<JobRow | undefined>;

export function jobWrites(connection: Connection) {
  /** Those that are held here, as they were left. */
  const held = new Map<string, Known>();

  const find = async (match: string, parameters: Properties): Promise<Known | undefined> => {
    const [found] = await connection.read<{ job: Properties }>(`${match} RETURN properties(j) AS job`, parameters);
    return knownFrom(found?.job);
  };
  const byId = (id: string) => find(jobById, { id });

  /**
   * Writes a row if nobody else has since what is known. The first SET changes nothing (a job's kind never does) but
   * locks the job, so that its revision stays what it is found to be. A statement that runs twice finds its own one.
   */
  const write = async ({ row, revision: known }: Known, moved: JobRow): Promise<Known | undefined> => {
    const revision = randomUUID();
    const written = await connection.writeAlone(
      `${jobById} SET j.job = j.job
       WITH j WHERE coalesce(j.revision, '') IN [$known, $revision] SET j += $changes RETURN true AS isWritten`,
      { id: row.id, known, revision, changes: { ...changesOf(row, moved), revision } },
    );
    return written.length > 0 ? { row: moved, revision } : undefined;
  };

  /** Moves a job, from what is known of it, until nobody comes in between; undefined where the move is none. */
  const move = async (id: string, to: Move, known?: Known): Promise<Known | undefined> => {
    for (let found = known ?? (await byId(id)); found; found = await byId(id)) {
      const moved = await to(found.row, Date.now());
      if (!moved) return undefined;
      const there = moved === found.row ? found : await write(found, moved);
      if (there) return there;
    }
    return undefined;
  };

  const moveExisting = async (id: string, to: (row: JobRow, now: number) => JobRow): Promise<Job> =>
    jobFrom(existingJob((await move(id, to))?.row, id)) as Job;

  /** Does something with a job that this attempt still has. */
  const whileHeld = async (
    id: string,
    attempt: number,
    to: (row: JobRow, now: number) => JobRow,
  ): Promise<JobRow | undefined> => {
    const known = held.get(id);
    const own = known?.row.attempt === attempt ? known : undefined;
    const moved = await move(id, (row, now) => (isHeld(row, attempt) ? to(row, now) : undefined), own);
    if (moved && isHeld(moved.row, attempt)) held.set(id, moved);
    else held.delete(id);
    return moved?.row;
  };

  /** Whether the episode is there that the job made. */
  const hasEpisode = async ({ state, episode_id: id }: JobRow): Promise<boolean> =>
    state === 'DONE' &&
    (await connection.read(`MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Episode RETURN true`, { id })).length > 0;

  return {
    async askJob(asked: AskedJob): Promise<Job> {
      const row = newJob(`job:${randomUUID()}`, asked, Date.now());
      const [found] = await connection.writeAlone<{ job: Properties | null }>(
        `MERGE (j:Job {key: $row.key}) ON CREATE SET j = $row
         RETURN CASE j.id WHEN $row.id THEN null ELSE properties(j) END AS job`,
        { row: { ...propertiesOf(row), revision: randomUUID() } },
      );
      const known = knownFrom(found?.job);
      if (!known) return jobFrom(row) as Job;
      const { id } = known.row;
      const again: Move = async (there, now) => askedAgain(there, asked, now, await hasEpisode(there));
      return jobFrom(existingJob((await move(id, again, known))?.row, id)) as Job;
    },

    async claimJob(claim: Claim): Promise<Job | undefined> {
      for (;;) {
        const now = Date.now();
        const { jobId } = claim;
        const found = jobId === undefined ? await find(jobsInTurn, { now, limit: 1 }) : await byId(jobId);
        if (!found || !isToBeTaken(found.row, now)) return undefined;
        const taken = await write(found, takenUp(found.row, claim, now));
        if (taken?.row.state !== 'RUNNING') continue;
        held.set(taken.row.id, taken);
        return jobFrom(taken.row);
      }
    },

    reportJob: async (id: string, attempt: number, report: JobReport): Promise<'go on' | 'cancel' | 'lost'> =>
      standing(await whileHeld(id, attempt, (row, now) => reported(row, report, now))),

    finishJob: async (
      id: string,
      attempt: number,
      outcome: JobOutcome,
      lines?: readonly SaidLine[],
    ): Promise<Job | undefined> =>
      jobFrom(await whileHeld(id, attempt, (row, now) => finished(row, outcome, now, lines))),

    releaseJob: async (
      id: string,
      attempt: number,
      failure?: PassingFailure,
      lines?: readonly SaidLine[],
    ): Promise<Job | undefined> =>
      jobFrom(await whileHeld(id, attempt, (row, now) => released(row, now, failure, lines))),

    cancelJob: (id: string, by?: string) => moveExisting(id, (row, now) => cancelled(row, now, by)),
    retryJob: (id: string, by?: string) => moveExisting(id, (row, now) => retried(row, now, by)),
  };
}

/** A job that an older Fabula wrote has no revision yet. */
function knownFrom(job: Properties | null | undefined): Known | undefined {
  const row = rowFrom(job);
  return row && { row, revision: String(job?.revision ?? '') };
}
