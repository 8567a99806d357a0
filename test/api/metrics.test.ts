import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { openAccess } from '../../src/app/access.js';
import { readAccess } from '../../src/app/access-settings.js';
import { startHealthServer } from '../../src/app/health-server.js';
import { watchReadiness } from '../../src/app/readiness.js';
import { type RunningServer, type ServerOptions, startServer } from '../../src/app/server.js';
import { type Metrics, openMetrics } from '../../src/app/telemetry/metrics.js';
import { readingsOf } from '../../src/app/telemetry/readings.js';
import { meteredStore } from '../../src/app/telemetry/watched-store.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';
import { askOver, sendTo } from './http.fixture.js';
import { type Sample, sampleOf, samplesIn } from './metrics.fixture.js';

describe('The metrics', () => {
  let api: TestApi;
  let metrics: Metrics;
  let server: RunningServer;
  const running: { close(): Promise<void> }[] = [];
  const start = async (options: Partial<ServerOptions> = {}) => {
    const services = { ...api.services, store: meteredStore(api.store, metrics.meter) };
    const started = await startServer({ ...api, services, metrics, port: 0, ...options });
    running.push(started);
    return started;
  };
  const read = async (url = server.url, headers: Record<string, string> = {}): Promise<readonly Sample[]> => {
    const { status, headers: answered, body } = await sendTo(url, '/metrics', { headers });
    assert.equal(status, 200, body);
    assert.match(answered['content-type'] ?? '', /^text\/plain; version=0\.0\.4/);
    return samplesIn(body);
  };
  beforeEach(async () => {
    api = await openTestApi(harbour());
    metrics = openMetrics();
    metrics.read(readingsOf({ home: api.home }, api.store, 'all jobs'));
    server = await start();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
    await api.close();
  });

  it('count and time requests, operations and calls of the store', async () => {
    for (let n = 0; n < 3; n++) await askOver(server.url, '{ episodes { nodes { title } } }');
    await askOver(server.url, '{ job(id: "nobody") { id } }');
    await askOver(server.url, 'mutation { undo(editId: "nobody") { id } }');
    await askOver(server.url, '{ nothing }');
    await sendTo(server.url, '/media/films/nobody');
    const samples = await read();
    const operations = (type: string, field: string) =>
      sampleOf(samples, 'fabula_graphql_operation_seconds_count', { type, field });
    assert.deepEqual(
      [operations('query', 'episodes'), operations('query', 'job'), operations('mutation', 'undo')],
      [3, 1, 1],
    );
    assert.equal(operations('none', 'invalid'), 1);
    const errors = (field: string, code: string) => sampleOf(samples, 'fabula_graphql_errors_total', { field, code });
    assert.equal(errors('undo', 'NOT_FOUND'), 1);
    assert.equal(errors('invalid', 'GRAPHQL_VALIDATION_FAILED'), 1);
    const requests = (route: string, status: string) =>
      sampleOf(samples, 'fabula_http_request_seconds_count', { route, status });
    assert.deepEqual([requests('/graphql', '200'), requests('/graphql', '400')], [5, 1]);
    assert.equal(requests('/media/films', '404'), 1);
    assert.equal(sampleOf(samples, 'fabula_store_call_seconds_count', { verb: 'episodes' }), 3);
    assert.equal(sampleOf(samples, 'fabula_store_errors_total', { verb: 'undo', code: 'NOT_FOUND' }), 1);
    assert.ok((sampleOf(samples, 'fabula_store_call_seconds_sum', { verb: 'episodes' }) ?? 0) > 0);
  });

  it('tell of the process, the disk, the store’s lanes and the jobs that wait', async () => {
    for (const key of ['a', 'b', 'c']) await api.store.askJob({ job: 'ANALYZE', key, input: {} });
    await api.store.claimJob({ workerId: 'w', leaseMs: 60_000 });
    const samples = await read();
    const jobs = (state: string) => sampleOf(samples, 'fabula_jobs', { job: 'ANALYZE', state });
    assert.deepEqual([jobs('QUEUED'), jobs('RUNNING')], [2, 1]);
    const oldest = sampleOf(samples, 'fabula_job_oldest_seconds', { job: 'ANALYZE', state: 'QUEUED' }) ?? -1;
    assert.ok(oldest >= 0 && oldest < 60, String(oldest));
    assert.equal(sampleOf(samples, 'fabula_store_lanes', { lane: 'reads' }), 1);
    assert.ok((sampleOf(samples, 'fabula_home_free_bytes') ?? 0) > 0);
    assert.ok((sampleOf(samples, 'process_resident_memory_bytes') ?? 0) > 1e7);
    assert.equal(sampleOf(samples, 'fabula_build_info'), 1);
  });

  it('are there when the store is not, without what only it knows', async () => {
    await api.store.close();
    const samples = await read();
    assert.equal(sampleOf(samples, 'fabula_jobs'), undefined);
    assert.ok((sampleOf(samples, 'process_resident_memory_bytes') ?? 0) > 1e7);
  });

  it('stay as few as they are, whatever a client calls its operations, fields, paths and methods', async () => {
    const send = async (from: number) => {
      for (let n = from; n < from + 40; n++) {
        await askOver(server.url, `query Evil${n}($x${n}: Int) { a${n}: episodes(first: $x${n}) { nodes { id } } }`);
        await askOver(server.url, `{ evil${n} }`);
        await sendTo(server.url, `/evil/${n}`);
        await sendTo(server.url, `/media/films/evil${n}`);
        await sendTo(server.url, '/', { method: ['PROPFIND', 'DELETE', 'PURGE'][n % 3] });
      }
      return (await read()).filter(({ name }) => name.startsWith('fabula_')).length;
    };
    await read();
    const few = await send(0);
    assert.equal(await send(40), few);
    assert.ok(few < 500, `${few} samples`);
    const { body } = await sendTo(server.url, '/metrics');
    assert.doesNotMatch(body, /evil/i);
  }).timeout(60_000);

  it('say how many listen to subscriptions', async () => {
    const connected = async () => sampleOf(await read(), 'fabula_subscription_connections', { transport: 'websocket' });
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
    });
    await new Promise<void>((resolve) => void client.on('connected', () => resolve()));
    assert.equal(await connected(), 1);
    await client.dispose();
    for (let n = 0; n < 50 && (await connected()) !== 0; n++) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await connected(), 0);
  });

  it('are for admins only, where access is controlled, and everybody may ask for health', async () => {
    const secrets = { viewer: 'v'.repeat(20), admin: 'a'.repeat(20) };
    const token = `viewer:${secrets.viewer},${secrets.admin}`;
    const access = openAccess(readAccess((name) => ({ FABULA_TOKEN: token })[name]));
    const { url } = await start({ access });
    const asked = async (authorization?: string) =>
      (await sendTo(url, '/metrics', { headers: authorization ? { authorization } : {} })).code;
    assert.equal(await asked(), 'UNAUTHENTICATED');
    assert.equal(await asked(`Bearer ${'x'.repeat(20)}`), 'UNAUTHENTICATED');
    assert.equal(await asked(`Bearer ${secrets.viewer}`), 'FORBIDDEN');
    assert.ok((await read(url, { authorization: `Bearer ${secrets.admin}` })).length > 10);
    for (const path of ['/healthz', '/readyz']) assert.equal((await sendTo(url, path)).status, 200);
    // Nor by another way to write the address.
    for (const path of ['/metrics/', '/METRICS', '/metrics?x', '//metrics', '/x/../metrics', '/%6detrics'])
      assert.notEqual((await sendTo(url, path)).status, 200, path);
  });

  it('are those that docs/operations.md tells of, each', async () => {
    const docs = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const told = new Set([...docs.matchAll(/\bfabula_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')));
    const { body } = await sendTo(server.url, '/metrics');
    const exposed = new Set([...body.matchAll(/^# TYPE (fabula_\w+)/gm)].map(([, name]) => name));
    assert.deepEqual([...told].toSorted(), [...exposed].toSorted());
    assert.match(body, /^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('are on a port of their own for whoever reaches it: this machine, under its own names', async () => {
    const ok = async () => {};
    const readiness = watchReadiness({ store: ok, queue: ok, models: ok });
    const own = await startHealthServer({ host: '127.0.0.1', port: 0 }, { readiness, metrics }, api.log);
    running.push(own);
    assert.ok((await read(own.url)).length > 10);
    assert.equal((await sendTo(own.url, '/healthz')).status, 200);
    assert.equal((await sendTo(own.url, '/metrics', { headers: { host: 'evil.example' } })).status, 403);
    assert.equal((await sendTo(own.url, '/graphql')).status, 404);
    const port = Number(new URL(own.url).port);
    await assert.rejects(startHealthServer({ host: '127.0.0.1', port }, { readiness }, api.log), {
      code: 'BAD_CONFIG',
      hint: /FABULA_METRICS_PORT/,
    });
  });
});
