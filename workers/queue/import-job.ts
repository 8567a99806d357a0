import { createHash } from 'node:crypto';
import type { AskedJob } from '../../graph/store.js';
import { FabulaError } from '../../schema/errors.js';
import { formatNamed, formatsVersion } from '../../src/formats/formats.js';
import { type LocatedMedia, locateMedia, type MediaLocation, type MediaRoots } from '../media/roots.js';
import { fingerprint, titleOf } from './analyze-job.js';
import type { ImportRequest } from './queue.js';

/** Normalised input of an IMPORT job: the script itself, or its name, which means the same on every machine. */
export interface ImportInput {
  readonly text?: string;
  readonly script?: MediaLocation;
  /** Name of the format; default: told by content. */
  readonly format?: string;
  readonly title?: string;
  readonly series?: string;
}

/** Longest script that is sent along, in characters: 600 pages of Fountain. Longer ones lie in a media root. */
export const longestText = 1_000_000;

/**
 * Normalises a request for an import. Its key covers the input, what the formats make of it, and a file's size and
 * modification time, so that asking again is the same job until the file changes.
 */
export async function importJob(
  roots: MediaRoots,
  { title: asked, series: of, ...request }: ImportRequest,
): Promise<AskedJob & { readonly job: 'IMPORT'; readonly input: ImportInput & Record<string, unknown> }> {
  const title = titleOf(asked, 'title');
  const series = titleOf(of, 'series');
  const { located, ...script } = await scriptInput(roots, request);
  const input = { ...script, ...(title !== undefined && { title }), ...(series !== undefined && { series }) };
  const key = createHash('sha256')
    .update(JSON.stringify(['IMPORT', input, located && (await fingerprint(located)), formatsVersion]))
    .digest('hex');
  return { job: 'IMPORT', key, input };
}

/** Which script is meant, normalised, and where it lies on this machine if it is a file. */
export async function scriptInput(
  roots: MediaRoots,
  { text, path, root, format }: Pick<ImportRequest, 'text' | 'path' | 'root' | 'format'>,
): Promise<Pick<ImportInput, 'text' | 'script' | 'format'> & { readonly located?: LocatedMedia }> {
  if ((text === undefined) === (path === undefined))
    throw new FabulaError('INVALID_INPUT', 'A script is given either as text or by its path in a media root.');
  if (text !== undefined && text.length > longestText)
    throw new FabulaError(
      'INVALID_INPUT',
      `A script sent as text has at most ${longestText} characters.`,
      'Put the file into a media root and give its path.',
    );
  const script = path === undefined ? undefined : await locateMedia(roots, { path, root });
  return {
    ...(text !== undefined && { text }),
    ...(script && { script: { root: script.root, path: script.path }, located: script }),
    ...(format !== undefined && { format: formatNamed(format, 'read').name }),
  };
}
