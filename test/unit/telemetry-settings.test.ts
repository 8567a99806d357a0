import { deepEqual, equal, throws } from 'node:assert/strict';
import { readConfig } from '../../src/app/config.js';

describe('the settings of metrics and traces', () => {
  const read = (environment: Record<string, string> = {}) => readConfig({ FABULA_HOME: '/home', ...environment });

  it('open no port of their own unless one is named, and then to this machine', () => {
    equal(read().metrics, undefined);
    deepEqual(read({ FABULA_METRICS_PORT: '9464' }).metrics, { port: 9464, host: '127.0.0.1' });
    deepEqual(read({ FABULA_METRICS_PORT: '0', FABULA_METRICS_HOST: '0.0.0.0' }).metrics, { port: 0, host: '0.0.0.0' });
    for (const wrong of ['-1', '70000', 'http', '1.5'])
      throws(() => read({ FABULA_METRICS_PORT: wrong }), { code: 'BAD_CONFIG', message: /FABULA_METRICS_PORT/ });
    throws(() => read({ FABULA_METRICS_HOST: '0.0.0.0' }), { code: 'BAD_CONFIG', message: /PORT is missing/ });
  });

  it('send traces where OpenTelemetry’s variables say so, and nowhere else', () => {
    const exporters = (environment: Record<string, string>) => read(environment).tracing?.exporters;
    equal(exporters({}), undefined);
    equal(exporters({ OTEL_SERVICE_NAME: 'fabula', OTEL_TRACES_SAMPLER: 'always_on' }), undefined);
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    deepEqual(exporters(endpoint), ['otlp']);
    deepEqual(exporters({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }), ['otlp']);
    deepEqual(exporters({ OTEL_TRACES_EXPORTER: 'otlp' }), ['otlp']);
    deepEqual(exporters({ OTEL_TRACES_EXPORTER: 'console, otlp' }), ['otlp', 'console']);
    equal(exporters({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }), undefined);
    equal(exporters({ ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }), undefined);
    deepEqual(exporters({ ...endpoint, OTEL_SDK_DISABLED: 'false' }), ['otlp']);
  });

  it('name what they cannot obey, and go on', () => {
    deepEqual(read({ OTEL_TRACES_EXPORTER: 'zipkin,otlp' }).tracing, {
      exporters: ['otlp'],
      ignored: ['OTEL_TRACES_EXPORTER=zipkin'],
    });
    const grpc = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    equal(read(grpc).tracing?.ignored.length, 1);
    deepEqual(read({ ...grpc, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' }).tracing?.ignored, []);
  });
});
