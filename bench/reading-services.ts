/** What the API needs of a server, for a benchmark that only reads: a store, and nothing that would do any work. */
import type { Store } from '../graph/store.js';
import type { Services } from '../resolvers/context.js';
import { mediaUrls } from '../src/app/media-urls.js';
import { localNews } from '../workers/queue/local.js';

const refuse = (): never => {
  throw new Error('The benchmark only reads.');
};

export const readingServices = (store: Store): Services => ({
  store,
  urls: mediaUrls,
  news: localNews(),
  queue: { ask: refuse, cancel: refuse, retry: refuse, over: refuse },
  installation: { health: refuse, models: refuse },
  sweepFiles: refuse,
});
