/** Lets pages of listed origins use the API (WHATWG Fetch, CORS); browsers keep all other pages out. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a browser may remember the answer to its question, in seconds. */
const rememberedS = 600;

/** Says in the answer's head whether the page may read it; a browser's question beforehand is answered at once. */
export function allowOrigins(
  origins: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): 'allowed' | 'answered' {
  const { origin } = request.headers;
  if (origins.length > 0) response.setHeader('Vary', 'Origin');
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
  if (!isQuestion) return 'allowed';
  if (isAllowed) {
    response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, Apollo-Require-Preflight, Range, If-Range, X-Request-Id, Traceparent',
    );
    response.setHeader('Access-Control-Max-Age', String(rememberedS));
  }
  response.writeHead(204).end();
  return 'answered';
}

/**
 * Whether no page elsewhere sends this. Browsers let any page open a WebSocket to any server, or post a form there, and
 * say which page it was.
 */
export function isFromHere({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
