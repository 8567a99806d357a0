import type { Database } from 'better-sqlite3';
import type { IdentityEmbedding } from '../../schema/identity-embedding.js';
import type { Narrative } from '../../schema/narrative.js';

/**
 * Face vectors lie in a table of their own: most of a narrative's bytes, changed by no edit, needed by few. Everywhere
 * else an IdentityEmbedding's vector is empty.
 */
export type Vectors = Readonly<Record<string, Float64Array>>;

export function takeVectors(narrative: Narrative): { readonly narrative: Narrative; readonly vectors: Vectors } {
  if (narrative.embeddings.length === 0) return { narrative, vectors: {} };
  const vectors = Object.fromEntries(narrative.embeddings.map(({ id, vector }) => [id, Float64Array.from(vector)]));
  return { narrative: { ...narrative, embeddings: narrative.embeddings.map(withoutVector) }, vectors };
}

const withoutVector = (embedding: IdentityEmbedding): IdentityEmbedding => ({ ...embedding, vector: [] });

export function vectorReads(db: Database) {
  const ofEpisode = db.prepare<[number], { id: string; vector: Buffer }>(
    'SELECT id, vector FROM face_vector WHERE episode = ?',
  );
  /** The vectors of an episode's embeddings. */
  return function vectorsOf(episode: number): ReadonlyMap<string, readonly number[]> {
    return new Map(
      ofEpisode.all(episode).map(({ id, vector }) => {
        const copy = new Uint8Array(vector);
        return [id, [...new Float64Array(copy.buffer)]];
      }),
    );
  };
}

export function vectorWriter(db: Database) {
  const removeAll = db.prepare('DELETE FROM face_vector WHERE episode = ?');
  const insert = db.prepare('INSERT INTO face_vector VALUES (?, ?, ?)');
  /** Makes an episode's vectors these; must run inside the write transaction. */
  return function writeVectors(episode: number, vectors: Vectors): void {
    removeAll.run(episode);
    for (const [id, vector] of Object.entries(vectors))
      insert.run(episode, id, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  };
}

/** An embedding's JSON with its vector in it again. */
export function withVector(body: string, vectors: ReadonlyMap<string, readonly number[]>): string {
  const embedding = JSON.parse(body) as IdentityEmbedding;
  return JSON.stringify({ ...embedding, vector: vectors.get(embedding.id) ?? [] });
}
