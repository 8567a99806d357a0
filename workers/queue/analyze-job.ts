import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { AskedJob } from '../../graph/store.js';
import { FabulaError } from '../../schema/errors.js';
import type { RemoteFilms } from '../media/remote/remote-films.js';
import { type LocatedMedia, locateMedia, type MediaLocation, type MediaRoots } from '../media/roots.js';
import type { AnalyzeRequest } from './queue.js';

/** Normalised input of an ANALYZE job: names that mean the same on every machine that has the roots. */
export interface AnalyzeInput {
  readonly media: MediaLocation;
  readonly subtitles?: MediaLocation;
  readonly title?: string;
  readonly series?: string;
  /** For the worker alone: what signs the film's address. Never shown. */
  readonly private?: { readonly query: string };
}

/** Longest title of an episode or a series, in characters. */
const longestTitle = 500;

/** Where films are looked for. */
interface Places {
  readonly roots: () => Promise<MediaRoots>;
  readonly remote: Pick<RemoteFilms, 'read' | 'versionOf'>;
}

/**
 * Normalises a request for an analysis. Its key covers the input, the pipeline's version, and each file's size and
 * modification time (or what its server says of it), so that asking again is the same job until a file changes.
 */
export async function analyzeJob(
  places: Places,
  request: AnalyzeRequest,
  pipelineVersion: string,
): Promise<AskedJob & { readonly job: 'ANALYZE'; readonly input: AnalyzeInput & Record<string, unknown> }> {
  const roots = await places.roots();
  const film = await findFilm(places.remote, roots, request);
  const subtitles =
    request.subtitles === undefined
      ? undefined
      : await locateMedia(roots, { path: request.subtitles, root: request.root });
  const title = titleOf(request.title, 'title');
  const series = titleOf(request.series, 'series');
  const input = {
    media: film.media,
    ...(subtitles && { subtitles: { root: subtitles.root, path: subtitles.path } }),
    ...(title !== undefined && { title }),
    ...(series !== undefined && { series }),
    ...(film.query !== undefined && { private: { query: film.query } }),
  };
  const files = [film.fingerprint, ...(subtitles ? [await fingerprint(subtitles)] : [])];
  const key = createHash('sha256')
    .update(JSON.stringify(['ANALYZE', input, files, pipelineVersion]))
    .digest('hex');
  return { job: 'ANALYZE', key, input };
}

interface FoundFilm {
  readonly media: MediaLocation;
  readonly query?: string | undefined;
  readonly fingerprint: unknown;
}

async function findFilm(
  remote: Places['remote'],
  roots: MediaRoots,
  { path, url, root }: AnalyzeRequest,
): Promise<FoundFilm> {
  if (url === undefined && path !== undefined) {
    const located = await locateMedia(roots, { path, root });
    return { media: { root: located.root, path: located.path }, fingerprint: await fingerprint(located) };
  }
  if (url === undefined || path !== undefined || root !== undefined)
    throw new FabulaError('INVALID_INPUT', 'A film is named by its path, in a media root, or by its url.');
  const address = remote.read(url);
  const media = { root: address.root, path: address.path };
  return { media, query: address.query, fingerprint: await remote.versionOf(address) };
}

/** Tells a file from what stands in its place later. */
export async function fingerprint({ file }: LocatedMedia): Promise<readonly number[]> {
  const { size, mtimeMs } = await stat(file);
  return [size, Math.round(mtimeMs)];
}

/** A title as it is kept; INVALID_INPUT for one that is too long. */
export function titleOf(text: string | undefined, field: string): string | undefined {
  const title = text?.normalize('NFC').trim();
  if (title !== undefined && title.length > longestTitle)
    throw new FabulaError('INVALID_INPUT', `A ${field} has at most ${longestTitle} characters.`);
  return title || undefined;
}
