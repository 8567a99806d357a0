/** Where a request goes, and from where it comes. */
import type { IncomingMessage } from 'node:http';

/** The path alone, as it was sent; also of requests that name the server, too, as proxies are sent them. */
export const pathOf = ({ url = '/' }: IncomingMessage): string =>
  /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] || '/';

/** The query string with its question mark, or nothing. */
export const searchOf = ({ url = '' }: IncomingMessage): string => /\?[^#]*/.exec(url)?.[0] ?? '';

/** The host’s name as the client wrote it, without the port. */
export const hostOf = ({ headers }: IncomingMessage): string =>
  (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address of whoever sent a request, where so many proxies in front are believed: each has added to
 * `X-Forwarded-For` whom it heard, and what is written before that anybody may have made up.
 */
export const behindProxies =
  (trustedProxies: number): AddressOf =>
  ({ socket, headers }) => {
    const last = socket.remoteAddress ?? '';
    if (trustedProxies === 0) return last;
    const told = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '');
    return told.at(-trustedProxies) ?? told[0] ?? last;
  };
