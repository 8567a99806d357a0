import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Store } from '../../graph/store.js';
import type { Job } from '../../schema/job.js';
import type { Narrative } from '../../schema/narrative.js';
import { deriveNarrative as derive } from '../../src/narrative/derive.js';
import { pipelineVersion } from '../../workers/pipeline.js';
import { analyzeJob } from '../../workers/queue/analyze-job.js';
import { openBullCarrier } from '../../workers/queue/bull.js';
import type { JobCarrier } from '../../workers/queue/queue.js';
import { type RedisServer, startRedis, whyNoRedis } from '../servers/redis.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { type Fleet, openFleet, type Started } from './fleet.fixture.js';
import { runCli } from './run-cli.js';

const soak = process.env.FABULA_SOAK === '1';
const workerKills = soak ? 20 : 2;
/** How often a server or a model child goes down, each time at another moment. */
const rounds = soak ? 5 : 1;
const silent = { info: () => {}, warn: () => {} };

/**
 * Real workers, real films, real servers: whatever fails, each job ends, and each episode is there once and whole. The
 * same workers meet one fault after the other, as they would in a month.
 */
describe('workers over Redis and Neo4j', function () {
  this.timeout(soak ? 3_600_000 : 600_000);
  const neo4j = withNeo4j();
  let redis: RedisServer;
  let fleet: Fleet;
  let store: Store;
  let carrier: JobCarrier;
  /** Undisturbed analyses, by film. */
  let expected: ReadonlyMap<string, Narrative>;
  const workers = new Set<Started>();
  const films: string[] = [];
  /** In soaks, what happened: a pass alone does not say what was hit. */
  const say = (figures: string) => soak && console.log(`      ${figures}`);

  before(async function () {
    const reason = whyNoRedis() ?? (process.platform === 'linux' ? undefined : 'processes are found by /proc');
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    redis = await startRedis();
    const { url, user, password } = neo4j.server;
    fleet = openFleet({ REDIS_URL: redis.url, NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password });
    for (let n = 0; n < (soak ? 3 : 2); n++) films.push(fleet.film(`${160 + 16 * n}x120`));
    expected = await undisturbed(fleet, films);
  });
  after(async () => {
    await fleet?.close();
    await redis?.kill();
  });
  beforeEach(async () => {
    await neo4j.clear();
    fleet.forgetArtifacts();
    store = await openNeo4jStore({ ...neo4j.server, derive });
    carrier = await openBullCarrier(redis.url, silent);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await killWorkers();
    await carrier?.close();
    await store?.close();
  });

  async function killWorkers(): Promise<void> {
    await Promise.all([...workers].map((worker) => worker.stop('SIGKILL')));
    workers.clear();
  }

  /** Workers that an earlier test has left, or new ones. */
  async function haveWorkers(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count - workers.size }, () => startWorker()));
    await endWorkers([...workers].slice(count));
  }

  /** All end in good order. */
  async function endWorkers(some: readonly Started[]): Promise<void> {
    const ends = await Promise.all(some.map((worker) => worker.stop('SIGTERM')));
    for (const end of ends) assert.deepEqual(end, [0, null]);
    for (const worker of some) workers.delete(worker);
  }

  async function startWorker(concurrency = 1): Promise<void> {
    workers.add(await fleet.start(['worker', '--concurrency', String(concurrency)], /takes jobs/));
  }

  async function ask(film: string): Promise<Job> {
    const roots = async () => new Map([['films', fleet.films]]);
    const places = { roots, remote: { read: assert.fail, versionOf: () => assert.fail('nobody is asked') } };
    const job = await store.askJob({ ...(await analyzeJob(places, { path: film }, pipelineVersion)), askedBy: 'test' });
    carrier.carry(job);
    return job;
  }

  /** The job once it is in one of these states. While the graph is away, nothing is known of it. */
  async function until({ id }: Job, ...states: Job['state'][]): Promise<Job> {
    for (;;) {
      const now = await store.job(id).catch(() => undefined);
      if (now && states.includes(now.state)) return now;
      await passed(50);
    }
  }
  const ended = (job: Job) => until(job, 'DONE', 'FAILED', 'CANCELLED');
  const fateOf = async (job: Job) => {
    const { state, attempt } = await ended(job);
    return [state, attempt] as const;
  };
  const logOf = async ({ id }: Job) => (await store.jobLogs([id]))[0]!.map(({ message }) => message).join('\n');

  const ffmpeg = /^\S*ffmpeg .*-i file:/;
  const modelChild = /models\/child\.js/;
  const those = (says: RegExp): number[] =>
    fleet.processes().flatMap(({ pid, command }) => (says.test(command) ? pid : []));

  /** Waits for a process of the fleet whose command line says so, and that is none of these. */
  async function another(says: RegExp, known: readonly number[] = []): Promise<number> {
    for (;;) {
      const found = those(says).find((pid) => !known.includes(pid));
      if (found !== undefined) return found;
      await passed(5);
    }
  }

  /** What earlier rounds have left would leave nothing to disturb. Not while somebody works. */
  async function forgetAll(): Promise<void> {
    fleet.forgetArtifacts();
    for (const { node } of (await store.episodes({ first: 100 })).edges) await store.deleteEpisode(node.id);
  }

  /** Each film is one episode, as an undisturbed analysis finds it, with nothing left over of another load. */
  async function isWhole(some: readonly string[]): Promise<void> {
    const { edges } = await store.episodes({ first: 100 });
    assert.equal(edges.length, some.length, 'each episode once');
    for (const film of some) {
      const narrative = expected.get(film)!;
      const { id } = narrative.episode;
      assert.deepEqual(await store.readNarrative(id, 'base'), narrative);
      const before = await neo4j.count(id);
      await store.replaceEpisode(narrative);
      assert.deepEqual(await neo4j.count(id), before, 'as much as one clean load leaves');
    }
  }

  /** All workers end, and leave no process and no temporary file. */
  async function leaveNothing(): Promise<void> {
    await endWorkers([...workers]);
    assert.deepEqual(fleet.processes(), []);
    assert.deepEqual(fleet.temporaryFiles(), []);
  }

  it('do a job once that is brought to two of them, and end it though Redis forgets all in between', async () => {
    await haveWorkers(2);
    for (let round = 0; round < rounds; round++) {
      await forgetAll();
      const job = await ask(films[0]!);
      const attempts = job.attempt + 1;
      for (let n = 1; n < 4; n++) carrier.carry({ ...job, attempt: job.attempt + n });
      await until(job, 'RUNNING', 'DONE');
      await passed(Math.random() * 1_000 * round);
      await redis.kill();
      const meanwhile = await ask(films[1]!);
      const meanwhiles = meanwhile.attempt + 1;
      await passed(500);
      await redis.start();
      assert.deepEqual(await fateOf(job), ['DONE', attempts]);
      assert.deepEqual(await fateOf(meanwhile), ['DONE', meanwhiles]);
      await isWhole(films.slice(0, 2));
    }
    say(`Redis was killed ${rounds} times: ${2 * rounds} jobs, all done at the first attempt`);
  });

  it('end a job though Neo4j is killed under its load and started again', async () => {
    await haveWorkers(1);
    const attempts: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await forgetAll();
      const job = await ask(films[0]!);
      const before = job.attempt;
      // The last stage is kept: the load begins.
      await fleet.artifact('persons');
      await passed(Math.random() * 100);
      await neo4j.server.kill();
      await passed(500);
      await neo4j.server.start();
      const { state, attempt, error } = await ended(job);
      assert.equal(state, 'DONE', error?.message);
      attempts.push(attempt - before);
      await isWhole(films.slice(0, 1));
    }
    say(`Neo4j was killed ${rounds} times: all done, in ${attempts.join(', ')} attempts`);
  });

  it('end a job though their model children are killed, at rest and at work', async () => {
    await haveWorkers(1);
    for (let round = 0; round < rounds; round++) {
      await forgetAll();
      const atRest = those(modelChild);
      for (const pid of atRest) process.kill(pid, 'SIGKILL');
      const job = await ask(films[0]!);
      const attempts = job.attempt + 1;
      const atWork = await another(modelChild, atRest);
      await passed(Math.random() * 1_000 * round);
      process.kill(atWork, 'SIGKILL');
      assert.deepEqual(await fateOf(job), ['DONE', attempts]);
      await isWhole(films.slice(0, 1));
    }
    say(`Model children were killed ${rounds} times: all done at the first attempt`);
  });

  it('stop ffmpeg and the model child when the job is cancelled, go on with the next, and hand back at the end', async () => {
    const long = fleet.film('320x240', { seconds: 240, rate: 25 });
    await haveWorkers(1);
    const tookMs: number[] = [];
    let job = await ask(long);
    for (let round = 0; round < rounds; round++) {
      if (round > 0) {
        job = await store.retryJob(job.id);
        carrier.carry(job);
      }
      await Promise.all([another(ffmpeg), another(modelChild)]);
      await passed(500);
      const asked = performance.now();
      await store.cancelJob(job.id, 'tester');
      carrier.news.tell({ jobId: job.id, what: 'stop' });
      await until(job, 'CANCELLED');
      for (let isIdle = false; !isIdle; ) {
        const before = fleet.cpuSeconds(modelChild);
        const looked = performance.now();
        await passed(200);
        isIdle = those(ffmpeg).length === 0 && fleet.cpuSeconds(modelChild) - before < 0.05;
        if (isIdle) tookMs.push(Math.round(looked - asked));
      }
    }
    say(`Cancelled ${rounds} times: nothing was at work after ${tookMs.join(', ')} ms`);
    // A timed test would fail where a machine is slow.
    if (soak) for (const ms of tookMs) assert.ok(ms < 2_000, `still at work after 2 s: ${ms} ms`);
    assert.match(await logOf(job), /Asked to stop by tester\.\n(.*\n)*Cancelled\.$/);
    assert.equal((await fateOf(await ask(films[0]!)))[0], 'DONE');
    await isWhole(films.slice(0, 1));
    const retried = await store.retryJob(job.id);
    carrier.carry(retried);
    await until(retried, 'RUNNING');
    await leaveNothing();
    assert.equal((await store.job(job.id))?.state, 'QUEUED');
  });

  it(`are killed at ${workerKills} random moments, and every job is done all the same`, async () => {
    const inStore = (some: readonly Job[]) => Promise.all(some.map(async ({ id }) => (await store.job(id))!));
    const sumOf = (some: readonly Job[]) => some.reduce((sum, { attempt }) => sum + attempt, 0);
    let jobs = await Promise.all(films.map(ask));
    const hit: string[] = [];
    let givenUp = 0;
    /** Five workers in a row died over it, none of which got further: whoever looks into it tries it again. */
    const tryAgain = async ({ id }: Job) => {
      const { error } = (await store.job(id))!;
      assert.equal(error?.code, 'WORKER_LOST', error?.message);
      givenUp++;
      const again = await store.retryJob(id);
      carrier.carry(again);
      return again;
    };
    for (let kill = 0; kill < workerKills; kill++) {
      const before = await inStore(jobs);
      await startWorker(2);
      // What the one before had in hand waits until its lease is over, and may have been given up then.
      for (const attempts = sumOf(before); sumOf(await inStore(jobs)) === attempts; await passed(50))
        for (const job of await inStore(jobs)) if (job.state === 'FAILED') await tryAgain(job);
      await passed(Math.random() * 4_000);
      await killWorkers();
      for (let waits = 0; waits < 200 && fleet.processes().length > 0; waits++) await passed(50);
      assert.deepEqual(fleet.processes(), [], 'nothing outlives its worker');
      const now = await inStore(jobs);
      const taken = now.filter(({ state, attempt }, n) => state === 'RUNNING' && attempt > before[n]!.attempt);
      hit.push(...taken.map(({ stage = 'start' }) => stage));
      // What is done is asked for as new, so that each kill has something to hit.
      if (now.every(({ state }) => state === 'DONE')) {
        await forgetAll();
        jobs = await Promise.all(films.map(ask));
      }
    }
    await startWorker(2);
    for (const job of jobs) {
      let { state, error } = await ended(job);
      if (state === 'FAILED') ({ state, error } = await ended(await tryAgain(job)));
      assert.equal(state, 'DONE', error?.message);
    }
    await isWhole(films);
    await leaveNothing();
    say(
      `Workers were killed ${workerKills} times, over ${hit.length} jobs (${hit.join(', ')}); ${givenUp} failed with WORKER_LOST and were done when tried again`,
    );
  });

  if (soak) {
    it('end a job though ffmpeg is frozen, after its watchdog', async () => {
      await startWorker();
      const job = await ask(films[0]!);
      process.kill(await another(ffmpeg), 'SIGSTOP');
      assert.equal((await fateOf(job))[0], 'DONE');
      assert.match(await logOf(job), /FFMPEG_STALLED/);
      await isWhole(films.slice(0, 1));
      await leaveNothing();
    });

    it('end a job though its model child is frozen, after its watchdog', async () => {
      await startWorker();
      const job = await ask(films[0]!);
      process.kill(await another(modelChild), 'SIGSTOP');
      assert.equal((await fateOf(job))[0], 'DONE');
      assert.match(await logOf(job), /The model process ended over/);
      await isWhole(films.slice(0, 1));
      await leaveNothing();
    });
  }
});

/** What an analysis without faults finds in each film. */
async function undisturbed(fleet: Fleet, films: readonly string[]): Promise<Map<string, Narrative>> {
  const home = join(fleet.folder, 'undisturbed');
  const paths = films.map((film) => join(fleet.films, film));
  const { status, stdout, stderr } = await runCli(['analyze', '--json', ...paths], {
    home,
    environment: { FABULA_MEDIA_ROOTS: `films=${fleet.films}` },
  });
  assert.equal(status, 0, stderr);
  const store = await openSqliteStore({ file: join(home, 'graph.db'), derive });
  const narratives = new Map<string, Narrative>();
  for (const [n, line] of stdout.trim().split('\n').entries()) {
    const { episodeId } = JSON.parse(line) as { episodeId: string };
    narratives.set(films[n]!, (await store.readNarrative(episodeId, 'base'))!);
  }
  await store.close();
  return narratives;
}
