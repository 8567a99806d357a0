/** Connections to Redis: checked once at the start, restored for as long as it takes afterwards. */
import { Redis } from 'ioredis';
import { FabulaError } from '../../schema/errors.js';
import type { StageContext } from '../stage.js';

type Log = StageContext['log'];

const answerMs = 5_000;
const slowestRetryMs = 500;

/** The address without the password. */
export function shownRedisUrl(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.username = '';
  return shown.href;
}

/** Asks once whether Redis answers. QUEUE_UNAVAILABLE says why not. */
export async function checkRedis(url: string): Promise<void> {
  const asked = new Redis(url, {
    ...{ lazyConnect: true, connectTimeout: answerMs, commandTimeout: answerMs },
    ...{ maxRetriesPerRequest: 0, retryStrategy: () => null },
  });
  let cause: unknown;
  asked.on('error', (error) => {
    cause ??= error;
  });
  try {
    await asked.connect();
    await asked.ping();
  } catch (error) {
    const { message } = (cause ?? error) as Error;
    const isRefused = /NOAUTH|WRONGPASS|NOPERM/.test(message);
    throw new FabulaError(
      'QUEUE_UNAVAILABLE',
      isRefused
        ? `Redis at ${shownRedisUrl(url)} wants another name or password.`
        : `Redis does not answer at ${shownRedisUrl(url)}: ${message || 'no connection'}.`,
      isRefused
        ? 'Put them into REDIS_URL: redis://name:password@host:port.'
        : 'Start Redis, or check REDIS_URL; without REDIS_URL jobs are worked on by this process alone.',
      { cause: cause ?? error },
    );
  } finally {
    asked.disconnect();
  }
}

/**
 * A connection that waits for Redis to come back whenever it is gone, and says so once each time. Commands fail after so
 * many attempts to reconnect, or wait for it where there is no number.
 */
export function openRedis(url: string, log: Log, maxRetriesPerRequest: number | null): Redis {
  const redis = new Redis(url, {
    ...{ maxRetriesPerRequest, enableReadyCheck: false, connectTimeout: answerMs },
    retryStrategy: (times) => Math.min(times * 100, slowestRetryMs),
  });
  let isGone = false;
  redis.on('error', (error) => {
    if (!isGone) log.warn({ err: error }, 'Redis is gone; jobs that run go on, the others wait until it is back.');
    isGone = true;
  });
  redis.on('ready', () => {
    if (isGone) log.warn({}, 'Redis is back.');
    isGone = false;
  });
  return redis;
}
