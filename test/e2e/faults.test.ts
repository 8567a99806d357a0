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
const workerKills = soak ? 20 : 3;
const silent = { info: () => {}, warn: () => {} };

/** Real workers, real films, real servers: whatever fails, each job ends, and each episode is there once and whole. */
describe('workers over Redis and Neo4j', function () {
  this.timeout(soak ? 3_600_000 : 300_000);
  const neo4j = withNeo4j();
  let redis: RedisServer;
  let fleet: Fleet;
  let store: Store;
  let carrier: JobCarrier;
  /** Undisturbed analyses, by film. */
  let expected: ReadonlyMap<string, Narrative>;
  const workers = new Set<Started>();
  const films: string[] = [];

  before(async function () {
    const reason = whyNoRedis() ?? (process.platform === 'linux' ? undefined : 'processes are found by /proc');
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    redis = await startRedis();
    const { url, user, password } = neo4j.server;
    fleet = openFleet({ REDIS_URL: redis.url, NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password });
    for (let n = 0; n < 3; n++) films.push(fleet.film(`${160 + 16 * n}x120`));
    expected = await undisturbed(fleet, films);
  });
  after(async () => {
    await fleet?.close();
    await redis?.kill();
  });
  beforeEach(async () => {
    await neo4j.clear();
    // What an earlier test has kept would leave nothing to disturb.
    fleet.forgetArtifacts();
    store = await openNeo4jStore({ ...neo4j.server, derive });
    carrier = await openBullCarrier(redis.url, silent);
  });
  afterEach(async () => {
    for (const worker of workers) await worker.stop('SIGKILL');
    workers.clear();
    await carrier.close();
    await store.close();
  });

  async function startWorker(concurrency = 1): Promise<Started> {
    const worker = await fleet.start(['worker', '--concurrency', String(concurrency)], /takes jobs/);
    workers.add(worker);
    return worker;
  }

  async function ask(film: string): Promise<Job> {
    const roots = new Map([['films', fleet.films]]);
    const job = await store.askJob({ ...(await analyzeJob(roots, { path: film }, pipelineVersion)), askedBy: 'test' });
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
  const logOf = async ({ id }: Job) => (await store.jobLogs([id]))[0]!.map(({ message }) => message).join('\n');

  /** Waits for a process of the fleet whose command line says so. */
  async function processThat(says: RegExp): Promise<number> {
    for (;;) {
      const found = fleet.processes().find(({ command }) => says.test(command));
      if (found) return found.pid;
      await passed(5);
    }
  }
  const ffmpeg = /^\S*ffmpeg .*-i file:/;
  const modelChild = /models\/child\.js/;

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

  /** All workers end in good order, and leave no process and no temporary file. */
  async function leavesNothing(): Promise<void> {
    for (const worker of workers) assert.deepEqual(await worker.stop('SIGTERM'), [0, null]);
    workers.clear();
    assert.deepEqual(fleet.processes(), []);
    assert.deepEqual(fleet.temporaryFiles(), []);
  }

  it('do a job once that is brought to two of them, and end it though Redis forgets all in between', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const job = await ask(films[0]!);
    for (let n = 1; n < 4; n++) carrier.carry({ ...job, attempt: n });
    await processThat(ffmpeg);
    await redis.kill();
    const meanwhile = await ask(films[1]!);
    await passed(500);
    await redis.start();
    for (const each of [job, meanwhile]) {
      const { state, attempt } = await ended(each);
      assert.deepEqual([state, attempt], ['DONE', 1]);
    }
    await isWhole(films.slice(0, 2));
    await leavesNothing();
  });

  it('end a job though Neo4j is killed under it and started again', async () => {
    await startWorker();
    const job = await ask(films[0]!);
    // The last stage is kept: the load begins.
    await fleet.artifact('persons');
    await passed(Math.random() * 200);
    await neo4j.server.kill();
    await passed(500);
    await neo4j.server.start();
    assert.equal((await ended(job)).state, 'DONE');
    await isWhole(films.slice(0, 1));
    await leavesNothing();
  });

  it(`are killed at ${workerKills} random moments, and every job is done all the same`, async () => {
    const jobs: Job[] = [];
    for (const film of films) jobs.push(await ask(film));
    let worker = await startWorker(2);
    for (let kill = 0; kill < workerKills; kill++) {
      await passed(Math.random() * 4_000);
      await worker.stop('SIGKILL');
      workers.delete(worker);
      const survivors = () => fleet.processes().filter(({ pid }) => pid !== worker.child.pid);
      for (let waits = 0; waits < 40 && survivors().length > 0; waits++) await passed(50);
      assert.deepEqual(survivors(), [], 'nothing outlives its worker');
      // Done ones are asked for as new, so that each kill has something to hit.
      if (soak && (await store.waitingJobs(9)).length === 0)
        for (const film of films) {
          fleet.forgetArtifacts();
          await store.deleteEpisode(expected.get(film)!.episode.id);
          await ask(film);
        }
      worker = await startWorker(2);
    }
    for (const job of jobs) {
      const { state, error } = await ended(job);
      assert.equal(state, 'DONE', error?.message);
    }
    await isWhole(films);
    await leavesNothing();
  });

  it('end a job though its model child is killed', async () => {
    await startWorker();
    const job = await ask(films[0]!);
    process.kill(await processThat(modelChild), 'SIGKILL');
    const { state, attempt } = await ended(job);
    assert.deepEqual([state, attempt], ['DONE', 1]);
    await isWhole(films.slice(0, 1));
    await leavesNothing();
  });

  it('stop ffmpeg and the model child within 2 s when the job is cancelled, and go on with the next', async () => {
    const long = fleet.film('320x240', { seconds: 240, rate: 25 });
    await startWorker();
    const job = await ask(long);
    await Promise.all([processThat(ffmpeg), processThat(modelChild)]);
    await passed(500);
    const asked = performance.now();
    await store.cancelJob(job.id, 'tester');
    carrier.news.tell({ jobId: job.id, what: 'stop' });
    await until(job, 'CANCELLED');
    const idle = async () => {
      if (fleet.processes().some(({ command }) => ffmpeg.test(command))) return false;
      const before = fleet.cpuSeconds(modelChild);
      await passed(200);
      return fleet.cpuSeconds(modelChild) - before < 0.05;
    };
    while (!(await idle())) assert.ok(performance.now() - asked < 2_000, 'still at work after 2 s');
    assert.match(await logOf(job), /Asked to stop by tester\.\n(.*\n)*Cancelled\.$/);
    const next = await ask(films[0]!);
    assert.equal((await ended(next)).state, 'DONE');
    await isWhole(films.slice(0, 1));
    // Whoever is asked to end hands back what is not done.
    const retried = await store.retryJob(job.id);
    carrier.carry(retried);
    await processThat(ffmpeg);
    await leavesNothing();
    assert.equal((await store.job(job.id))?.state, 'QUEUED');
  });

  if (soak) {
    it('end a job though ffmpeg is frozen, after its watchdog', async () => {
      await startWorker();
      const job = await ask(films[0]!);
      process.kill(await processThat(ffmpeg), 'SIGSTOP');
      const { state } = await ended(job);
      assert.equal(state, 'DONE');
      assert.match(await logOf(job), /FFMPEG_STALLED/);
      await isWhole(films.slice(0, 1));
      await leavesNothing();
    });

    it('end a job though its model child is frozen, after its watchdog', async () => {
      await startWorker();
      const job = await ask(films[0]!);
      process.kill(await processThat(modelChild), 'SIGSTOP');
      assert.equal((await ended(job)).state, 'DONE');
      assert.match(await logOf(job), /The model process ended over/);
      await isWhole(films.slice(0, 1));
      await leavesNothing();
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
