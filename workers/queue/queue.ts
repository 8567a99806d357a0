/**
 * The queue port. Jobs live in the store; a queue takes requests and makes them jobs; a carrier brings them to workers:
 * in process (`local.ts`) or over Redis (`bull.ts`). A carrier may forget whatever it likes: workers look into the
 * store, too, for what should have reached them.
 */
import type { Store } from '../../graph/store.js';
import type { JobPriority } from '../../schema/enums.js';
import type { Job } from '../../schema/job.js';
import type { Bench } from '../bench.js';

/** What a user asks to have done, by job kind; inputs as the user wrote them. */
export type JobRequest = (
  | { readonly job: 'ANALYZE'; readonly input: AnalyzeRequest }
  | { readonly job: 'IMPORT'; readonly input: ImportRequest }
  | { readonly job: 'ALIGN'; readonly input: AlignRequest }
  | { readonly job: 'PULL_MODEL'; readonly input: PullModelRequest }
) & {
  /** Default: NORMAL. */
  readonly priority?: JobPriority;
  /** The trace that it is asked in (W3C `traceparent`). */
  readonly traceParent?: string;
};

export interface AnalyzeRequest {
  /** The film: a path inside a media root, */
  readonly path?: string;
  /** or its address on another server. */
  readonly url?: string;
  /** The root's name; without it, the first root that has the file. */
  readonly root?: string;
  /** A subtitle file: a path inside a media root, the same one where `root` is given. */
  readonly subtitles?: string;
  /** Default: the file's name. */
  readonly title?: string;
  /** Title of the series the episode belongs to. */
  readonly series?: string;
}

export interface ImportRequest {
  /** The script itself, up to a length; or … */
  readonly text?: string;
  /** … its file: a path inside a media root. */
  readonly path?: string;
  /** The root's name; without it, the first root that has the file. */
  readonly root?: string;
  /** Name of a format; default: told by content. */
  readonly format?: string;
  /** Default: the script's own, else the file's name. */
  readonly title?: string;
  /** Title of the series the episode belongs to. */
  readonly series?: string;
}

/** A script, as for an import, and the film to lay it over. */
export interface AlignRequest extends Pick<ImportRequest, 'text' | 'path' | 'root' | 'format'> {
  readonly episodeId: string;
}

export interface PullModelRequest {
  /** Name of a listed model. */
  readonly model: string;
}

export interface JobQueue {
  /**
   * Normalises the request and makes it a job; asking for the same thing twice gives one job.
   * MEDIA_OUTSIDE_ROOTS, MEDIA_NOT_FOUND, MEDIA_NOT_A_FILE, MEDIA_FORBIDDEN, INVALID_INPUT or FORMAT_UNKNOWN;
   * of an address MEDIA_HOST_REFUSED or MEDIA_ADDRESS_REFUSED; NOT_FOUND of an episode or a model.
   * `by` is who asks, for the job to name.
   */
  ask(request: JobRequest, by?: string): Promise<Job>;
  /** Stops a job that waits or runs; one that is over stays as it is. NOT_FOUND. */
  cancel(jobId: string, by?: string): Promise<Job>;
  /** Queues a failed or cancelled job again. NOT_FOUND, or CONFLICT when it is done. */
  retry(jobId: string, by?: string): Promise<Job>;
  /** The same queue, which asks this store: the same one, watched. */
  over(store: Store): JobQueue;
}

/** `moved`: the store says something new of the job. `stop`: its worker is to ask the store whether to stop. */
export type JobNewsItem = { readonly jobId: string; readonly what: 'moved' | 'stop' };

/** Hints that a look into the store is worth it, among all processes that share a carrier. Some may get lost. */
export interface JobNews {
  tell(item: JobNewsItem): void;
  /** Returns what ends the listening. */
  listen(listener: (item: JobNewsItem) => void): () => void;
}

export interface JobCarrier {
  readonly news: JobNews;
  /** Brings a job that waits in the store to a worker; if it cannot, workers find the job by themselves, later. */
  carry(job: Job): void;
  /** Takes up to `concurrency` jobs at a time until it is closed; then it hands back what it is at. */
  startWorker(bench: Bench, concurrency: number): { close(): Promise<void> };
  close(): Promise<void>;
}

/** How often a worker looks into the store for jobs that nobody brought, in milliseconds. */
export const sweepMs = 1000;
