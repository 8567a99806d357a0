/**
 * The metrics, for Prometheus. No label holds what a client wrote: operations go by their root field, requests by their
 * route, errors by their code, so that nobody can make series grow without end.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { version } from '../version.js';
import type { Meter } from './meter.js';
import { addGauges, type Readings } from './readings.js';

export interface Metrics {
  readonly meter: Meter;
  /** Adds what is looked up whenever somebody asks. */
  read(readings: Readings): void;
  /** All metrics as text, and its media type. */
  expose(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Upper bounds of histograms, in seconds. */
const short = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const long = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 150, 300, 600, 1800, 3600, 7200, 14_400];

/** A registry with nothing in it yet but what Node tells of the process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name: `fabula_${name}`, help, labelNames, buckets, registers });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `fabula_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `fabula_${name}`, help, labelNames, registers });

  gauge('build_info', 'The version that runs; always 1.', 'version').set({ version }, 1);
  const requests = histogram('http_request_seconds', 'HTTP requests until answered.', short, 'route', 'status');
  const operations = histogram('graphql_operation_seconds', 'GraphQL operations.', short, 'type', 'field');
  const operationErrors = counter('graphql_errors_total', 'Errors in GraphQL answers.', 'field', 'code');
  const listeners = gauge('subscription_connections', 'Connections that listen to subscriptions.', 'transport');
  const storeCalls = histogram('store_call_seconds', 'Calls of the store.', short, 'verb');
  const storeErrors = counter('store_errors_total', 'Calls of the store that failed.', 'verb', 'code');
  const running = gauge('jobs_running', 'Jobs that this process is at.', 'job');
  const jobs = histogram('job_seconds', 'Jobs from being taken to being let go.', long, 'job', 'outcome');
  const jobFailures = counter('job_failures_total', 'Attempts that failed, with why.', 'job', 'code');
  const stages = histogram('stage_seconds', 'Stages of analyses.', long, 'stage', 'outcome');
  const modelCalls = histogram('model_call_seconds', 'Calls of models, waiting included.', short, 'model');
  const modelErrors = counter('model_errors_total', 'Calls of models that failed.', 'model', 'code');

  const meter: Meter = {
    request: (route, status, seconds) => requests.observe({ route, status }, seconds),
    operation(type, field, seconds, codes) {
      operations.observe({ type, field }, seconds);
      for (const code of codes) operationErrors.inc({ field, code });
    },
    listeners: (transport, by) => listeners.inc({ transport }, by),
    storeCall(verb, seconds, code) {
      storeCalls.observe({ verb }, seconds);
      if (code !== undefined) storeErrors.inc({ verb, code });
    },
    jobTaken: (job) => running.inc({ job }),
    jobLeft(job, outcome, seconds, code) {
      running.dec({ job });
      jobs.observe({ job, outcome }, seconds);
      if (code !== undefined) jobFailures.inc({ job, code });
    },
    stage: (stage, outcome, seconds) => stages.observe({ stage, outcome }, seconds),
    modelCall(model, seconds, code) {
      modelCalls.observe({ model }, seconds);
      if (code !== undefined) modelErrors.inc({ model, code });
    },
  };
  return {
    meter,
    read: (readings) => addGauges(readings, registers),
    expose: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
