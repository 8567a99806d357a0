import { createHash } from 'node:crypto';
import type { AskedJob, Store } from '../../graph/store.js';
import { FabulaError } from '../../schema/errors.js';
import { formatsVersion } from '../../src/formats/formats.js';
import { alignment } from '../../src/narrative/alignment/by-alignment.js';
import type { MediaRoots } from '../media/roots.js';
import { fingerprint } from './analyze-job.js';
import { type ImportInput, scriptInput } from './import-job.js';
import type { AlignRequest } from './queue.js';

/** Normalised input of an ALIGN job. */
export interface AlignInput extends Pick<ImportInput, 'text' | 'script' | 'format'> {
  readonly episodeId: string;
}

/** Normalises a request for aligning a script to a film. NOT_FOUND where there is no such episode. */
export async function alignJob(
  store: Store,
  roots: MediaRoots,
  { episodeId, ...request }: AlignRequest,
): Promise<AskedJob & { readonly job: 'ALIGN'; readonly input: AlignInput & Record<string, unknown> }> {
  if (!(await store.episode(episodeId))) throw new FabulaError('NOT_FOUND', 'There is no such episode.');
  const { located, ...written } = await scriptInput(roots, request);
  const input = { episodeId, ...written };
  const key = createHash('sha256')
    .update(JSON.stringify(['ALIGN', input, located && (await fingerprint(located)), formatsVersion, alignment]))
    .digest('hex');
  return { job: 'ALIGN', key, input, episodeId };
}
