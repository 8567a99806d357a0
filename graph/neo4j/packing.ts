import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Narrative } from '../../schema/narrative.js';
import type { Vectors } from '../vectors.js';

/** Bytes as the driver takes and gives them. */
export type Bytes = Int8Array;

export const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Bytes =>
  new Int8Array(buffer, byteOffset, byteLength);

const unpacked = ({ buffer, byteOffset, byteLength }: Bytes): Buffer =>
  inflateRawSync(new Uint8Array(buffer, byteOffset, byteLength));

export const packed = (bytes: Uint8Array): Bytes => bytesOf(deflateRawSync(bytes, { level: 1 }));

export const narrativeIn = (packed: Bytes): Narrative => JSON.parse(unpacked(packed).toString()) as Narrative;

/** Face vectors of an episode: their embeddings' ids, how many numbers each has, and all numbers one after the other. */
export interface PackedVectors {
  readonly vectorIds: readonly string[];
  readonly vectorLengths: readonly number[];
  readonly vectors: Bytes;
}

export function packVectors(vectors: Vectors): PackedVectors {
  const numbers = Object.values(vectors).map((vector) =>
    Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
  );
  return {
    vectorIds: Object.keys(vectors),
    vectorLengths: Object.values(vectors).map(({ length }) => length),
    vectors: bytesOf(deflateRawSync(Buffer.concat(numbers), { level: 1 })),
  };
}

export function unpackVectors({ vectorIds, vectorLengths, vectors }: PackedVectors): Vectors {
  const bytes = Uint8Array.from(unpacked(vectors));
  const numbers = new Float64Array(bytes.buffer);
  let at = 0;
  return Object.fromEntries(
    vectorIds.map((id, n) => {
      const vector = numbers.subarray(at, at + (vectorLengths[n] ?? 0));
      at += vector.length;
      return [id, vector];
    }),
  );
}

/** A narrative with its vectors in it again. */
export function withVectors(narrative: Narrative, packed: PackedVectors): Narrative {
  if (narrative.embeddings.length === 0) return narrative;
  const vectors = unpackVectors(packed);
  return {
    ...narrative,
    embeddings: narrative.embeddings.map((one) => ({ ...one, vector: [...(vectors[one.id] ?? [])] })),
  };
}
