import type { IdentityEmbedding } from '../schema/identity-embedding.js';
import type { Narrative } from '../schema/narrative.js';

/**
 * Face vectors lie apart: most of a narrative's bytes, changed by no edit, needed by few. Everywhere
 * else an IdentityEmbedding's vector is empty.
 */
export type Vectors = Readonly<Record<string, Float64Array>>;

export function takeVectors(narrative: Narrative): { readonly narrative: Narrative; readonly vectors: Vectors } {
  if (narrative.embeddings.length === 0) return { narrative, vectors: {} };
  const vectors = Object.fromEntries(narrative.embeddings.map(({ id, vector }) => [id, Float64Array.from(vector)]));
  return { narrative: { ...narrative, embeddings: narrative.embeddings.map(withoutVector) }, vectors };
}

const withoutVector = (embedding: IdentityEmbedding): IdentityEmbedding => ({ ...embedding, vector: [] });
