import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { AskedJob } from '../../graph/store.js';
import { FabulaError } from '../../schema/errors.js';
import { type LocatedMedia, locateMedia, type MediaLocation, type MediaRoots } from '../media/roots.js';
import type { AnalyzeRequest } from './queue.js';

/** Normalised input of an ANALYZE job: names that mean the same on every machine that has the roots. */
export interface AnalyzeInput {
  readonly media: MediaLocation;
  readonly subtitles?: MediaLocation;
  readonly title?: string;
  readonly series?: string;
}

/** Longest title of an episode or a series, in characters. */
const longestTitle = 500;

/**
 * Normalises a request for an analysis. Its key covers the input, the pipeline's version, and each file's size and
 * modification time, so that asking again is the same job until a file changes.
 */
export async function analyzeJob(
  roots: MediaRoots,
  request: AnalyzeRequest,
  pipelineVersion: string,
): Promise<AskedJob & { readonly job: 'ANALYZE'; readonly input: AnalyzeInput & Record<string, unknown> }> {
  const film = await locateMedia(roots, request);
  const subtitles =
    request.subtitles === undefined
      ? undefined
      : await locateMedia(roots, { path: request.subtitles, root: request.root });
  const title = titleOf(request.title, 'title');
  const series = titleOf(request.series, 'series');
  const input = {
    media: { root: film.root, path: film.path },
    ...(subtitles && { subtitles: { root: subtitles.root, path: subtitles.path } }),
    ...(title !== undefined && { title }),
    ...(series !== undefined && { series }),
  };
  const files = await Promise.all([film, ...(subtitles ? [subtitles] : [])].map(fingerprint));
  const key = createHash('sha256')
    .update(JSON.stringify(['ANALYZE', input, files, pipelineVersion]))
    .digest('hex');
  return { job: 'ANALYZE', key, input };
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
