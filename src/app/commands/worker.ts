import { once } from 'node:events';
import type { Job } from '../../../schema/job.js';
import { workerId } from '../../../workers/bench.js';
import { shownRedisUrl } from '../../../workers/queue/redis.js';
import { readConfig } from '../config.js';
import { startHealthServer } from '../health-server.js';
import { surveyInstallation } from '../installation.js';
import { Keeper } from '../keeper.js';
import { openLog } from '../log.js';
import { benchOver, openCarrier, openWorkshop } from '../open.js';
import { looksInto, watchReadiness } from '../readiness.js';
import { oneLine } from '../report-error.js';
import { noMeter } from '../telemetry/meter.js';
import { openMetrics } from '../telemetry/metrics.js';
import { openTracer } from '../telemetry/open-tracer.js';
import { readingsOf } from '../telemetry/readings.js';
import { watchWork } from '../telemetry/watched-work.js';

export interface WorkerOptions {
  readonly concurrency: number;
}

/** Takes jobs over Redis, or (without REDIS_URL) from the store, until it is interrupted; then hands back its own. */
export async function work({ concurrency }: WorkerOptions, signal: AbortSignal): Promise<void> {
  const config = readConfig();
  const log = openLog(config);
  const opened = new Keeper();
  try {
    const tracer = opened.keep(await openTracer(config.tracing, log));
    const metrics = config.metrics && openMetrics();
    const carrier = opened.keep(await openCarrier(config, log));
    const workshop = opened.keep(await openWorkshop(config, log, metrics?.meter));
    metrics?.read(readingsOf(config, workshop.store, 'this process'));
    const source = config.redisUrl === undefined ? config.home : shownRedisUrl(config.redisUrl);
    const names = [...(await workshop.roots()).keys()];
    const roots = names.length > 0 ? `media roots: ${names.join(', ')}` : 'no media roots yet';
    const watch = watchWork(log, metrics?.meter ?? noMeter, tracer);
    opened.keep(carrier.startWorker(benchOver(workshop, carrier, { onJob: say, watch }), concurrency));
    const installation = surveyInstallation(config, async () => workshop.store);
    const readiness = watchReadiness(looksInto(workshop.store, installation, config.redisUrl));
    const health = config.metrics && opened.keep(await startHealthServer(config.metrics, { readiness, metrics }, log));
    print(`Worker ${workerId} takes jobs from ${source}, ${concurrency} at a time; ${roots}. Stop it with Ctrl-C.`);
    if (health) print(`Health and metrics are at ${health.url}.`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await opened.close();
  }
}

const say = (job: Job) => print(`${job.id} ${job.job}: ${fateOf(job)}`);

function fateOf({ state, attempt, error }: Job): string {
  const why = error ? `: ${error.code}: ${error.message}` : '';
  switch (state) {
    case 'RUNNING':
      return attempt > 1 ? `taken (attempt ${attempt})` : 'taken';
    case 'QUEUED':
      return `back in the queue${why}`;
    case 'FAILED':
      return `failed${why}`;
    case 'DONE':
    case 'CANCELLED':
      return state.toLowerCase();
    default:
      return state satisfies never;
  }
}

const print = (line: string) => void process.stdout.write(`${oneLine(line)}\n`);
