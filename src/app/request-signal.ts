import type { ServerResponse } from 'node:http';
import { FabulaError } from '../../schema/errors.js';

/** How long one request may take, in milliseconds. */
export const longestRequestMs = 30_000;

/** Aborts when a request has taken too long (TIMED_OUT), or when whoever sent it has gone (CANCELLED). */
export function signalOf(response: ServerResponse, afterMs: number): AbortSignal {
  const request = new AbortController();
  const timer = setTimeout(() => {
    const seconds = afterMs / 1000;
    request.abort(new FabulaError('TIMED_OUT', `This took longer than ${seconds} s.`, 'Ask for less at once.'));
  }, afterMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) request.abort(new FabulaError('CANCELLED', 'The client has gone.'));
  });
  return request.signal;
}
