/** How alike two persons' faces are. */
import type { Face } from './members.js';

/** When faces make two persons one character. */
export interface LinkPolicy {
  /** Greatest cosine distance (0…2; of the bundled model) at which two persons may be one. */
  readonly maxDistance: number;
  /** How much nearer the best must be than the second best. */
  readonly margin: number;
  /** Fewest readings that each of the two must have. */
  readonly fewestReadings: number;
}

/**
 * Ours. Bundled face vectors of one man lie .05 to .15 apart across the shots of a film, those of two bearded men under
 * one light .17 to .25 (bench/identity): what links episodes for good must be surer than what links faces within one.
 */
export const defaultPolicy: LinkPolicy = { maxDistance: 0.13, margin: 0.03, fewestReadings: 2 };

/** SFace keeps people apart from .637 on, as its makers say: .45 there is as sure as .13 with the bundled model. */
const scaleOf = (model: string): number => (model.startsWith('sface') ? 0.13 / 0.45 : 1);

export interface Likeness {
  /** Median, over one person's readings, of the distance to the nearest reading of the other. */
  readonly distance: number;
  /** The appearance of the other that is nearest of all. */
  readonly appearanceId: string;
}

/** A person's readings, ready to be compared. */
export interface ReadFace {
  readonly appearanceId: string;
  readonly model: string;
  readonly vector: Int8Array;
  readonly length: number;
}

export function readFaces(faces: readonly Face[]): ReadFace[] {
  return faces.map(({ appearanceId, model, vector }) => {
    const numbers = new Int8Array(Buffer.from(vector, 'base64'));
    return { appearanceId, model, vector: numbers, length: Math.sqrt(dot(numbers, numbers)) };
  });
}

/** How alike two are; undefined where either has too few readings of one model. */
export function likenessOf(
  faces: readonly ReadFace[],
  others: readonly ReadFace[],
  { fewestReadings }: LinkPolicy,
): Likeness | undefined {
  const nearest = faces.flatMap((face) => {
    const comparable = others.filter(
      (other) => other.model === face.model && other.vector.length === face.vector.length,
    );
    if (comparable.length < fewestReadings) return [];
    const [first, ...rest] = comparable.map((other) => ({
      appearanceId: other.appearanceId,
      distance: scaleOf(face.model) * (1 - dot(face.vector, other.vector) / (face.length * other.length || 1)),
    }));
    return first ? [rest.reduce((best, next) => (next.distance < best.distance ? next : best), first)] : [];
  });
  const ranked = nearest.toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  const median = ranked[Math.floor(ranked.length / 2)];
  if (ranked.length < fewestReadings || !best || !median) return undefined;
  return { distance: median.distance, appearanceId: best.appearanceId };
}

function dot(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n] ?? 0) * (b[n] ?? 0);
  return sum;
}
