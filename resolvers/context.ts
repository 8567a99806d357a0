/** What every resolver is given: made once for each request. */
import type { Store } from '../graph/store.js';
import type { Judge } from '../src/narrative/evaluation/judge.js';
import type { JobNews, JobQueue } from '../workers/queue/queue.js';
import type { Caller } from './access.js';
import type { Installation } from './installation.js';
import { Loaders } from './loaders.js';

/** Makes the addresses of pictures and films; relative to the server, so that they hold behind any proxy. */
export interface MediaUrls {
  picture(imageId: string): string;
  film(episodeId: string): string;
}

/** What the API needs from the rest of the system. */
export interface Services {
  readonly store: Store;
  readonly queue: JobQueue;
  /** Says when a look at a job is worth it. */
  readonly news: JobNews;
  readonly urls: MediaUrls;
  readonly installation: Installation;
  /** The language model that judges scripts, where one is configured. */
  readonly modelJudge?: Judge | undefined;
  /** Deletes files that no episode needs any more: pictures and artifacts. */
  readonly sweepFiles: () => Promise<void>;
}

export interface Context extends Services {
  loaders: Loaders;
  /** Aborts when nobody waits for the answer any more; absent where somebody always does. */
  readonly signal: AbortSignal | undefined;
  readonly caller: Caller;
  /** Who makes the edits of this request: the caller. */
  readonly author: string;
}

/** The context of one request, which reads until `signal` aborts. */
export function createContext(services: Services, caller: Caller, signal?: AbortSignal): Context {
  const store = signal ? services.store.within(signal) : services.store;
  return { ...services, store, signal, loaders: new Loaders(store), caller, author: caller.subject };
}
