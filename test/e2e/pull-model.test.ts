/** Models pulled as jobs, over both carriers, from a server of this machine. About 10 s. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../resolvers/access.js';
import type { Services } from '../../resolvers/context.js';
import { watchJob } from '../../resolvers/job-progress.js';
import type { Job } from '../../schema/job.js';
import { readConfig } from '../../src/app/config.js';
import { openGraphql } from '../../src/app/graphql.js';
import { openLog } from '../../src/app/log.js';
import { benchOver, openWorkshop } from '../../src/app/open.js';
import { servicesOver } from '../../src/app/services.js';
import type { ModelManifest } from '../../workers/models/manifest.js';
import { openBullCarrier } from '../../workers/queue/bull.js';
import { openLocalCarrier } from '../../workers/queue/local.js';
import type { JobCarrier } from '../../workers/queue/queue.js';
import { withRedis } from '../servers/with-redis.js';
import { type FileServer, type Mischief, serveFile } from '../unit/file-server.fixture.js';

const pull = 'mutation ($model: String!) { pullModel(model: $model) { id job state input askedBy } }';

const silent = { info: () => {}, warn: () => {} };

modelsPulledOver('in process', async () => openLocalCarrier());
describe('With Redis', () => {
  const redis = withRedis();
  modelsPulledOver('over Redis', () => openBullCarrier(redis.server.url, silent));
});

function modelsPulledOver(name: string, openCarrier: () => Promise<JobCarrier>) {
  describe(`A model that is pulled as a job ${name}`, () => {
    const content = randomBytes(3_000_000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    let home: string;
    let files: FileServer;
    let services: Services;
    let send: (query: string, variables: Readonly<Record<string, string>>, role: Caller['role']) => Promise<Job>;
    let closing: (() => Promise<unknown>)[];

    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'fabula-pulled-'));
      files = await serveFile(content);
      const tiny: ModelManifest = {
        ...{ name: 'tiny', task: 'FIND_FACES', purpose: 'faces', licence: 'MIT', source: 'https://example.org/' },
        files: [{ path: 'tiny.onnx', url: `${files.url}/tiny`, sha256, bytes: content.length }],
      };
      const config = readConfig({ FABULA_HOME: home, FABULA_LOG: 'error' });
      const log = openLog(config);
      const opened = await openWorkshop(config, log);
      const workshop = { ...opened, modelSource: { models: [tiny] }, log: silent };
      const carrier = await openCarrier();
      services = servicesOver(workshop, config, carrier);
      const graphql = await openGraphql(services, log);
      send = async (query, variables, role) => {
        const { data, errors } = await graphql.execute({ query, variables }, { subject: 'anna', role });
        if (errors) throw Object.assign(new Error(errors[0]?.message), errors[0]?.extensions);
        return Object.values(data ?? {})[0] as Job;
      };
      const bench = { ...benchOver(workshop, carrier), retryAfterMs: (failures: number) => [50][failures] };
      const worker = carrier.startWorker(bench, 1);
      closing = [() => worker.close(), () => carrier.close(), () => graphql.close(), () => opened.close()];
    });
    afterEach(async () => {
      for (const close of closing) await close();
      await files.close();
      await rm(home, { recursive: true });
    });

    const ask = (model: string, role: Caller['role'] = 'admin') => send(pull, { model }, role);
    const asked = () => ask('tiny');
    /** What a subscription says until the job is over, or `enough`. */
    async function told({ id }: Job, enough = (_: Job) => false): Promise<Job[]> {
      const steps: Job[] = [];
      for await (const step of await watchJob(services.store, services.news, id)) {
        steps.push(step);
        if (enough(step)) break;
      }
      return steps;
    }
    const ended = async (job: Job) => (await told(job)).at(-1)!;
    /** Sends so many bytes, and the rest when it is let. */
    const held = (bytes: number) => {
      let letGo = () => {};
      const mischief: Mischief = (_, response, body) => {
        response.writeHead(200, { 'content-length': body.length });
        response.write(body.subarray(0, bytes));
        letGo = () => response.end(body.subarray(bytes));
        return true;
      };
      files.mischief.push(mischief);
      return () => letGo();
    };
    const isHere = () => readFileSync(join(home, 'models/tiny/tiny.onnx')).equals(content);

    it('comes once, tells how much of it is here, and comes again only when it was deleted', async () => {
      const letGo = held(1_200_000);
      const job = await asked();
      assert.deepEqual(
        { ...job, id: '' },
        {
          ...{ id: '', job: 'PULL_MODEL', state: 'QUEUED', input: { model: 'tiny' }, askedBy: 'anna' },
        },
      );
      const steps = await told(job, ({ progress }) => progress > 0);
      assert.deepEqual([steps.at(-1)!.stage, steps.at(-1)!.progress], ['pull: 1.2 of 3.0 MB', 0.4]);
      assert.equal((await asked()).id, job.id);
      letGo();
      const { state, progress, result } = await ended(job);
      assert.deepEqual([state, progress, result], ['DONE', 1, { model: 'tiny', outcome: 'pulled', bytes: 3_000_000 }]);
      assert.ok(isHere());
      assert.equal((await services.installation.models()).find((model) => model.name === 'tiny')?.present, true);
      const again = await asked();
      assert.deepEqual([again.id, again.state, files.asked.length], [job.id, 'DONE', 1]);
      await rm(join(home, 'models/tiny'), { recursive: true });
      const anew = await asked();
      assert.notEqual(anew.id, job.id);
      assert.equal((await ended(anew)).state, 'DONE');
      assert.ok(isHere());
    });

    it('stops within 2 s when it is cancelled, and goes on from there', async () => {
      held(1_000_000);
      const job = await asked();
      await told(job, ({ progress }) => progress > 0);
      const started = performance.now();
      await services.queue.cancel(job.id);
      assert.equal((await ended(job)).state, 'CANCELLED');
      const took = performance.now() - started;
      assert.ok(took < 2_000, `${took} ms`);
      await services.queue.retry(job.id);
      assert.equal((await ended(job)).state, 'DONE');
      assert.deepEqual(files.asked, ['GET /tiny', 'GET /tiny bytes=1000000-']);
      assert.ok(isHere());
    });

    it('is tried again, after a while, where the network fails, and not where it would fail again', async () => {
      const answer =
        (status: number, body = ''): Mischief =>
        (_, response) => {
          response.writeHead(status).end(body);
          return true;
        };
      files.mischief.push(answer(403));
      const { state, attempt } = await ended(await asked());
      assert.deepEqual([state, attempt], ['DONE', 2]);
      for (const [mischief, code] of [
        [answer(404), 'DOWNLOAD_NOT_FOUND'],
        [answer(200, 'Sign in'), 'MODEL_DAMAGED'],
      ] as const) {
        await rm(join(home, 'models/tiny'), { recursive: true, force: true });
        files.mischief.push(mischief);
        const failed = await ended(await asked());
        assert.deepEqual([failed.state, failed.error?.code, failed.attempt], ['FAILED', code, 1]);
        // So that the next one is another job.
        await services.queue.retry(failed.id);
        assert.equal((await ended(failed)).state, 'DONE');
      }
    });

    it('is refused where nobody knows it, or the caller is no admin', async () => {
      await assert.rejects(ask('../tiny'), { code: 'NOT_FOUND', hint: 'There are tiny.' });
      for (const role of ['viewer', 'editor'] as const) await assert.rejects(ask('tiny', role), { code: 'FORBIDDEN' });
      // Asked for by a Fabula that knows more models than this worker's.
      const unknown = await services.store.askJob({ job: 'PULL_MODEL', key: 'x', input: { model: 'huge' } });
      const { state, error, attempt } = await ended(unknown);
      assert.deepEqual([state, error?.code, attempt], ['FAILED', 'NOT_FOUND', 1]);
      assert.deepEqual(files.asked, []);
      const retry = 'mutation ($id: ID!) { retryJob(id: $id) { id state } }';
      await assert.rejects(send(retry, { id: unknown.id }, 'editor'), { code: 'FORBIDDEN' });
      assert.equal((await send(retry, { id: unknown.id }, 'admin')).state, 'QUEUED');
      await ended(unknown);
    });
  });
}
