import type { Redis } from 'ioredis';
import { localNews } from './local.js';
import type { JobNews, JobNewsItem } from './queue.js';

const channel = 'fabula:jobs';

/** News over Redis: what one process tells, all hear, itself too. ioredis subscribes again after each reconnection. */
export async function redisNews(teller: Redis, subscriber: Redis): Promise<JobNews> {
  const here = localNews();
  subscriber.on('message', (_channel: string, message: string) => {
    const item = itemFrom(message);
    if (item) here.tell(item);
  });
  await subscriber.subscribe(channel);
  return {
    tell(item) {
      // While Redis is gone nobody would hear it in time; whoever waits looks into the store now and then.
      if (teller.status === 'ready') teller.publish(channel, JSON.stringify(item)).catch(() => {});
    },
    listen: here.listen,
  };
}

/** Anybody may publish: only what looks like news is taken. */
function itemFrom(message: string): JobNewsItem | undefined {
  try {
    const { jobId, what } = JSON.parse(message) as Partial<JobNewsItem>;
    return typeof jobId === 'string' && (what === 'moved' || what === 'stop') ? { jobId, what } : undefined;
  } catch {
    return undefined;
  }
}
