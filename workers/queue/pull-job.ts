import { createHash } from 'node:crypto';
import type { AskedJob } from '../../graph/store.js';
import { type ModelSource, modelNamed } from '../models/pull.js';
import type { PullModelRequest } from './queue.js';

/** Normalised input of a PULL_MODEL job. */
export interface PullModelInput {
  /** Name of a listed model. */
  readonly model: string;
}

/** Normalises a request for a model. Its key covers the files, so that a model's next version is another job. NOT_FOUND. */
export function pullJob(
  { model: name }: PullModelRequest,
  source: ModelSource = {},
): AskedJob & { readonly job: 'PULL_MODEL'; readonly input: PullModelInput & Record<string, unknown> } {
  const hashes = modelNamed(name, source.models).files.map(({ sha256 }) => sha256);
  const key = createHash('sha256')
    .update(JSON.stringify(['PULL_MODEL', name, hashes]))
    .digest('hex');
  return { job: 'PULL_MODEL', key, input: { model: name } };
}
