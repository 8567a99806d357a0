/**
 * How films elsewhere are named. The graph knows such a film as it knows every other, by root and path: the root is the
 * server's origin (`https://cdn.example.org`), which no folder can be called; the path is the address's. What comes
 * after the `?` is often a signature, good for whoever has it: it stays with the job that needs it.
 */
import { FabulaError } from '../../../schema/errors.js';
import type { MediaLocation } from '../roots.js';

export interface RemoteAddress extends MediaLocation {
  /** Without the question mark. */
  readonly query?: string | undefined;
}

/** Longer addresses are no film's. */
const longest = 4096;

/** Whether this is written like an address, not like a file's name. */
export const looksRemote = (text: string): boolean => /^\s*https?:/i.test(text);

/** Whether the film of this name lies on another server. */
export const isRemote = ({ root }: MediaLocation): boolean => /^https?:\/\//.test(root);

/** Reads what a user gave. INVALID_INPUT, which does not repeat it: it may hold a secret. */
export function parseRemoteAddress(text: string): RemoteAddress {
  if (text.length > longest) throw invalid(`has at most ${longest} characters`);
  // What URL would mend or drop (spaces, line breaks, backslashes, one slash for two) is not what was meant.
  if (!/^https?:\/\/[^\s\\\p{Cc}]+$/iu.test(text) || !URL.canParse(text))
    throw invalid('begins with https:// or http://');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw invalid('holds no user and password');
  const path = url.pathname.slice(1);
  if (path === '') throw invalid('names a file on its server');
  return { root: url.origin, path, ...(url.search.length > 1 && { query: url.search.slice(1) }) };
}

/** What is to be asked for. */
export const urlOf = ({ root, path, query }: RemoteAddress): URL =>
  new URL(`${root}/${path}${query === undefined ? '' : `?${query}`}`);

/** The same, to be shown: without what may be secret. */
export const shownAddress = (text: string): string =>
  URL.canParse(text) ? `${new URL(text).origin}${new URL(text).pathname}` : 'this address';

/** The file's name in words, for a title: `a%20film.mp4` → `a film.mp4`. */
export function readablePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const invalid = (what: string) =>
  new FabulaError('INVALID_INPUT', `The address of a film ${what}.`, 'Give one such as https://host/film.mp4.');
