/**
 * Films that users send: each under its content's hash, in a media root of its own. What users call them never becomes
 * a path, and what is no film, too large, or breaks off leaves nothing behind.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { FabulaError, foreseenError } from '../../../schema/errors.js';
import type { ProbeFinding } from '../../findings.js';
import { removeLeftovers, temporaryPath } from '../../write-whole.js';
import { tooLarge } from '../remote/fetch-film.js';
import { endingOf, filmEndings } from './film-containers.js';

/** Name of the media root in which uploaded films lie. */
export const uploadsRoot = 'uploaded';

export interface UploadLimits {
  /** Of one film. */
  readonly mostBytes: number;
  /** Of all that lie here. */
  readonly heldBytes: number;
  /** Endings of the containers that are taken (`filmEndings`). */
  readonly types: readonly string[];
}

export interface UploadedFilm {
  readonly root: string;
  /** Inside the root: the content's hash, and the ending of what the content is. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  /** Whether it was here before. */
  readonly known: boolean;
}

export interface Uploads {
  readonly limits: UploadLimits;
  /**
   * Takes a film as it comes, never more of it in memory than one chunk. MEDIA_TOO_LARGE, MEDIA_EMPTY, DISK_FULL,
   * MEDIA_TYPE_REFUSED, and as `probe`; what `film` or the signal throws.
   */
  take(
    film: AsyncIterable<Uint8Array>,
    options: { readonly signal: AbortSignal; readonly declaredBytes?: number | undefined },
  ): Promise<UploadedFilm>;
  delete(sha256: string): Promise<void>;
}

export interface UploadSettings extends UploadLimits {
  readonly folder: string;
  /** Looks at a file's content, as at every user's film. */
  readonly probe: (file: string, signal: AbortSignal) => Promise<ProbeFinding>;
}

/** Where uploaded films lie when they are whole: the media root. */
export const uploadedFilms = (folder: string): string => join(folder, 'films');

export function openUploads(settings: UploadSettings): Uploads {
  const { folder, probe, mostBytes, heldBytes, types } = settings;
  const films = uploadedFilms(folder);
  // Beside the root, so that nobody can ask for half a film.
  const parts = join(folder, 'parts');

  /** Writes all of it, and says what it was. */
  async function receive(part: string, film: AsyncIterable<Uint8Array>, declaredBytes: number | undefined) {
    const others = (await bytesIn(films)) + (await bytesIn(parts));
    const checkRoom = async (bytes: number, more: number) => {
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      if (others + bytes > heldBytes) throw noMoreHeld(heldBytes);
      if (more > (await roomIn(parts))) throw new FabulaError('DISK_FULL', noRoom, 'Free some space.');
    };
    await checkRoom(declaredBytes ?? 0, declaredBytes ?? 0);
    await using file = await open(part, 'wx');
    const hash = createHash('sha256');
    let bytes = 0;
    let lookedAt = 0;
    for await (const chunk of film) {
      bytes += chunk.length;
      if (bytes - lookedAt > lookEveryBytes || bytes > mostBytes || others + bytes > heldBytes) {
        await checkRoom(bytes, chunk.length);
        lookedAt = bytes;
      }
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    if (bytes === 0) throw new FabulaError('MEDIA_EMPTY', 'The film has no bytes.', 'Send it as the request’s body.');
    await file.sync();
    return { bytes, sha256: hash.digest('hex') };
  }

  return {
    limits: { mostBytes, heldBytes, types },

    async take(film, { signal, declaredBytes }) {
      const part = temporaryPath('upload', parts);
      try {
        await mkdir(films, { recursive: true });
        await mkdir(parts, { recursive: true });
        await removeLeftovers(parts);
        const { bytes, sha256 } = await receive(part, film, declaredBytes);
        const { container, durationMs, video } = await probe(part, signal);
        const ending = endingOf(container);
        if (ending === undefined || !types.includes(ending)) throw typeRefused(types);
        signal.throwIfAborted();
        const path = `${sha256}.${ending}`;
        const known = await putUnlessThere(part, join(films, path), bytes);
        const { width, height } = video;
        return { root: uploadsRoot, path, sha256, bytes, durationMs, width, height, known };
      } catch (error) {
        signal.throwIfAborted();
        throw foreseenError(error) ?? error;
      } finally {
        await rm(part, { force: true });
      }
    },

    async delete(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return;
      for (const ending of filmEndings) await rm(join(films, `${sha256}.${ending}`), { force: true });
    },
  };
}

/** How often it is asked whether there is still room. */
const lookEveryBytes = 64 * 2 ** 20;

/** What is left to the graph and the pictures: half a gigabyte, or a twentieth of a small disk. In bytes. */
const mostReserve = 500e6;

async function roomIn(folder: string): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return bavail * bsize - Math.min(mostReserve, (blocks * bsize) / 20);
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  // One may go while they are counted.
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

/** Names it, and says whether there was such a film: then that one stays, so that what was asked about it holds. */
async function putUnlessThere(part: string, path: string, bytes: number): Promise<boolean> {
  const there = await lstat(path).catch(() => undefined);
  if (there?.isFile() && there.size === bytes) return true;
  // What else has that name (a link, half a file) is put away; nothing is written through it.
  if (there) await rename(part, path);
  else await link(part, path).catch(() => rename(part, path));
  return false;
}

const noRoom = 'There is no room for the film on this disk.';

const noMoreHeld = (heldBytes: number) =>
  new FabulaError(
    'DISK_FULL',
    `All uploaded films together would have more than ${(heldBytes / 1e9).toFixed(1)} GB.`,
    'Delete episodes whose films were uploaded, or raise FABULA_UPLOADS_GB.',
  );

const typeRefused = (types: readonly string[]) =>
  new FabulaError('MEDIA_TYPE_REFUSED', `Films are taken as ${types.join(', ')} only.`, 'FABULA_UPLOAD_TYPES says so.');
