import type { Log } from '../log.js';
import { noTracer, type Tracer } from './tracing.js';
import type { TracingSettings } from './tracing-settings.js';

/** What traces go to; where nobody asks for them, nothing is loaded and nothing made. */
export const openTracer = async (settings: TracingSettings | undefined, log: Log): Promise<Tracer> =>
  settings ? (await import('./otlp.js')).openOtlpTracer(settings, log) : noTracer;
