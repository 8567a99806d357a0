import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Store } from '../../graph/store.js';
import type { Job } from '../../schema/job.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { openBullCarrier } from '../../workers/queue/bull.js';
import type { JobCarrier } from '../../workers/queue/queue.js';
import { startRedis } from '../servers/redis.js';
import { withRedis } from '../servers/with-redis.js';
import type { TinyWork } from './tiny-worker.fixture.js';

const soak = process.env.FABULA_SOAK === '1';
const manyJobs = soak ? 1000 : 100;
const workerKills = soak ? 20 : 2;
const fixture = fileURLToPath(new URL('./tiny-worker.fixture.js', import.meta.url));
/** A timed test would fail where a machine is slow: soaks alone hold it to the time. */
const atMost = (ms: number, since: number, what: string) => {
  const took = Math.round(performance.now() - since);
  if (soak) console.log(`      ${what}: ${took} ms`);
  assert.ok(took < (soak ? ms : 20 * ms), `${what}: ${took} ms`);
};
const silent = { info: () => {}, warn: () => {} };

/** A child of the process whose command line names this program. */
function childOf({ pid }: ChildProcess, program: string): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  const runs = (child: string) => {
    try {
      const [command = '', ...args] = readFileSync(`/proc/${child}/cmdline`, 'utf8').split('\0');
      return (
        command.endsWith(program) || args.some((each) => each.endsWith(program) && !/setpriv|prlimit/.test(command))
      );
    } catch {
      return false;
    }
  };
  return children.filter(runs).map(Number)[0];
}

describe('the queue over Redis', function () {
  this.timeout(soak ? 1_200_000 : 240_000);
  const redis = withRedis();
  let folder: string;
  let store: Store;
  let carrier: JobCarrier;
  const workers = new Set<ChildProcess>();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-redis-'));
    store = await openSqliteStore({ file: join(folder, 'graph.db'), derive: deriveNarrative });
    carrier = await openBullCarrier(redis.server.url, silent);
  });
  afterEach(async () => {
    for (const worker of workers) await stop(worker, 'SIGKILL');
    await carrier.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startWorker(concurrency = 1, leaseMs?: number): Promise<ChildProcess> {
    const places = [fixture, join(folder, 'graph.db'), redis.server.url, join(folder, 'ledger')];
    const args = [...places, String(concurrency), ...(leaseMs === undefined ? [] : [String(leaseMs)])];
    const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.add(worker);
    await once(worker.stdout, 'data');
    return worker;
  }

  async function stop(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    workers.delete(worker);
    if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
    const ended = once(worker, 'exit');
    worker.kill(signal);
    return (await ended)[0] as number | null;
  }

  async function ask(name: string, work: TinyWork = {}, priority: Job['priority'] = 'NORMAL'): Promise<Job> {
    const input = { media: { root: 'test', path: name }, title: JSON.stringify(work) };
    const job = await store.askJob({ job: 'ANALYZE', key: name, input, priority });
    carrier.carry(job);
    return job;
  }

  const seen = async ({ id }: Job): Promise<Job> => (await store.job(id))!;
  async function until(job: Job, ...states: Job['state'][]): Promise<Job> {
    for (;;) {
      const now = await seen(job);
      if (states.includes(now.state)) return now;
      await passed(20);
    }
  }
  const ended = (job: Job) => until(job, 'DONE', 'FAILED', 'CANCELLED');
  async function allEnded(jobs: readonly Job[]): Promise<Job[]> {
    const all: Job[] = [];
    for (const job of jobs) all.push(await ended(job));
    return all;
  }
  /** What workers wrote down: `begin` or `end`, of which job. */
  const ledger = (word: 'begin' | 'end', name?: string): string[] =>
    (existsSync(join(folder, 'ledger')) ? readFileSync(join(folder, 'ledger'), 'utf8') : '')
      .split('\n')
      .filter((line) => line.startsWith(`${word} ${name === undefined ? '' : `${name} `}`));

  it('gives one job to those who ask twice, and one run', async () => {
    await startWorker();
    await startWorker();
    const jobs = await Promise.all([ask('film'), ask('film'), ask('film')]);
    assert.equal(new Set(jobs.map(({ id }) => id)).size, 1);
    assert.equal((await ended(jobs[0]!)).state, 'DONE');
    assert.equal((await ask('film')).state, 'DONE');
    assert.equal(ledger('begin').length, 1);
  });

  it('has a job done once that is brought to two workers', async () => {
    const job = await ask('film', { ms: 300 });
    for (let n = 1; n < 6; n++) carrier.carry({ ...job, attempt: n });
    await Promise.all([startWorker(2), startWorker(2)]);
    const { state, attempt } = await ended(job);
    await passed(300);
    assert.deepEqual([state, attempt, ledger('begin').length, ledger('end').length], ['DONE', 1, 1, 1]);
  });

  it('takes the urgent first', async () => {
    const jobs = [
      await ask('low', {}, 'LOW'),
      await ask('first'),
      await ask('second'),
      await ask('urgent', {}, 'HIGH'),
    ];
    await startWorker();
    await allEnded(jobs);
    const order = ledger('end').map((line) => line.split(' ')[1]);
    assert.deepEqual(order, ['urgent', 'first', 'second', 'low']);
  });

  it('tries again, after a while, what may pass, and nothing else', async () => {
    await startWorker(3);
    const [passing, lasting, bad] = await allEnded([
      await ask('passing', { code: 'REMOTE_FAILED', failures: 2 }),
      await ask('lasting', { code: 'REMOTE_FAILED' }),
      await ask('bad', { code: 'MEDIA_NOT_VIDEO' }),
    ]);
    assert.deepEqual([passing!.state, passing!.attempt, passing!.error], ['DONE', 3, undefined]);
    assert.deepEqual([lasting!.state, lasting!.attempt, lasting!.error?.code], ['FAILED', 3, 'REMOTE_FAILED']);
    assert.deepEqual([bad!.state, bad!.attempt, bad!.error?.code], ['FAILED', 1, 'MEDIA_NOT_VIDEO']);
    const again = await store.retryJob(lasting!.id);
    carrier.carry(again);
    assert.equal((await ended(again)).attempt, 6, 'it can be tried anew, as often');
  });

  it(`takes over from workers that are killed, at ${workerKills} moments, and ends each job once`, async () => {
    for (let kill = 0; kill < workerKills; kill++) {
      const names = [0, 1, 2].map((n) => `film-${kill}-${n}`);
      const dies = await startWorker(2);
      const jobs: Job[] = [];
      for (const name of names) jobs.push(await ask(name, { ms: 400 }));
      await passed(Math.random() * 900);
      await stop(dies, 'SIGKILL');
      const lives = await startWorker(2);
      for (const [n, { state, result }] of (await allEnded(jobs)).entries()) {
        assert.equal(state, 'DONE');
        // Killed after the work, before the store was told of it, a worker leaves it to be done once more.
        const ends = ledger('end', names[n]).map((line) => Number(line.split(' ')[2]));
        assert.deepEqual(ends, ends.length > 1 ? [dies.pid, lives.pid] : [result?.by], names[n]);
        assert.equal(result?.by, ends.at(-1));
      }
      const started = performance.now();
      assert.equal(await stop(lives, 'SIGTERM'), 0);
      atMost(2_000, started, 'ended with nothing to wait for');
    }
  });

  it('fails a job that kills its workers, one after the other, and does the others', async () => {
    const poison = await ask('poison', { dies: true });
    const harmless = await ask('harmless', {}, 'LOW');
    for (let deaths = 0; ; deaths++) {
      const worker = await startWorker(1, 600);
      const isDead = once(worker, 'exit').then(() => true);
      if (!(await Promise.race([isDead, ended(poison).then(() => false)]))) break;
      workers.delete(worker);
      assert.ok(deaths < 5, 'five are enough');
    }
    const { state, attempt, workersLost, error } = await seen(poison);
    assert.deepEqual([state, attempt, workersLost, error?.code], ['FAILED', 5, 5, 'WORKER_LOST']);
    assert.equal((await ended(harmless)).state, 'DONE');
    const [log = []] = await store.jobLogs([poison.id]);
    assert.equal(log.filter(({ message }) => message.startsWith('Its worker fell silent')).length, 5);
  });

  it('tries a job again whose ffmpeg is frozen, and a call whose model child is', async function () {
    if (process.platform !== 'linux') this.skip();
    const worker = await startWorker(2);
    const cases = { ffmpeg: { ffmpegSeconds: 2 }, 'child.js': { modelSeconds: 0.2 } };
    const frozen = Object.entries(cases).map(async ([program, work]) => {
      const job = await ask(program, work);
      let pid: number | undefined;
      for (; pid === undefined; await passed(10)) pid = childOf(worker, program);
      process.kill(pid, 'SIGSTOP');
      const { state, failures } = await ended(job);
      const [log = []] = await store.jobLogs([job.id]);
      return [state, failures, log.map(({ message }) => message).join('\n')] as const;
    });
    const [ffmpeg, model] = await Promise.all(frozen);
    assert.deepEqual(ffmpeg!.slice(0, 2), ['DONE', 1]);
    assert.match(ffmpeg![2], /FFMPEG_STALLED/);
    assert.deepEqual(model!.slice(0, 2), ['DONE', 0]);
    assert.match(model![2], /The model process ended over silero\.probabilities; trying once more/);
    assert.equal(await stop(worker, 'SIGTERM'), 0);
  });

  it('lets a worker that was frozen, and lost its job, write nothing', async () => {
    const frozen = await startWorker();
    const job = await ask('film', { ms: 500 });
    await until(job, 'RUNNING');
    frozen.kill('SIGSTOP');
    const lives = await startWorker();
    assert.equal((await ended(job)).result?.by, lives.pid);
    frozen.kill('SIGCONT');
    await passed(1500);
    assert.equal((await seen(job)).result?.by, lives.pid);
    assert.equal(ledger('end').length, 1);
  });

  it('loses no job when Redis is restarted and has forgotten all', async () => {
    await startWorker();
    const jobs: Job[] = [];
    for (let n = 0; n < 5; n++) jobs.push(await ask(`film-${n}`, { ms: 400 }));
    await until(jobs[0]!, 'RUNNING');
    await redis.server.kill();
    jobs.push(await ask('asked meanwhile'));
    await passed(700);
    await redis.server.start();
    for (const { state, attempt } of await allEnded(jobs)) assert.deepEqual([state, attempt], ['DONE', 1]);
    assert.equal(ledger('end').length, 6);
  });

  it('says in every process what happens in one', async () => {
    const other = await openBullCarrier(redis.server.url, silent);
    const heard: unknown[] = [];
    const forget = other.news.listen((news) => heard.push(news));
    const news = { jobId: 'job:told', what: 'moved' } as const;
    // It listens a moment after it was opened.
    for (const until = Date.now() + 20_000; heard.length === 0 && Date.now() < until; await passed(50))
      carrier.news.tell(news);
    assert.deepEqual(heard[0], news);
    forget();
    await other.close();
  });

  it('stops a job in another process within 2 s, with Redis or without', async () => {
    await startWorker(2);
    for (const isThere of [true, false]) {
      const job = await ask(`film ${isThere}`, { ms: 60_000 });
      await until(job, 'RUNNING');
      if (!isThere) await redis.server.kill();
      const started = performance.now();
      await store.cancelJob(job.id);
      carrier.news.tell({ jobId: job.id, what: 'stop' });
      assert.equal((await ended(job)).state, 'CANCELLED');
      atMost(2_000, started, `cancelled with${isThere ? '' : 'out'} Redis`);
    }
    await redis.server.start();
  });

  it('hands its jobs back when it is asked to end, and another worker takes them at once', async () => {
    const leaves = await startWorker(2);
    const jobs = [await ask('a', { ms: 600_000 }), await ask('b', { ms: 600_000 })];
    for (const job of jobs) await until(job, 'RUNNING');
    const stays = await startWorker(2);
    assert.equal(await stop(leaves, 'SIGTERM'), 0);
    for (const job of jobs) {
      assert.equal((await until(job, 'RUNNING')).attempt, 2);
      const [log = []] = await store.jobLogs([job.id]);
      assert.match(log.at(-1)?.message ?? '', new RegExp(`^Taken by .*:${stays.pid}:`));
    }
  });

  it('ends in good order when it is asked to before Redis has answered to all that it began with', async () => {
    const worker = await startWorker();
    redis.server.freeze();
    try {
      assert.equal(await stop(worker, 'SIGTERM'), 0);
    } finally {
      redis.server.thaw();
    }
  });

  it('leaves nothing that would keep its process, where it is closed before Redis has answered to its first scripts', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const other = new Redis(redis.server.url);
    try {
      await other.call('CLIENT', 'PAUSE', '2000', 'WRITE');
      const before = timers();
      const closes = await openBullCarrier(redis.server.url, silent);
      const worker = closes.startWorker({ store, handlers: {}, news: closes.news, log: silent }, 2);
      await passed(100);
      await worker.close();
      await closes.close();
      await passed(100);
      assert.equal(timers(), before);
    } finally {
      await other.call('CLIENT', 'UNPAUSE');
      other.disconnect();
    }
  });

  it('ends in good order, and soon, when it is asked to while Redis is gone', async () => {
    const leaves = await startWorker(2);
    const job = await ask('film', { ms: 30_000 });
    await until(job, 'RUNNING');
    await redis.server.kill();
    await passed(300);
    const started = performance.now();
    assert.equal(await stop(leaves, 'SIGTERM'), 0);
    atMost(10_000, started, 'ended without Redis');
    assert.equal((await seen(job)).state, 'QUEUED');
    await redis.server.start();
  });

  it(`brings ${manyJobs} jobs to two workers, each once`, async () => {
    await Promise.all([startWorker(4), startWorker(4)]);
    const jobs = await Promise.all(Array.from({ length: manyJobs }, (_, n) => ask(`film-${n}`)));
    for (const { state, attempt } of await allEnded(jobs)) assert.deepEqual([state, attempt], ['DONE', 1]);
    assert.equal(new Set(ledger('end')).size, manyJobs);
    assert.equal(ledger('begin').length, manyJobs);
    assert.equal(new Set(ledger('end').map((line) => line.split(' ')[2])).size, 2, 'both workers had some');
  });

  describe('that does not answer', () => {
    it('is named with its address and what to do, without the password', async () => {
      await assert.rejects(openBullCarrier('redis://me:secret@127.0.0.1:1', silent), (error: Error) => {
        const { code, hint } = error as Error & { code?: string; hint?: string };
        assert.equal(code, 'QUEUE_UNAVAILABLE');
        assert.match(error.message, /127\.0\.0\.1:1\b.*ECONNREFUSED/);
        assert.match(hint ?? '', /REDIS_URL/);
        return !error.message.includes('secret');
      });
    });

    it('for want of a password says so', async () => {
      const locked = await startRedis('sesame');
      const inside = locked.url.replace('//', '//:sesame@');
      for (const url of [locked.url, locked.url.replace('//', '//:wrong@')])
        await assert.rejects(openBullCarrier(url, silent), /wants another name or password/);
      await (await openBullCarrier(inside, silent)).close();
      await locked.kill();
    });
  });
});
