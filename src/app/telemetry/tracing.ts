/**
 * Traces, as the rest of Fabula makes them: spans inside spans, handed on by hand. (Node could carry them along by
 * itself, through every promise; that costs each GraphQL request an eighth more, traced or not.) `otlp.ts` sends them
 * by OpenTelemetry; without it nothing is made.
 */
import { codeOf } from './error-code.js';

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** `server`: somebody's request. `worker`: a job that somebody asked for. `inside`: a part of either. */
export type SpanKind = 'server' | 'worker' | 'inside';

export interface Span {
  child(name: string, attributes?: Attributes): Span;
  rename(name: string): void;
  note(attributes: Attributes): void;
  /** `code`: that of the error it ended with. */
  end(code?: string): void;
  /** Names the span to others (W3C Trace Context); absent where nothing is traced. */
  readonly traceParent?: string;
}

export interface Tracer {
  /** A span of its own, or inside the one that a `traceparent` of elsewhere names. */
  start(name: string, kind: SpanKind, attributes: Attributes, traceParent?: string): Span;
  /** Sends what is left. */
  close(): Promise<void>;
}

export const noSpan: Span = { child: () => noSpan, rename: () => {}, note: () => {}, end: () => {} };

export const noTracer: Tracer = { start: () => noSpan, close: async () => {} };

/** Does something inside a span. */
export async function within<Value>(span: Span, work: () => Promise<Value>): Promise<Value> {
  try {
    const value = await work();
    span.end();
    return value;
  } catch (error) {
    span.end(codeOf(error));
    throw error;
  }
}
