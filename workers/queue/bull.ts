/**
 * The carrier over Redis; the only file that knows Bull. A message is the id of a job that waits in the store, no more:
 * whoever gets it claims the job there, and finds nothing if another was faster. So messages may come twice or get lost
 * (Redis restarted without its data, a worker killed between message and claim): workers look into the store every
 * second, too, and put in again what nobody brought.
 */
import Bull, { type Queue } from 'bull';
import type { Redis } from 'ioredis';
import type { Job } from '../../schema/job.js';
import { type Bench, leaseMs, runJob, workerId } from '../run-job.js';
import type { StageContext } from '../stage.js';
import { type JobCarrier, sweepMs } from './queue.js';
import { checkRedis, openRedis } from './redis.js';
import { redisNews } from './redis-news.js';

interface Message {
  readonly jobId: string;
}

/** Bull’s locks. Long, since the store’s lease says who has a job; renewed well before a pause could cost them. */
const settings = { lockDuration: 300_000, lockRenewTime: 30_000, maxStalledCount: 1_000, retryProcessDelay: 1_000 };

/** Bull’s own: 1 comes first. */
const ranks = { HIGH: 1, NORMAL: 2, LOW: 3 } as const satisfies Record<Job['priority'], number>;

/** How many waiting jobs one look into the store puts in again; the others follow when these are taken. */
const sweepSize = 100;

/** How long Redis may take over what is left to say when all is closed, in milliseconds. */
const farewellMs = 2_000;

/** One queue for this process, with one set of connections. QUEUE_UNAVAILABLE when Redis does not answer at first. */
export async function openBullCarrier(url: string, log: StageContext['log']): Promise<JobCarrier> {
  await checkRedis(url);
  const connections: Redis[] = [];
  const connect = () => {
    const redis = openRedis(url, log);
    connections.push(redis);
    return redis;
  };
  const client = connect();
  const messages = new Bull<Message>('jobs', {
    prefix: 'fabula',
    settings,
    createClient: (type) => (type === 'client' ? client : connect()),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  messages.on('error', (error) => log.warn({ err: error }, 'The queue in Redis had trouble.'));
  const adding = new Set<Promise<unknown>>();
  const news = await redisNews(client, connect());
  await client.ping();

  /** One message for each time that a job waits, unless `anew` says that it was lost. */
  const send = (job: Job, anew = '') => {
    if (client.status !== 'ready') return;
    const jobId = `${job.id}#${job.attempt}${anew}`;
    const added = messages
      .add({ jobId: job.id }, { jobId, priority: ranks[job.priority] })
      .catch((error) => log.warn({ job: job.id, err: error }, 'A job could not be put into Redis.'))
      .finally(() => adding.delete(added));
    adding.add(added);
  };
  return {
    news,
    carry: (job) => send(job),
    startWorker: (bench, concurrency) => startBullWorker(bench, concurrency, messages, send, adding),
    async close() {
      await within(farewellMs, Promise.all(adding));
      await within(farewellMs, messages.close());
      for (const redis of connections) redis.disconnect();
    },
  };
}

type Send = (job: Job, anew?: string) => void;

function startBullWorker(
  bench: Bench,
  concurrency: number,
  messages: Queue<Message>,
  send: Send,
  adding: ReadonlySet<Promise<unknown>>,
): { close(): Promise<void> } {
  const { store, log } = bench;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  const take = async (jobId: string) => {
    const job = await store.claimJob({ workerId, leaseMs, jobId });
    if (job) {
      const ended = await runJob(bench, job, stop.signal);
      if (ended.state === 'QUEUED') send(ended);
    } else if (!(await store.job(jobId)))
      log.warn({ job: jobId }, 'Redis names a job that is not in the store: is it another store than the server’s?');
  };
  const consumed = messages.process(concurrency, async ({ data }) => {
    // The message stays in Redis until another worker gets it, or the store is swept.
    if (stop.signal.aborted) throw new Error('This worker stops.');
    const taken = take(data.jobId);
    running.add(taken);
    await taken.finally(() => running.delete(taken));
  });
  consumed.catch((error) => log.warn({ err: error }, 'The worker no longer listens to Redis.'));

  const sweep = sweeper(bench, messages, send);
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, sweepMs);
  return {
    async close() {
      clearInterval(timer);
      await within(farewellMs, messages.pause(true, true));
      stop.abort();
      await Promise.allSettled([...running, sweeping]);
      await within(farewellMs, Promise.all(adding));
    },
  };
}

/**
 * Puts in again what waits in the store: a message that is still there is not doubled. Where Redis has none left and a
 * job waits all the same, for one look and the next, its message was lost, or is held by a worker that died.
 */
function sweeper({ store, log }: Bench, messages: Queue<Message>, send: Send): () => Promise<void> {
  let seen = new Set<string>();
  const nameOf = (job: Job) => `${job.id}#${job.attempt}`;
  return async () => {
    try {
      const waiting = await store.waitingJobs(sweepSize);
      if (waiting.length === 0 || messages.client.status !== 'ready') return;
      const areNone = (await messages.getWaitingCount()) === 0;
      for (const job of waiting) send(job, areNone && seen.has(nameOf(job)) ? `+${Date.now()}` : '');
      seen = new Set(waiting.map(nameOf));
    } catch (error) {
      log.warn({ err: error }, 'The worker could not look for jobs that wait.');
    }
  };
}

/** Waits for something, but not for long: what Redis does not hear now, the store tells later. */
async function within(ms: number, awaited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([awaited.catch(() => {}), late]);
  clearTimeout(timer);
}
