/**
 * Carries out the moves of jobs. Each is written if the job is still as it is known to be (its revision says so), and
 * else is worked out anew. So nothing is locked between a look and a write, a worker, which knows the job that it took,
 * need not look, and moves of several jobs can share a statement.
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
import { jobsById, jobsInTurn } from './job-reads.js';
import { seek } from './labels.js';
import { together } from './together.js';

/** A job as it was at some revision. */
interface Known {
  readonly row: JobRow;
  readonly revision: string;
}

/** From a known revision to the one that is written. */
interface Change {
  readonly id: string;
  readonly known: string;
  readonly to: Properties & { readonly revision: string };
}

type Move = (row: JobRow, now: number) => JobRow | undefined | Promise<JobRow | undefined>;

export function jobWrites(connection: Connection) {
  /** Those that are held here, as they were left. */
  const held = new Map<string, Known>();

  const byId = together(async (ids: readonly string[]) => {
    const found = await connection.read<{ job: Properties }>(`${jobsById} RETURN properties(j) AS job`, { ids });
    const jobs = new Map(found.map(({ job }) => [job.id, knownFrom(job)]));
    return ids.map((id) => jobs.get(id));
  });

  /** The first job whose turn it is. */
  const first = async (now: number): Promise<Known | undefined> => {
    const [found] = await connection.read<{ job: Properties }>(`${jobsInTurn} RETURN properties(j) AS job`, {
      ...{ now, limit: 1 },
    });
    return knownFrom(found?.job);
  };

  /**
   * Writes changes where nobody else has since what is known. The first SET changes nothing (a job's kind never does)
   * but locks the job, so that its revision stays what it is found to be. A statement that runs twice finds its own one.
   * One after the other, since two may be about one job; in the order of ids, so that nobody waits for each other.
   */
  const writeAll = together(async (changes: readonly Change[]) => {
    const written = await connection.writeAlone<{ revision: string }>(
      `UNWIND $changes AS change CALL (change) {
         MATCH (j:Job {id: change.id}) USING INDEX SEEK j:Job(id) SET j.job = j.job
         WITH j, change WHERE coalesce(j.revision, '') IN [change.known, change.to.revision]
         SET j += change.to RETURN true AS isWritten
       } RETURN change.to.revision AS revision`,
      { changes: changes.toSorted((one, other) => (one.id < other.id ? -1 : 1)) },
    );
    const revisions = new Set(written.map(({ revision }) => revision));
    return changes.map(({ to }) => revisions.has(to.revision));
  });

  const write = async ({ row, revision: known }: Known, moved: JobRow): Promise<Known | undefined> => {
    const revision = randomUUID();
    const isWritten = await writeAll({ id: row.id, known, to: { ...changesOf(row, moved), revision } });
    return isWritten ? { row: moved, revision } : undefined;
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
    held.delete(id);
    const own = known?.row.attempt === attempt ? known : undefined;
    const moved = await move(id, (row, now) => (isHeld(row, attempt) ? to(row, now) : undefined), own);
    if (moved && isHeld(moved.row, attempt)) held.set(id, moved);
    return moved?.row;
  };

  /** Whether the episode is there that the job made. */
  const hasEpisode = async ({ state, episode_id: id }: JobRow): Promise<boolean> =>
    state === 'DONE' &&
    (await connection.read(`MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Episode RETURN true`, { id })).length > 0;

  return {
    async askJob(asked: AskedJob): Promise<Job> {
      const row = newJob(`job:${randomUUID()}`, asked, Date.now());
      const [found] = await connection.writeAlone<{ id: string }>(
        'MERGE (j:Job {key: $row.key}) ON CREATE SET j = $row RETURN j.id AS id',
        { row: { ...propertiesOf(row), revision: randomUUID() } },
      );
      const id = found?.id ?? row.id;
      if (id === row.id) return jobFrom(row) as Job;
      const again: Move = async (there, now) => askedAgain(there, asked, now, await hasEpisode(there));
      return jobFrom(existingJob((await move(id, again))?.row, id)) as Job;
    },

    async claimJob(claim: Claim): Promise<Job | undefined> {
      for (;;) {
        const now = Date.now();
        const { jobId } = claim;
        const found = await (jobId === undefined ? first(now) : byId(jobId));
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
