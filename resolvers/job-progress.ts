import { Repeater } from '@graphql-yoga/subscription';
import type { Store } from '../graph/store.js';
import { FabulaError } from '../schema/errors.js';
import type { Job } from '../schema/job.js';
import type { JobNews } from '../workers/queue/queue.js';

/** News may get lost, and who works without Redis tells other processes none: a look now and then, in milliseconds. */
const lookMs = 2_000;

/**
 * A job as it is now and whenever it has moved, until it is over. Who is slow to read misses steps, never the end.
 * NOT_FOUND. While the store cannot answer, there is nothing to tell.
 */
export async function watchJob(store: Store, news: JobNews, id: string): Promise<AsyncIterable<Job>> {
  const found = await store.job(id);
  if (!found) throw new FabulaError('NOT_FOUND', `No job has the id ${id}.`);
  return new Repeater<Job>(async (push, stop) => {
    let isStopped = false;
    let hasMoved = true;
    let wake = () => {};
    const stopped = stop.then(() => {
      isStopped = true;
    });
    const forget = news.listen(({ jobId, what }) => {
      if (jobId !== id || what !== 'moved') return;
      hasMoved = true;
      wake();
    });
    const timer = setInterval(() => wake(), lookMs);
    const moved = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    let shown = '';
    for (let job: Job | undefined = found; job && !isStopped; job = (await lookFor(store, id)) ?? job) {
      const now = JSON.stringify(job);
      // Resolves when the next one is asked for.
      if (now !== shown) await push(job);
      shown = now;
      if (isOver(job)) break;
      if (!hasMoved) await Promise.race([moved(), stopped]);
      hasMoved = false;
    }
    clearInterval(timer);
    forget();
    stop();
  });
}

const isOver = ({ state }: Job) => state !== 'QUEUED' && state !== 'RUNNING';

async function lookFor(store: Store, id: string): Promise<Job | undefined> {
  try {
    return await store.job(id);
  } catch (error) {
    if (error instanceof FabulaError && error.code === 'STORE_UNAVAILABLE') return undefined;
    throw error;
  }
}
