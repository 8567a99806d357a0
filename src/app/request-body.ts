/** Bodies of requests: as streams that can still be answered when they are left, and in due time. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FabulaError } from '../../schema/errors.js';

/**
 * A request's body, chunk by chunk, and no more asked of the client than is used. Unlike `for await (… of request)`,
 * stopping early leaves the connection, so that the client can be told why. TIMED_OUT when it is silent for too long,
 * CANCELLED when it has gone; throws the signal's reason.
 */
export async function* bodyOf(
  request: IncomingMessage,
  { signal, silentMs }: { readonly signal: AbortSignal; readonly silentMs: number },
): AsyncGenerator<Uint8Array> {
  for (;;) {
    signal.throwIfAborted();
    const chunk: Uint8Array | null = request.read();
    if (chunk) yield chunk;
    else if (request.readableEnded) return;
    else if (request.destroyed) throw new FabulaError('CANCELLED', 'The client has gone.');
    else await movement(request, signal, silentMs);
  }
}

/** Until there is something to look at: data, the end, or the client's going. */
function movement(request: IncomingMessage, signal: AbortSignal, silentMs: number): Promise<void> {
  const events = ['readable', 'end', 'close', 'error'] as const;
  return new Promise((resolve, reject) => {
    const done = (how: () => void) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', woken);
      for (const event of events) request.off(event, woken);
      how();
    };
    const woken = done(resolve);
    const seconds = silentMs / 1000;
    const silent = new FabulaError('TIMED_OUT', `Nothing has come for ${seconds} s.`, 'Send it again.');
    const timer = setTimeout(
      done(() => reject(silent)),
      silentMs,
    );
    signal.addEventListener('abort', woken);
    for (const event of events) request.on(event, woken);
  });
}

export interface BodyTimes {
  /** For a body to come; not for films, which take hours. In milliseconds. */
  readonly bodyMs: number;
  /** For a client that was answered while it still sends, to read that. */
  readonly lingerMs: number;
}

/** Cuts off a client that takes too long to send, or sends on when it has been answered. */
export function inDueTime(
  request: IncomingMessage,
  response: ServerResponse,
  { bodyMs, lingerMs }: Omit<BodyTimes, 'bodyMs'> & { readonly bodyMs: number | undefined },
): void {
  const cutOff = () => {
    if (!request.complete) request.destroy();
  };
  let timer = bodyMs === undefined ? undefined : setTimeout(cutOff, bodyMs);
  request.once('close', () => clearTimeout(timer));
  response.once('finish', () => {
    if (request.complete) return;
    clearTimeout(timer);
    timer = setTimeout(cutOff, lingerMs);
    // What still comes is thrown away.
    request.resume();
  });
}
