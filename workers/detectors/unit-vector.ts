/** Vectors of which only the direction counts: embeddings. Pure. */

export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** 0 (one direction) … 2 (opposite) between unit vectors of one model. */
export const cosineDistance = (a: Float32Array, b: Float32Array): number =>
  1 - a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

export const meanOf = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, at) => (value + (b[at] ?? 0)) / 2);
