import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type ErrorCode, FabulaError } from '../../schema/errors.js';
import type { Log } from './log.js';
import { pathOf } from './request-address.js';
import { sendText } from './send-text.js';

/** HTTP status of the errors that a plain HTTP request can meet; all others are 500. */
const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  NOT_FOUND: 404,
  MEDIA_NOT_FOUND: 404,
  MEDIA_NOT_A_FILE: 404,
  MEDIA_OUTSIDE_ROOTS: 404,
  MEDIA_FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  LINK_INVALID: 403,
  LINK_EXPIRED: 403,
  RATE_LIMITED: 429,
  TIMED_OUT: 503,
  CANCELLED: 499,
  INVALID_INPUT: 400,
  MEDIA_TOO_LARGE: 413,
  MEDIA_TYPE_REFUSED: 415,
  MEDIA_EMPTY: 422,
  MEDIA_NOT_VIDEO: 422,
  MEDIA_TRUNCATED: 422,
  MEDIA_NO_PICTURE: 422,
  FFMPEG_FAILED: 422,
  FFMPEG_STALLED: 422,
  DISK_FULL: 507,
  STORE_UNAVAILABLE: 503,
  REMOTE_FAILED: 503,
};

/** What express and its parts throw. */
interface HttpError {
  readonly status?: number;
  readonly type?: string;
}

/** What is wrong with a body, in the words of body-parser. */
export class UnreadableBody extends Error implements HttpError {
  readonly status = 400;
  readonly type: 'entity.parse.failed' | 'request.aborted';

  constructor(type: UnreadableBody['type']) {
    super(type);
    this.type = type;
  }
}

export const notFound: RequestHandler = (_request, _response, next) => {
  next(new FabulaError('NOT_FOUND', 'There is nothing at this address.'));
};

/** Answers in the shape of a GraphQL error, wherever it happened; unknown errors are masked and logged whole. */
export function answerError(log: Log, error: unknown, request: IncomingMessage, response: ServerResponse): void {
  // Half an answer is none.
  if (response.headersSent) return void request.socket.destroy();
  const { status, code, message, hint } = describe(error);
  if (status >= 500) log.error({ err: error, method: request.method, url: pathOf(request) }, 'A request failed.');
  // What was meant for the file must not be kept for the error.
  for (const name of ['ETag', 'Last-Modified', 'Cache-Control']) response.removeHeader(name);
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  sendText(response, JSON.stringify({ errors: [{ message, extensions: { code, ...(hint && { hint }) } }] }));
}

/** The same for what lies behind Express. */
export const answerErrors =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, _next) =>
    answerError(log, error, request, response);

function describe(error: unknown): { status: number; code: string; message: string; hint?: string } {
  if (error instanceof FabulaError)
    return { status: statusOf[error.code] ?? 500, code: error.code, message: error.message, hint: error.hint };
  const { status = 500, type } = (error ?? {}) as HttpError;
  switch (status) {
    case 413:
      return { status, code: 'PAYLOAD_TOO_LARGE', message: 'The request’s body is too large.' };
    case 416:
      return { status, code: 'RANGE_NOT_SATISFIABLE', message: 'The file has no such range.' };
    case 412:
      return { status, code: 'PRECONDITION_FAILED', message: 'The file is another one now.' };
    default:
      if (status >= 400 && status < 500)
        return {
          status,
          code: 'BAD_REQUEST',
          message: type === 'entity.parse.failed' ? 'The body is not JSON.' : 'The request cannot be read.',
        };
      return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong inside Fabula.' };
  }
}
