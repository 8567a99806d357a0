/**
 * Subscriptions, over WebSocket (graphql-ws, at /graphql) and server-sent events (graphql-sse, at /graphql/stream).
 * Nothing else is answered there: queries and mutations go over HTTP, with its limits.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler, Response } from 'express';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Caller } from '../../resolvers/access.js';
import { FabulaError, foreseenError } from '../../schema/errors.js';
import { type Access, authorizationIn } from './access.js';
import { isFromHere } from './cors.js';
import { whenOver } from './expiry.js';
import { type Admitted, admit, callerOf } from './gate.js';
import { formatErrors } from './graphql-errors.js';
import type { Log } from './log.js';
import type { Rates } from './rates.js';
import type { AddressOf } from './request-address.js';
import { type Asked, refusal, type SubscriptionApi, subscriptionIn } from './subscription-request.js';
import { type Meter, noMeter } from './telemetry/meter.js';

export const subscriptionLimits = {
  /** WebSockets and event streams, each. */
  connections: 200,
  /** Over one WebSocket. */
  subscriptions: 20,
  /** Of a message, in bytes. */
  messageBytes: 64 * 1024,
} as const;

/** Who is at the other end of a WebSocket. */
type Guest = { admitted: Admitted; forget?: () => void };

export interface SubscriptionOptions {
  readonly access: Access;
  readonly rates: Rates;
  readonly log: Log;
  readonly clientOf: AddressOf;
  /** Whether a request is meant for this server: its `Host`, where that matters. */
  readonly isForHere: (request: IncomingMessage) => boolean;
  /** Of other servers; pages of this one may always connect. */
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly meter?: Meter;
}

/**
 * Answers upgrades of `http` for as long as it is open; `stream` is to be mounted at /graphql/stream, behind the gate.
 * Over WebSocket, `authorization` among the connection's parameters stands for the header of that name. Both end with
 * the token: sockets with 4403 (UNAUTHENTICATED), streams with that code in a last event.
 */
export function openSubscriptions(
  http: Server,
  api: SubscriptionApi,
  { access, rates, log, clientOf, isForHere, isAllowedOrigin, meter = noMeter }: SubscriptionOptions,
): { readonly stream: RequestHandler; close(): Promise<void> } {
  const format = formatErrors(() => log);
  const shown = (error: Error): GraphQLError => {
    const plain = error instanceof GraphQLError ? error.toJSON() : { message: error.message };
    const { message, path, extensions } = format(plain, error);
    return new GraphQLError(message, { extensions, path });
  };
  const formatted = (errors: readonly GraphQLError[]) => errors.map(shown);
  const cleaned = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: formatted(result.errors) } : result;
  const prepare = (asked: Asked, caller: Caller, check = () => {}) => {
    try {
      check();
      return subscriptionIn(api, asked, caller);
    } catch (error) {
      if (error instanceof GraphQLError || error instanceof FabulaError) return [shown(error)];
      throw error;
    }
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: subscriptionLimits.messageBytes });
  sockets.on('connection', (socket) => {
    meter.listeners('websocket', 1);
    socket.once('close', () => meter.listeners('websocket', -1));
  });
  const overSockets = useServer<Record<string, unknown> | undefined, Guest>(
    {
      async onConnect({ connectionParams, extra }) {
        try {
          const admitted = await admit(access, rates, clientOf(extra.request), authorizationIn(connectionParams));
          extra.admitted = admitted;
          extra.forget = whenOver(admitted.caller, () => extra.socket.close(CloseCode.Forbidden, tokenIsOver.code));
          return true;
        } catch (error) {
          if (!foreseenError(error)) throw error;
          return false;
        }
      },
      onSubscribe({ subscriptions, extra }, _id, payload) {
        if (Object.keys(subscriptions).length > subscriptionLimits.subscriptions)
          return [refusal('TOO_MANY_SUBSCRIPTIONS', `One connection has at most ${subscriptionLimits.subscriptions}.`)];
        // Nobody gets here before onConnect has let them in.
        const { admitted } = extra;
        if (!admitted) return [refusal('UNAUTHENTICATED', 'Who is asking?')];
        return prepare(payload, admitted.caller, () => rates.take(admitted.client));
      },
      onClose: ({ extra }) => extra.forget?.(),
      onError: (_context, _id, _payload, errors) => formatted(errors).map((error) => error.toJSON()),
      onNext: (_context, _id, _payload, _arguments, result) => cleaned(result as ExecutionResult),
    },
    sockets,
  );
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Not as a URL: what strangers send need not be one, and nothing catches what is thrown here.
    const [path] = (request.url ?? '/').split('?');
    if (path !== '/graphql') return refuse(socket, '404 Not Found');
    if (!isForHere(request) || !(isFromHere(request) || isAllowedOrigin(request.headers.origin ?? '')))
      return refuse(socket, '403 Forbidden');
    if (sockets.clients.size >= subscriptionLimits.connections) return refuse(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  };
  http.on('upgrade', upgrade);

  const streams = new Set<{ end(): void }>();
  const overEvents = createHandler({
    // No stream is kept for several subscriptions: each has its own.
    authenticate: () => null,
    onSubscribe({ context }, asked) {
      const prepared = prepare(asked, callerOf(context.res));
      return Array.isArray(prepared)
        ? { data: null, errors: prepared }
        : (prepared as ExecutionArgs & { contextValue: undefined });
    },
    onOperation: (_context, _request, _arguments, result) => (isResult(result) ? cleaned(result) : undefined),
    onNext: (_context, _request, result) => cleaned(result as ExecutionResult),
  });
  const stream: RequestHandler = async (request, response, next) => {
    if (streams.size >= subscriptionLimits.connections) {
      response.status(503).json({ errors: [refusal('TOO_MANY_SUBSCRIPTIONS', 'The server has no more streams.')] });
      return;
    }
    streams.add(response);
    meter.listeners('events', 1);
    const forget = whenOver(callerOf(response), () => endStream(response));
    response.once('close', () => {
      streams.delete(response);
      meter.listeners('events', -1);
      forget();
    });
    // Proxies that gather what passes would hold each event back.
    response.setHeader('X-Accel-Buffering', 'no');
    await overEvents(request, response).catch(next);
  };
  return {
    stream,
    async close() {
      http.off('upgrade', upgrade);
      await overSockets.dispose();
      for (const open of streams) open.end();
    },
  };
}

const tokenIsOver = { code: 'UNAUTHENTICATED', message: 'The token has expired.' };

/** Says why, as the last event, and ends the stream. */
function endStream(response: Response): void {
  const last = { errors: [refusal(tokenIsOver.code, tokenIsOver.message)] };
  if (response.headersSent) response.write(`event: next\ndata: ${JSON.stringify(last)}\n\nevent: complete\ndata:\n\n`);
  else response.status(401).json(last);
  response.end();
}

const isResult = (result: object): result is ExecutionResult => !(Symbol.asyncIterator in result);

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
