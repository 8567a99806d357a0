import { once } from 'node:events';
import type { Job } from '../../../schema/job.js';
import { workerId } from '../../../workers/bench.js';
import { shownRedisUrl } from '../../../workers/queue/redis.js';
import { readConfig } from '../config.js';
import { openLog } from '../log.js';
import { benchOver, openCarrier, openWorkshop } from '../open.js';
import { oneLine } from '../report-error.js';

export interface WorkerOptions {
  readonly concurrency: number;
}

/** Takes jobs over Redis, or (without REDIS_URL) from the store, until it is interrupted; then hands back its own. */
export async function work({ concurrency }: WorkerOptions, signal: AbortSignal): Promise<void> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  const carrier = await openCarrier(config, log);
  try {
    const workshop = await openWorkshop(config, log);
    try {
      const source = config.redisUrl === undefined ? config.home : shownRedisUrl(config.redisUrl);
      const names = [...(await workshop.roots()).keys()];
      const roots = names.length > 0 ? `media roots: ${names.join(', ')}` : 'no media roots yet';
      const worker = carrier.startWorker(benchOver(workshop, carrier, say), concurrency);
      print(`Worker ${workerId} takes jobs from ${source}, ${concurrency} at a time; ${roots}. Stop it with Ctrl-C.`);
      if (!signal.aborted) await once(signal, 'abort');
      await worker.close();
    } finally {
      await workshop.close();
    }
  } finally {
    await carrier.close();
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
