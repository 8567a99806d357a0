import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FabulaError } from '../../schema/errors.js';
import type { Log } from '../../src/app/log.js';
import { openOtlpTracer } from '../../src/app/telemetry/otlp.js';
import { within } from '../../src/app/telemetry/tracing.js';
import { readTracing } from '../../src/app/telemetry/tracing-settings.js';
import { type Collector, openCollector } from '../otlp-collector.fixture.js';

/** Traces as a real collector gets them. */
describe('OpenTelemetry', () => {
  let collector: Collector;
  let warnings: string[];
  const before_ = { ...process.env };
  const log = { warn: (_fields: object, message: string) => void warnings.push(message) } as unknown as Log;
  const open = (environment: Record<string, string> = {}) => {
    Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment });
    const settings = readTracing((name) => process.env[name]);
    assert.ok(settings);
    return openOtlpTracer(settings, log);
  };
  beforeEach(async () => {
    collector = await openCollector();
    warnings = [];
  });
  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
    Object.assign(process.env, before_);
    await collector.close();
  });

  it('hears of spans inside spans, of what they are about, and of their errors', async () => {
    const tracer = open({
      OTEL_SERVICE_NAME: 'films',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=sesame',
    });
    const request = tracer.start('POST /graphql', 'server', { 'http.route': '/graphql' });
    const operation = request.child('graphql');
    const failing = within(operation.child('store episode'), async () => {
      throw new FabulaError('STORE_UNAVAILABLE', 'Gone.');
    });
    await assert.rejects(failing, { code: 'STORE_UNAVAILABLE' });
    operation.rename('query episode');
    operation.note({ found: 3, name: undefined, ok: true });
    operation.end();
    request.end();
    await tracer.close();
    const [store, query, post] = await Promise.all(
      ['store episode', 'query episode', 'POST /graphql'].map((name) => collector.span(name)),
    );
    assert.equal(new Set(collector.spans.map(({ traceId }) => traceId)).size, 1);
    assert.deepEqual([post!.parentSpanId, query!.parentSpanId, store!.parentSpanId], ['', post!.spanId, query!.spanId]);
    assert.deepEqual([post!.kind, query!.kind], [2, 1]);
    assert.deepEqual([post!.status, store!.status, store!.attributes['error.type']], [0, 2, 'STORE_UNAVAILABLE']);
    assert.equal(post!.attributes['http.route'], '/graphql');
    assert.deepEqual(query!.attributes, { found: 3, ok: 1n });
    // A span's start is known to the millisecond; its end lies exactly behind its start.
    const blurNs = 1_000_000n;
    assert.ok(post!.startNs <= store!.startNs + blurNs && store!.endNs <= post!.endNs + blurNs);
    assert.equal(post!.resource['service.name'], 'films');
    assert.equal(post!.resource['deployment.environment.name'], 'test');
    assert.equal(collector.headers['api-key'], 'sesame');
  });

  it('goes on with the trace of elsewhere, and begins its own where that is no trace', async () => {
    const tracer = open();
    const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const given = `00-${trace}-${span}-01`;
    tracer.start('theirs', 'worker', {}, given).end();
    const wrong = [
      '',
      'x',
      `00-${'0'.repeat(32)}-${span}-01`,
      `ff-${trace}-${span}-01`,
      `00-${trace}-${span}`,
      `${given}\n`,
    ];
    for (const [n, parent] of wrong.entries()) tracer.start(`own ${n}`, 'server', {}, parent).end();
    await tracer.close();
    const theirs = await collector.span('theirs');
    assert.deepEqual([theirs.traceId, theirs.parentSpanId, theirs.kind], [trace, span, 5]);
    for (const own of collector.spans.filter(({ name }) => name !== 'theirs'))
      assert.ok(own.traceId !== trace && own.parentSpanId === '', own.name);
    assert.equal(collector.spans.length, 1 + wrong.length);
    const { traceParent } = tracer.start('named', 'server', {}, given);
    assert.match(traceParent ?? '', new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  });

  it('samples as its variables say, and as whoever began the trace has decided', async () => {
    const off = open({ OTEL_TRACES_SAMPLER: 'always_off' });
    off.start('never', 'server', {}).end();
    await off.close();
    const parents = open({ OTEL_TRACES_SAMPLER: 'parentbased_always_on' });
    parents
      .start('not theirs', 'server', {}, `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`)
      .child('nor inside')
      .end();
    parents.start('ours', 'server', {}).end();
    await parents.close();
    assert.deepEqual(
      collector.spans.map(({ name }) => name),
      ['ours'],
    );
  });

  it('that is away holds nothing up, and is complained of once', async () => {
    const tracer = open({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    });
    for (let n = 0; n < 20; n++) {
      tracer.start('lost', 'server', {}).end();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const asked = performance.now();
    await tracer.close();
    assert.ok(performance.now() - asked < 3_500);
    assert.deepEqual(warnings, ['Traces could not be sent.']);
  });

  it('costs nothing where nobody asks for it: its packages are not even loaded', () => {
    const serve = fileURLToPath(new URL('../../src/app/commands/serve.js', import.meta.url));
    const script = `
      await import(${JSON.stringify(serve)});
      const { openTracer } = await import(${JSON.stringify(serve.replace('commands/serve', 'telemetry/open-tracer'))});
      const { noTracer } = await import(${JSON.stringify(serve.replace('commands/serve', 'telemetry/tracing'))});
      if (await openTracer(undefined) !== noTracer) throw new Error('a tracer');
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(${JSON.stringify(serve)}).cache);
      console.log(loaded.length > 100, loaded.filter((file) => /opentelemetry.(sdk|exporter|resources)/.test(file)).length);
    `;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.equal(said.trim(), 'true 0');
  });
});
