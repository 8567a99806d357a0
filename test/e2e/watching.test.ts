/** What those see who watch over a server and a worker: one trace over both, metrics of each, lines without secrets. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Sample, sampleOf, samplesIn } from '../api/metrics.fixture.js';
import { type Collector, openCollector } from '../otlp-collector.fixture.js';
import { type RedisServer, startRedis, whyNoRedis } from '../servers/redis.js';
import { runCli } from './run-cli.js';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));
const secrets = { redis: 'redis-sesame', token: 'token-sesame-token', collector: 'collector-sesame' };

describe('a server and a worker that are watched', function () {
  this.timeout(120_000);
  let redis: RedisServer;
  let collector: Collector;
  let folder: string;
  const started: ChildProcess[] = [];

  before(async function () {
    const reason = whyNoRedis();
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    redis = await startRedis(secrets.redis);
    collector = await openCollector();
    folder = mkdtempSync(join(tmpdir(), 'fabula-watching-'));
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=10:d=1', '-c:v', 'libx264', '-preset', 'ultrafast'];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...source, '-pix_fmt', 'yuv420p', join(folder, 'film.mp4')]);
  });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await redis?.kill();
    await collector?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a command; gives the addresses that it names, and its log once it has ended. */
  async function start(args: readonly string[], port: string): Promise<{ urls: string[]; end(): Promise<string> }> {
    const environment = {
      ...{ FABULA_HOME: join(folder, 'home'), FABULA_MEDIA_ROOTS: `films=${folder}`, FABULA_DEVICE: 'cpu' },
      ...{
        REDIS_URL: redis.url.replace('//', `//:${secrets.redis}@`),
        FABULA_TOKEN: secrets.token,
        FABULA_LOG: 'info',
      },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: `api-key=${secrets.collector}` },
      ...{ OTEL_BSP_SCHEDULE_DELAY: '200', FABULA_METRICS_PORT: port },
    };
    const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...environment } });
    started.push(child);
    let [said, logged] = ['', ''];
    child.stderr.setEncoding('utf8').on('data', (text) => {
      logged += text;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        said += chunk;
        if (/metrics are at \S+\.\n/.test(said)) resolve();
      });
      child.on('exit', () => reject(new Error(`the command ended: ${said}${logged}`)));
    });
    return {
      urls: [...said.matchAll(/http:\/\/[\d.]+:\d+/g)].map(([url]) => url),
      async end() {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        assert.deepEqual(await ended, [0, null]);
        return logged;
      },
    };
  }

  const linesOf = (log: string): Record<string, unknown>[] =>
    log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('leave one trace from the request to the models, metrics, and lines that lead from one to the other', async () => {
    const server = await start(['serve', '--port', '0'], '0');
    const worker = await start(['worker'], '0');
    const api = server.urls[0]!;
    const ask = async (query: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${api}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets.token}`, ...headers },
        body: JSON.stringify({ query }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at, not computed with
      return ((await response.json()) as { data: any }).data;
    };
    const [trace, client] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const { analyzeVideo } = await ask('mutation { analyzeVideo(input: {path: "film.mp4"}) { id } }', {
      traceparent: `00-${trace}-${client}-01`,
      'x-request-id': 'the-asking',
    });
    for (;;) {
      const { job } = await ask(`{ job(id: "${analyzeVideo.id}") { state error { message } } }`);
      if (job.state === 'DONE') break;
      assert.ok(job.state === 'QUEUED' || job.state === 'RUNNING', JSON.stringify(job));
      await wait(300);
    }

    const names = [
      'POST /graphql',
      'mutation analyzeVideo',
      'job ANALYZE',
      'stage shots',
      'stage people',
      'stage load',
    ];
    const find = (name: string) =>
      collector.span(name).then(() => collector.spans.find((span) => span.name === name && span.traceId === trace)!);
    const [post, mutation, job, shots, people, load] = await Promise.all(names.map(find));
    assert.deepEqual([post!.parentSpanId, post!.kind], [client, 2]);
    assert.equal(mutation!.parentSpanId, post!.spanId);
    assert.deepEqual([job!.parentSpanId, job!.kind], [mutation!.spanId, 5]);
    for (const stage of [shots!, people!, load!]) assert.equal(stage.parentSpanId, job!.spanId);
    const faces = await collector.span('model faces.find');
    assert.deepEqual([faces.traceId, faces.parentSpanId], [trace, people!.spanId]);
    assert.ok((people!.attributes['fabula.model.faces.find.calls'] as number) >= 1);
    assert.equal(job!.attributes['fabula.job.id'], analyzeVideo.id);
    assert.notEqual(job!.resource['process.pid'], post!.resource['process.pid'], 'in two processes');
    const read = await collector.span('query job');
    assert.equal((await collector.span('store job')).parentSpanId, read.spanId);
    assert.equal((await find('store askJob')).parentSpanId, mutation!.spanId);
    assert.equal((await find('store replaceEpisode')).parentSpanId, load!.spanId);
    assert.equal(collector.headers['api-key'], secrets.collector);

    const scrape = async (url: string): Promise<readonly Sample[]> =>
      samplesIn(await (await fetch(`${url}/metrics`)).text());
    const ofWorker = await scrape(worker.urls.at(-1)!);
    assert.equal(sampleOf(ofWorker, 'fabula_job_seconds_count', { job: 'ANALYZE', outcome: 'DONE' }), 1);
    assert.equal(sampleOf(ofWorker, 'fabula_jobs_running', { job: 'ANALYZE' }), 0);
    for (const stage of [
      'probe',
      'shots',
      'keyframes',
      'sound',
      'cues',
      'scenes',
      'events',
      'people',
      'persons',
      'load',
    ])
      assert.equal(sampleOf(ofWorker, 'fabula_stage_seconds_count', { stage, outcome: 'done' }), 1, stage);
    assert.ok((sampleOf(ofWorker, 'fabula_model_call_seconds_count', { model: 'faces.find' }) ?? 0) >= 1);
    assert.ok((sampleOf(ofWorker, 'fabula_store_call_seconds_count', { verb: 'replaceEpisode' }) ?? 0) === 1);
    const ofServer = await scrape(server.urls.at(-1)!);
    assert.equal(sampleOf(ofServer, 'fabula_graphql_operation_seconds_count', { field: 'analyzeVideo' }), 1);
    assert.equal((await fetch(`${api}/metrics`)).status, 401);
    assert.equal((await fetch(`${worker.urls.at(-1)}/readyz`)).status, 200);

    await redis.kill();
    await wait(1_100);
    const ready = await fetch(`${worker.urls.at(-1)}/readyz`);
    assert.deepEqual(
      [ready.status, await ready.json()],
      [503, { ok: false, checks: { store: 'ok', queue: 'QUEUE_UNAVAILABLE', models: 'ok' } }],
    );
    const logs = [await server.end(), await worker.end()] as const;
    const [ofApi, ofJobs] = logs.map(linesOf);
    const asked = ofApi!.find(({ request }) => request === 'the-asking')!;
    assert.deepEqual(
      [asked.operation, asked.status, asked.job, asked.trace],
      ['mutation analyzeVideo', 200, analyzeVideo.id, trace],
    );
    const about = ofJobs!.filter(({ job }) => job === analyzeVideo.id);
    assert.deepEqual(about.at(0)?.msg, 'A job was taken.');
    assert.deepEqual([about.at(-1)?.msg, about.at(-1)?.state], ['A job was let go.', 'DONE']);
    assert.equal(about.filter(({ msg }) => msg === 'A stage ended.').length, 10);
    assert.ok(about.every((line) => line.trace === trace));
    for (const log of logs) for (const secret of Object.values(secrets)) assert.ok(!log.includes(secret), secret);
  });

  it('is told likewise of what a command does by itself', async () => {
    const script = join(folder, 'script.fountain');
    writeFileSync(script, 'INT. HARBOUR - NIGHT\n\nMara waits.\n\nMARA\nYou are late.\n');
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const { status, stderr } = await runCli(['import', script], { home: join(folder, 'own'), environment });
    assert.equal(status, 0, stderr);
    const command = await collector.span('command IMPORT');
    const find = (name: string) =>
      collector.spans.find((span) => span.name === name && span.traceId === command.traceId)!;
    assert.equal(find('store askJob').parentSpanId, command.spanId);
    assert.equal(find('job IMPORT').parentSpanId, command.spanId);
    assert.equal(find('stage load').parentSpanId, find('job IMPORT').spanId);
    assert.equal(find('store replaceEpisode').parentSpanId, find('stage load').spanId);
  });
});
