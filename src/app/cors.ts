/** Lets pages of listed origins use the API (WHATWG Fetch, CORS); browsers keep all other pages out. */
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** How long a browser may remember the answer to its question, in seconds. */
const rememberedS = 600;

export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    if (origins.length > 0) response.vary('Origin');
    const isAllowed = origin !== undefined && origins.includes(origin);
    if (isAllowed) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader(
        'Access-Control-Expose-Headers',
        'Content-Range, Accept-Ranges, ETag, Retry-After, WWW-Authenticate, X-Request-Id',
      );
    }
    const isQuestion =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined && origin;
    if (!isQuestion) return next();
    if (isAllowed) {
      response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST');
      response.setHeader(
        'Access-Control-Allow-Headers',
        'Authorization, Content-Type, Apollo-Require-Preflight, Range, If-Range, X-Request-Id, Traceparent',
      );
      response.setHeader('Access-Control-Max-Age', String(rememberedS));
    }
    response.status(204).end();
  };
}

/**
 * Whether no page elsewhere sends this. Browsers let any page open a WebSocket to any server, or post a form there, and
 * say which page it was.
 */
export function isFromHere({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
