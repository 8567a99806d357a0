import assert from 'node:assert/strict';
import { setTimeout as passed } from 'node:timers/promises';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import { looksInto, type ReadinessLooks, watchReadiness } from '../../src/app/readiness.js';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { startRedis, whyNoRedis } from '../servers/redis.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { openTcpWay } from '../servers/tcp-way.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { sendTo } from './http.fixture.js';

const ok = async () => {};
/** A second is how long an answer may be repeated. */
const stalePassed = () => passed(1_050);

describe('Health', () => {
  let api: TestApi;
  let server: RunningServer | undefined;
  const start = async (readiness?: ReturnType<typeof watchReadiness>) => {
    server = await startServer({ ...api, port: 0, ...(readiness && { readiness }) });
    return server.url;
  };
  const ready = async (url: string) => {
    const { status, body } = await sendTo(url, '/readyz');
    return [status, JSON.parse(body)] as const;
  };
  beforeEach(async () => {
    api = await openTestApi();
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await api.close();
  });

  it('is ready when store, queue and models are', async () => {
    const url = await start();
    const fine = { ok: true, checks: { store: 'ok', queue: 'ok', models: 'ok' } };
    assert.deepEqual(await ready(url), [200, fine]);
    assert.equal((await sendTo(url, '/readyz')).headers['cache-control'], 'no-store');
  });

  it('names the store when it is gone, and lives on', async () => {
    const url = await start();
    await api.store.close();
    assert.deepEqual(await ready(url), [
      503,
      { ok: false, checks: { store: 'STORE_UNAVAILABLE', queue: 'ok', models: 'ok' } },
    ]);
    const { status, body } = await sendTo(url, '/healthz');
    assert.deepEqual([status, body], [200, '{"ok":true}']);
  });

  it('names the models when one that comes with the package is missing, not for one to be pulled', async () => {
    let missing: 'BUNDLED' | 'PULLED' = 'PULLED';
    const models = async () => [
      { name: 'silero', tier: missing, purpose: 'speech', present: false, remedy: 'Mend it.' },
    ];
    const installation = { ...api.services.installation, models };
    const url = await start(watchReadiness(looksInto(api.store, installation)));
    assert.equal((await ready(url))[0], 200);
    missing = 'BUNDLED';
    await stalePassed();
    assert.deepEqual(await ready(url), [
      503,
      { ok: false, checks: { store: 'ok', queue: 'ok', models: 'MODEL_MISSING' } },
    ]);
  });

  it('names the queue while Redis is gone, and no address', async function () {
    const reason = whyNoRedis();
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    const redis = await startRedis();
    const url = await start(watchReadiness(looksInto(api.store, api.services.installation, redis.url)));
    assert.equal((await ready(url))[0], 200);
    await redis.kill();
    await stalePassed();
    const { status, body } = await sendTo(url, '/readyz');
    assert.equal(status, 503);
    assert.equal(body, '{"ok":false,"checks":{"store":"ok","queue":"QUEUE_UNAVAILABLE","models":"ok"}}');
    await redis.start();
    await stalePassed();
    assert.equal((await ready(url))[0], 200);
    await redis.kill();
  });

  describe('of a Neo4j', () => {
    const neo4j = withNeo4j();

    it('is bad while it is gone or frozen, which is said in time, and good when it is back', async () => {
      const { port } = new URL(neo4j.server.url);
      const way = await openTcpWay(Number(port));
      const store = await openNeo4jStore({ ...neo4j.server, url: way.url, derive: deriveNarrative });
      const url = await start(watchReadiness(looksInto(store, api.services.installation)));
      const stateAfter = async (change: () => void) => {
        change();
        await stalePassed();
        const asked = performance.now();
        const [status, { checks }] = await ready(url);
        assert.ok(performance.now() - asked < 4_000);
        return [status, checks.store];
      };
      assert.deepEqual(await stateAfter(() => {}), [200, 'ok']);
      assert.deepEqual(await stateAfter(way.cut), [503, 'STORE_UNAVAILABLE']);
      assert.deepEqual(await stateAfter(way.mend), [200, 'ok']);
      assert.deepEqual(await stateAfter(way.freeze), [503, 'TIMED_OUT']);
      way.cut();
      way.mend();
      assert.deepEqual(await stateAfter(() => {}), [200, 'ok']);
      await store.close();
      await way.close();
    }).timeout(60_000);
  });

  it('says that a part says nothing, and asks it once, however often it is asked itself', async () => {
    let asked = 0;
    const queue = () => {
      asked++;
      return new Promise(() => {});
    };
    const silent: ReadinessLooks = { store: ok, queue, models: ok };
    const look = watchReadiness(silent, 50);
    const many = await Promise.all(Array.from({ length: 100 }, look));
    assert.ok(many.every(({ ok, checks }) => !ok && checks.queue === 'TIMED_OUT' && checks.store === 'ok'));
    await stalePassed();
    await look();
    assert.equal(asked, 1);
  });
});
