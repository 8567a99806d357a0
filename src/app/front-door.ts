/**
 * What every request goes through, whatever it asks for. On node:http alone: Express gives requests and responses
 * another prototype, and whatever touches them afterwards is slower by far.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { allowOrigins } from './cors.js';
import { answerError } from './http-errors.js';
import { refuseForeignNames } from './listen.js';
import type { Log } from './log.js';
import { type BodyTimes, inDueTime } from './request-body.js';

export interface FrontDoorOptions {
  readonly log: Log;
  /** Sees each request first, so that those are told of, too, that are refused. */
  readonly watch: (request: IncomingMessage, response: ServerResponse) => void;
  readonly bodyTimes: BodyTimes;
  /** Films come in times of their own. */
  readonly isFilm: (request: IncomingMessage) => boolean;
  /** Whether other machines are served. */
  readonly isControlled: boolean;
  /** Origins whose pages may ask. */
  readonly origins: readonly string[];
}

/** Hands on to `inside` what is not answered at the door; what that rejects with is answered here. */
export function frontDoor(
  { log, watch, bodyTimes, isFilm, isControlled, origins }: FrontDoorOptions,
  inside: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): RequestListener {
  const enter = (request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    watch(request, response);
    inDueTime(request, response, isFilm(request) ? { ...bodyTimes, bodyMs: undefined } : bodyTimes);
    if (!isControlled) refuseForeignNames(request);
    if (allowOrigins(origins, request, response) === 'answered') return;
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // A signed address is a key; it is told to nobody.
    response.setHeader('Referrer-Policy', 'no-referrer');
    return inside(request, response);
  };
  return async (request, response) => {
    try {
      await enter(request, response);
    } catch (error) {
      answerError(log, error, request, response);
    }
  };
}
