import type { Database } from 'better-sqlite3';
import type { IdentityEmbedding } from '../../schema/identity-embedding.js';
import type { Vectors } from '../vectors.js';

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
export function withVector(json: string, vectors: ReadonlyMap<string, readonly number[]>): string {
  const embedding = JSON.parse(json) as IdentityEmbedding;
  return JSON.stringify({ ...embedding, vector: vectors.get(embedding.id) ?? [] });
}
