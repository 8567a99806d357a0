import type { Workshop } from '../../workers/analyze.js';
import type { Config } from './config.js';
import { Keeper } from './keeper.js';
import { type Log, openLog } from './log.js';
import { openWorkshop } from './open.js';
import { openTracer } from './telemetry/open-tracer.js';
import type { Tracer } from './telemetry/tracing.js';

/** Where a command has jobs done: the workshop, and whoever tells of what is done there. Must be closed. */
export interface Workplace {
  readonly workshop: Workshop;
  readonly log: Log;
  readonly tracer: Tracer;
  close(): Promise<void>;
}

/** Errors as `openStore`. */
export async function openWorkplace(config: Config): Promise<Workplace> {
  const log = openLog(config);
  const opened = new Keeper();
  try {
    const tracer = opened.keep(await openTracer(config.tracing, log));
    const workshop = opened.keep(await openWorkshop(config, log));
    return { workshop, log, tracer, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
