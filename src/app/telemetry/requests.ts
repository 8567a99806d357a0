/** One line of the log, one measurement and one span for each HTTP request, under an id that its client is told. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../log.js';
import { type AddressOf, pathOf } from '../request-address.js';
import type { Meter } from './meter.js';
import { routeOf } from './route.js';
import { noTracer, type Span, type Tracer } from './tracing.js';

export interface WatchedRequest {
  readonly id: string;
  readonly span: Span;
  /** Lines that name the request. */
  readonly log: Log;
  /** What the request's line is to say besides. */
  note(fields: Readonly<Record<string, unknown>>): void;
}

class Watching implements WatchedRequest {
  readonly id: string;
  readonly span: Span;
  noted: Readonly<Record<string, unknown>> = {};
  readonly #log: Log;
  #own: Log | undefined;

  constructor(id: string, span: Span, log: Log) {
    this.id = id;
    this.span = span;
    this.#log = log;
  }

  get log(): Log {
    this.#own ??= this.#log.child({ request: this.id, ...traceIn(this.span) });
    return this.#own;
  }

  note(fields: Readonly<Record<string, unknown>>): void {
    this.noted = { ...this.noted, ...fields };
  }
}

const watched = new WeakMap<ServerResponse, WatchedRequest>();

/** Watches requests; comes first, so that those are told of, too, that others refuse. */
export const watchRequests =
  (log: Log, meter: Meter, tracer: Tracer, addressOf: AddressOf) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const started = performance.now();
    const { method = '' } = request;
    const path = pathOf(request);
    const id = requestIdFrom(request.headers['x-request-id']) ?? randomUUID();
    response.setHeader('X-Request-Id', id);
    const route = routeOf(path);
    const attributes = { 'http.request.method': method, 'http.route': route, 'fabula.request.id': id };
    const start = askedByMachines.has(route) ? noTracer.start : tracer.start;
    const span = start(`${method} ${route}`, 'server', attributes, traceParentIn(request.headers));
    const own = new Watching(id, span, log);
    watched.set(response, own);
    // When the answer has gone, the socket may have, too.
    const client = addressOf(request);
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const { statusCode: status } = response;
      // Whoever sent it has gone before it was answered.
      const isLost = !response.writableFinished;
      meter.request(route, status, seconds);
      span.note({ 'http.response.status_code': status });
      span.end(status >= 500 ? String(status) : undefined);
      const level = askedByMachines.has(route) ? 'debug' : 'info';
      if (!log.isLevelEnabled(level)) return;
      const said = {
        ...{ request: id, ...traceIn(span), method, path: path.slice(0, longestPath), status },
        ...{ seconds: Number(seconds.toFixed(4)), client, ...own.noted, ...(isLost && { lost: true }) },
      };
      log[level](said, 'A request was answered.');
    });
  };

/** The request that this answers, where it is watched. */
export const requestOf = (response: ServerResponse): WatchedRequest | undefined => watched.get(response);

/** Every few seconds, for ever. */
const askedByMachines: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Without its query, in which addresses of media carry their signature. In characters. */
const longestPath = 200;

/** An id that a proxy or client gave, if it is one word that means nothing to anybody who reads it. */
const requestIdFrom = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : undefined;

const traceParentIn = ({ traceparent }: Readonly<Record<string, string | string[] | undefined>>) =>
  typeof traceparent === 'string' ? traceparent : undefined;

/** The trace's id, so that lines of the log lead to it. */
export const traceIn = ({ traceParent }: Span): { readonly trace?: string } => {
  const trace = traceParent?.split('-')[1];
  return trace === undefined ? {} : { trace };
};
