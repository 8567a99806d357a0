/**
 * The carrier over Redis; the only file that knows Bull. A message is the id of a job that waits in the store, no more:
 * whoever gets it claims the job there, and finds nothing if another was faster. So messages may come twice or get lost
 * (Redis restarted without its data, a worker killed between message and claim): workers look into the store every
 * second, too, and put in again what nobody brought.
 */
import Bull, { type Queue } from 'bull';
import type { Redis } from 'ioredis';
import type { WaitingJob } from '../../graph/store.js';
import { type Bench, leaseOf, workerId } from '../bench.js';
import { runJob } from '../run-job.js';
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
const ranks = { HIGH: 1, NORMAL: 2, LOW: 3 } as const satisfies Record<WaitingJob['priority'], number>;

/** How many waiting jobs one look into the store puts in again; the others follow when these are taken. */
const sweepSize = 100;

/** How long Redis may take over what is left to say when all is closed, in milliseconds. */
const farewellMs = 2_000;

/** One queue for this process, with one set of connections. QUEUE_UNAVAILABLE when Redis does not answer at first. */
export async function openBullCarrier(url: string, log: StageContext['log']): Promise<JobCarrier> {
  await checkRedis(url);
  let isClosed = false;
  const connections: Redis[] = [];
  const keep = (redis: Redis) => {
    connections.push(redis);
    // Bull opens some late, when Redis has answered: one that is opened after the end would keep the process alive.
    if (isClosed) redis.disconnect();
    return redis;
  };
  // Those who listen wait for as long as it takes; a command that nobody answers fails, so that nothing hangs on it.
  const client = keep(openRedis(url, log, 2));
  const connect = () => keep(openRedis(url, { info: () => {}, warn: () => {} }, null));
  const messages = new Bull<Message>('jobs', {
    prefix: 'fabula',
    settings,
    createClient: (type) => (type === 'client' ? client : reconnecting(connect(), () => isClosed)),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  // Bull names a worker's connection and waits for no answer: closed before there is one, it would end the process. And it
  // looks for delayed messages, of which there are none, every 5 s: a look that an end overtook would set the next.
  Object.assign(messages, { setWorkerName: async () => {}, updateDelayTimer: async () => {} });
  messages.on('error', (error) => {
    // That Redis is gone is said once, by `client`.
    if (client.status === 'ready') log.warn({ err: error }, 'The queue in Redis had trouble.');
  });
  const adding = new Set<Promise<unknown>>();
  const news = await redisNews(client, connect());
  await client.ping();

  /** One message for each time that a job waits, unless `anew` says that it was lost. */
  const send = (job: WaitingJob, anew = '') => {
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
      await within(farewellMs, Promise.all([...adding, messages.close()]));
      isClosed = true;
      for (const redis of connections) redis.disconnect();
      // Where Redis is gone, Bull's own close may never come to this, and its timers would keep the process.
      (messages as unknown as { _clearTimers(): unknown })._clearTimers();
    },
  };
}

/** Bull reconnects in order to stop waiting, and lets a failure end the process; ioredis goes on trying by itself. */
function reconnecting(redis: Redis, isClosed: () => boolean): Redis {
  const connect = redis.connect.bind(redis);
  redis.connect = async () => {
    if (!isClosed()) await connect().catch(() => {});
  };
  return redis;
}

type Send = (job: WaitingJob, anew?: string) => void;

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
    const job = await store.claimJob({ workerId, leaseMs: leaseOf(bench), jobId });
    if (job) {
      const ended = await runJob(bench, job, stop.signal);
      if (ended.state === 'QUEUED') send(ended);
    } else if (!(await store.job(jobId)))
      log.warn({ job: jobId }, 'Redis names a job that is not in the store: is it another store than the server’s?');
  };
  const consumed = messages.process(concurrency, async ({ data }) => {
    // Too late: its job waits in the store, where another worker finds it.
    if (stop.signal.aborted) return;
    const taken = take(data.jobId);
    running.add(taken);
    await taken.finally(() => running.delete(taken));
  });
  consumed.catch((error) => {
    if (!stop.signal.aborted) log.warn({ err: error }, 'The worker no longer listens to Redis.');
  });

  const sweep = sweeper(bench, messages, send);
  let isSweeping = false;
  const timer = setInterval(async () => {
    if (isSweeping) return;
    isSweeping = true;
    await sweep();
    isSweeping = false;
  }, sweepMs);
  return {
    async close() {
      clearInterval(timer);
      // Takes no more messages from now on, and resolves when it is done with those that it has.
      const closed = messages.close();
      stop.abort();
      await Promise.allSettled(running);
      await within(farewellMs, Promise.all([...adding, closed]));
    },
  };
}

/**
 * Puts in again what waits in the store: a message that is still there is not doubled. Where Redis has none left and a
 * job waits all the same, for one look and the next, its message was lost, or is held by a worker that died.
 */
function sweeper({ store, log }: Bench, messages: Queue<Message>, send: Send): () => Promise<void> {
  let seen = new Set<string>();
  let isAway = false;
  const nameOf = (job: WaitingJob) => `${job.id}#${job.attempt}`;
  return async () => {
    try {
      const waiting = await store.waitingJobs(sweepSize);
      if (isAway) log.warn({}, 'The worker can look for jobs that wait again.');
      isAway = false;
      if (waiting.length === 0 || messages.client.status !== 'ready') return;
      const areNone = (await messages.getWaitingCount()) === 0;
      for (const job of waiting) send(job, areNone && seen.has(nameOf(job)) ? `+${Date.now()}` : '');
      seen = new Set(waiting.map(nameOf));
    } catch (error) {
      // Said once; a server that starts again may take minutes.
      if (!isAway) log.warn({ err: error }, 'The worker cannot look for jobs that wait.');
      isAway = true;
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
