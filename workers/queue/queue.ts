/**
 * The queue port. Jobs live in the store; a queue takes requests, makes them jobs and carries them to workers: in
 * process (`local.ts`) or over Redis.
 */
import type { Job } from '../../schema/job.js';

/** What a user asks to have done, by job kind; inputs as the user wrote them. */
export type JobRequest = { readonly job: 'ANALYZE'; readonly input: AnalyzeRequest };

export interface AnalyzeRequest {
  /** The film: a path inside a media root. */
  readonly path: string;
  /** The root's name; without it, the first root that has the file. */
  readonly root?: string;
  /** A subtitle file: a path inside a media root, the same one where `root` is given. */
  readonly subtitles?: string;
  /** Default: the file's name. */
  readonly title?: string;
  /** Title of the series the episode belongs to. */
  readonly series?: string;
}

export interface JobQueue {
  /**
   * Normalises the request and makes it a job; asking for the same thing twice gives one job.
   * MEDIA_OUTSIDE_ROOTS, MEDIA_NOT_FOUND, MEDIA_NOT_A_FILE, MEDIA_FORBIDDEN or INVALID_INPUT.
   */
  ask(request: JobRequest): Promise<Job>;
  /** Stops a job that waits or runs; one that is over stays as it is. NOT_FOUND. */
  cancel(jobId: string): Promise<Job>;
  /** Queues a failed or cancelled job again. NOT_FOUND, or CONFLICT when it is done. */
  retry(jobId: string): Promise<Job>;
}
