/** Films on other servers, fetched when a job needs them and kept here as long as there is room. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { underLock } from '../../models/pull-lock.js';
import { writeWhole } from '../../write-whole.js';
import { type FetchOptions, fetchFilm, removePart, type Version } from './fetch-film.js';
import { type HeldFilm, openFilmShelf } from './film-shelf.js';
import { checkHost, type Door, guardedGet } from './guarded-get.js';
import { parseRemoteAddress, type RemoteAddress, urlOf } from './remote-address.js';

export interface RemoteFilms {
  /** Reads an address, and asks nobody. INVALID_INPUT, MEDIA_HOST_REFUSED. */
  read(text: string): RemoteAddress;
  /**
   * A word that is another one once the film there is; absent where its server says nothing of the kind, or nothing.
   * MEDIA_HOST_REFUSED, MEDIA_ADDRESS_REFUSED.
   */
  versionOf(address: RemoteAddress): Promise<string | undefined>;
  /**
   * The film, fetched unless it is here, for as long as it is held. Errors as `fetchFilm`, `sniff`, and CANCELLED;
   * DOWNLOAD_FAILED also when it takes too long.
   */
  hold(
    address: RemoteAddress,
    run: { readonly signal: AbortSignal; readonly onProgress?: (share: number) => void },
  ): Promise<HeldFilm>;
  /** Absolute path here of the film of this content; undefined where it is not, or not any more. */
  find(sha256: string): Promise<string | undefined>;
  delete(sha256: string): Promise<void>;
}

export interface RemoteLimits {
  /** Of one film. */
  readonly mostBytes: number;
  /** Of all films that are kept. */
  readonly keptBytes: number;
  /** How long it may take to fetch one. */
  readonly longestMs: number;
}

export interface RemoteSettings extends RemoteLimits, Pick<FetchOptions, 'backOffMs' | 'silentMs'> {
  readonly folder: string;
  readonly door: Door;
  /** Refuses a file that is no film, by its content: what the server calls it counts for nothing. */
  readonly sniff: (file: string, signal: AbortSignal) => Promise<unknown>;
}

/** What is known of an address since its film was fetched. */
interface Seen {
  readonly sha256: string;
  readonly version: Version;
}

/** How long the server of a film may take to say which version it has, in milliseconds. */
const versionMs = 5_000;

export function openRemoteFilms(settings: RemoteSettings): RemoteFilms {
  const { folder, door, sniff, longestMs, keptBytes } = settings;
  const mostBytes = Math.min(settings.mostBytes, keptBytes);
  const shelf = openFilmShelf(folder, keptBytes);

  return {
    find: shelf.find,
    delete: shelf.delete,

    read(text) {
      const address = parseRemoteAddress(text);
      checkHost(door.hosts, urlOf(address));
      return address;
    },

    async versionOf(address) {
      try {
        const signal = AbortSignal.timeout(versionMs);
        // Not HEAD: an address that is signed is signed for GET.
        const response = await guardedGet(door, urlOf(address), { headers: { range: 'bytes=0-0' }, signal });
        response.destroy();
        const { etag, 'last-modified': date, 'content-range': range, 'content-length': length } = response.headers;
        const { statusCode = 0 } = response;
        if (statusCode !== 200 && statusCode !== 206) return undefined;
        return shortHash([etag, date, range?.split('/')[1] ?? length]);
      } catch (error) {
        // That it cannot be had now is for the job to find out.
        if (error instanceof FabulaError) throw error;
        return undefined;
      }
    },

    async hold(address, { signal, onProgress }) {
      const url = urlOf(address);
      const name = shortHash(url.href);
      const part = join(shelf.partsFolder, name);
      const seenFile = join(folder, 'seen', `${name}.json`);
      const time = AbortSignal.timeout(longestMs);
      const both = AbortSignal.any([signal, time]);
      const fetched = async (): Promise<HeldFilm> => {
        const seen = await readSeen(seenFile);
        const known = seen && (await shelf.find(seen.sha256)) ? seen.version : undefined;
        const found = await fetchFilm(url, part, { ...settings, mostBytes, signal: both, known, onProgress });
        const sha256 = found === 'same' ? seen?.sha256 : found.sha256;
        if (found !== 'same') {
          try {
            await sniff(part, both);
            await shelf.put(part, found.sha256);
            await writeWhole(seenFile, JSON.stringify({ sha256: found.sha256, version: found.version } satisfies Seen));
          } finally {
            await removePart(part);
          }
        }
        // Somebody may have made room meanwhile.
        return (sha256 !== undefined ? await shelf.hold(sha256) : undefined) ?? fetched();
      };
      try {
        await mkdir(shelf.partsFolder, { recursive: true });
        return await underLock(`${part}.lock`, { signal: both }, fetched);
      } catch (error) {
        if (signal.aborted) throw new FabulaError('CANCELLED', 'The work was cancelled.');
        if (!time.aborted) throw error;
        throw new FabulaError(
          'DOWNLOAD_FAILED',
          `The film cannot be fetched from ${url.host}: it takes longer than ${Math.round(longestMs / 60_000)} minutes.`,
          'What is here of it is kept: try again, or raise FABULA_MEDIA_MINUTES.',
        );
      }
    },
  };
}

const shortHash = (of: unknown) => createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 32);

async function readSeen(file: string): Promise<Seen | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Seen;
  } catch {
    return undefined;
  }
}
