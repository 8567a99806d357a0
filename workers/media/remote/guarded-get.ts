/**
 * GET from hosts that somebody has allowed, and from nothing else: each step of the way, redirects included, is held to
 * the list of hosts; what a name resolves to must be on the Internet; and the connection goes to the very address that
 * was looked at, so that a name which means another machine a moment later (DNS rebinding) leads nowhere.
 */
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { FabulaError } from '../../../schema/errors.js';
import { isAllowedHost, type MediaHost } from './media-hosts.js';
import { isPublicAddress, isSameAddress } from './public-address.js';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** What may be reached. Tests give their own resolver and rule; no setting does. */
export interface Door {
  readonly hosts: readonly MediaHost[];
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
  readonly isAllowedAddress?: (address: string) => boolean;
  /** Certificates that are trusted besides the system's. */
  readonly ca?: string;
}

export interface GuardedGetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** A connection that is silent for so long is given up. */
  readonly silentMs?: number;
}

/** The other side did not answer as it should; trying again may help. Its message names no address. */
export class Unreachable extends Error {}

const mostRedirects = 5;
const defaultSilentMs = 30_000;

/**
 * The answer to a GET, its body still to be read. MEDIA_HOST_REFUSED, MEDIA_ADDRESS_REFUSED, CANCELLED; throws
 * Unreachable when nobody answers, or who answers sends elsewhere without end.
 */
export async function guardedGet(door: Door, address: URL, options: GuardedGetOptions = {}): Promise<IncomingMessage> {
  let url = address;
  for (let redirects = 0; ; redirects++) {
    checkHost(door.hosts, url);
    const response = await getOnce(door, url, options);
    const { statusCode = 0, headers } = response;
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return response;
    response.destroy();
    if (redirects === mostRedirects) throw new Unreachable('it redirects without end');
    if (!URL.canParse(headers.location, url.href)) throw new Unreachable('it redirects to what is no address');
    const next = new URL(headers.location, url.href);
    if (url.protocol === 'https:' && next.protocol === 'http:')
      throw new Unreachable('it redirects from https to http');
    url = next;
  }
}

/** MEDIA_HOST_REFUSED unless films may be fetched from there, by http(s) and without a password. */
export function checkHost(hosts: readonly MediaHost[], url: URL): void {
  const isPlain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isPlain && isAllowedHost(hosts, url)) return;
  const where = isPlain ? `from ${url.host}` : `by ${url.protocol}//, or with a password`;
  throw new FabulaError(
    'MEDIA_HOST_REFUSED',
    `Films are not fetched ${where}.`,
    'The hosts that films may be fetched from are listed in FABULA_MEDIA_HOSTS.',
  );
}

async function getOnce(door: Door, url: URL, options: GuardedGetOptions): Promise<IncomingMessage> {
  const { headers, signal, silentMs = defaultSilentMs } = options;
  const addresses = await addressesOf(door, url, signal);
  const request: RequestOptions & { ca?: string } = {
    ...urlToHttpOptions(url),
    // A connection of its own: one that was kept, or a proxy, would lead elsewhere.
    agent: false,
    headers: { 'user-agent': 'fabula', 'accept-encoding': 'identity', ...headers },
    lookup: (_hostname, { all }, answer) =>
      all ? answer(null, [...addresses]) : answer(null, addresses[0]?.address ?? '', addresses[0]?.family),
    signal,
    timeout: silentMs,
    ...(door.ca !== undefined && { ca: door.ca }),
  };
  return new Promise((resolve, reject) => {
    const sent = url.protocol === 'https:' ? httpsRequest(request) : httpRequest(request);
    sent.on('timeout', () => sent.destroy(new Error(`it is silent for ${silentMs / 1000} s`)));
    sent.on('response', (response) => {
      const { remoteAddress = '' } = response.socket;
      if (addresses.some(({ address }) => isSameAddress(address, remoteAddress))) return resolve(response);
      response.destroy();
      reject(refused());
    });
    sent.on('error', (error: NodeJS.ErrnoException) =>
      reject(signal?.aborted ? error : new Unreachable(error.code ?? error.message)),
    );
    sent.end();
  });
}

/** Where a name leads, all of it on the Internet. */
async function addressesOf(door: Door, { hostname }: URL, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
  const { resolve = (name) => lookup(name, { all: true }), isAllowedAddress = isPublicAddress } = door;
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(literal);
  const found = family > 0 ? [{ address: literal, family }] : await unlessAborted(resolve(hostname), signal);
  if (found.length === 0) throw new Unreachable('its name leads nowhere');
  if (!found.every(({ address }) => isAllowedAddress(address))) throw refused();
  return found;
}

const refused = () =>
  new FabulaError(
    'MEDIA_ADDRESS_REFUSED',
    'The host’s name leads to a machine that is not on the Internet.',
    'Films on this machine or network are read from media roots: mount them, and name them in FABULA_MEDIA_ROOTS.',
  );

/** The resolver cannot be stopped, but need not be waited for. */
function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    promise
      .then(resolve, (error: NodeJS.ErrnoException) => reject(new Unreachable(error.code ?? 'its name leads nowhere')))
      .finally(() => signal?.removeEventListener('abort', onAbort));
  });
}
