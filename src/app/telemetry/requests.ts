/** One line of the log, one measurement and one span for each HTTP request, under an id that its client is told. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../log.js';
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

/** Watches requests; comes first, so that those are told of, too, that others refuse. */
export function watchRequests(log: Log, meter: Meter, tracer: Tracer): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { method, path } = request;
    const id = requestIdFrom(request.headers['x-request-id']) ?? randomUUID();
    response.setHeader('X-Request-Id', id);
    const route = routeOf(path);
    const attributes = { 'http.request.method': method, 'http.route': route, 'fabula.request.id': id };
    const start = askedByMachines.has(route) ? noTracer.start : tracer.start;
    const span = start(`${method} ${route}`, 'server', attributes, traceParentIn(request.headers));
    let own: Log | undefined;
    let noted: Readonly<Record<string, unknown>> = {};
    response.locals[watched] = {
      id,
      span,
      get log() {
        own ??= log.child({ request: id, ...traceIn(span) });
        return own;
      },
      note(fields) {
        noted = { ...noted, ...fields };
      },
    } satisfies WatchedRequest;
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
        ...{ seconds: Number(seconds.toFixed(4)), client: request.ip, ...noted, ...(isLost && { lost: true }) },
      };
      log[level](said, 'A request was answered.');
    });
    next();
  };
}

/** The request that this answers, where it is watched. */
export const requestOf = (response: Response): WatchedRequest | undefined => response.locals[watched];

const watched = 'fabula.watched';

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
