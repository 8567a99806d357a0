/** Addresses of pictures and films that hold for some hours and that nobody can make up. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaUrls } from '../../resolvers/context.js';
import { FabulaError } from '../../schema/errors.js';
import { mediaUrls } from './media-urls.js';

/** Makes addresses, and tells those that it made. */
export interface MediaLinks {
  readonly urls: MediaUrls;
  /**
   * Throws LINK_INVALID unless this address was made here, LINK_EXPIRED once it is over. Gives the seconds that it
   * still holds; undefined where addresses hold for ever.
   */
  check(path: string, query: Readonly<Record<string, unknown>>): number | undefined;
}

/** For a server that only this machine reaches. */
export const plainLinks: MediaLinks = { urls: mediaUrls, check: () => undefined };

/** A link holds for one to two of these, so that a browser may keep what it got by one: six hours. */
const spanS = 6 * 3600;

/** Links signed with HMAC-SHA256 over their path and their end. `now` gives milliseconds since 1970. */
export function signedLinks(key: string, now: () => number = Date.now): MediaLinks {
  const signatureOf = (path: string, expires: string) =>
    createHmac('sha256', key).update(`${expires}\n${path}`).digest('base64url');
  const sign = (path: string) => {
    const expires = String((Math.floor(now() / 1000 / spanS) + 2) * spanS);
    return `${path}?expires=${expires}&signature=${signatureOf(path, expires)}`;
  };
  return {
    urls: { picture: (id) => sign(mediaUrls.picture(id)), film: (id) => sign(mediaUrls.film(id)) },
    check(path, { expires, signature }) {
      if (typeof expires !== 'string' || typeof signature !== 'string') throw invalid();
      const given = Buffer.from(signature);
      const made = Buffer.from(signatureOf(path, expires));
      if (given.length !== made.length || !timingSafeEqual(given, made)) throw invalid();
      const leftS = Number(expires) - Math.floor(now() / 1000);
      if (leftS > 0) return leftS;
      throw new FabulaError('LINK_EXPIRED', 'This address is over.', 'Ask the API for a new one.');
    },
  };
}

const invalid = () =>
  new FabulaError('LINK_INVALID', 'This address was not made by this server.', 'Ask the API for one.');

/** The key that links are signed with: made once, kept in FABULA_HOME, readable by its owner only. */
export async function keptSigningKey(home: string): Promise<string> {
  const file = join(home, 'signing-key');
  const kept = () => readFile(file, 'utf8').catch(absent);
  const known = await kept();
  if (known) return known;
  await mkdir(home, { recursive: true });
  const temporary = `${file}.${randomBytes(8).toString('hex')}.part`;
  await writeFile(temporary, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  // Two servers that start at once agree on the one that came first.
  await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(temporary);
  return readFile(file, 'utf8');
}

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};
