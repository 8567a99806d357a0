import { packEmbedding } from '../../workers/detectors/faces/reading-format.js';
import type { FoundShot } from '../../workers/findings.js';
import type { FaceReading, FaceTrack } from '../../workers/people-findings.js';

/** A repeatable stream of numbers from −1 to 1 (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** Somebody's face as a direction: people whose seeds differ are strangers. */
export const faceOf = (person: number): Float32Array => {
  const next = numbers(person * 7919);
  return Float32Array.from({ length: 64 }, next);
};

/** The same face on another picture: `wander` .2 moves it by about .04 in cosine distance. */
export const seenAgain = (face: Float32Array, wander: number, seed: number): Float32Array => {
  const next = numbers(seed);
  return face.map((value) => value + wander * next());
};

export interface TrackPlan {
  readonly person: number;
  readonly startMs: number;
  readonly endMs?: number;
  readonly shotStartMs?: number;
  readonly x?: number;
  readonly yaw?: number;
  readonly heightPx?: number;
  readonly unsteadiness?: number;
  /** Never blinks, turns or speaks. */
  readonly still?: boolean;
}

/** A track with a reading every half second, each a little different. */
export function track(plan: TrackPlan): FaceTrack {
  const { person, startMs, endMs = startMs + 2000, shotStartMs = startMs, x = 0.4, yaw = 0, heightPx = 120 } = plan;
  const face = faceOf(person);
  const count = Math.max(1, Math.floor((endMs - startMs) / 500));
  const readings = Array.from({ length: count }, (_, index): FaceReading => {
    const sway = plan.still ? 0 : 0.1 * Math.sin(index + startMs);
    return {
      atMs: startMs + index * 500,
      box: { x, y: 0.3, width: 0.1, height: 0.2 },
      points: {
        rightEye: { x: x + 0.03, y: 0.38 },
        leftEye: { x: x + 0.07, y: 0.38 },
        nose: { x: x + 0.05, y: 0.42 },
        mouth: { x: x + 0.05, y: 0.46 },
      },
      score: 0.9,
      angles: { yaw: yaw + sway, pitch: sway / 2, roll: 0 },
      quality: { heightPx, sharpness: 300, lipVisibility: 1 },
      lipAperture: plan.still ? 0.01 : 0.02 + 0.02 * (index % 2),
      expressions: { neutral: 1 },
      female: 0.1,
      age: 30,
      embedding: packEmbedding(seenAgain(face, 0.2, startMs + index)),
      unsteadiness: plan.unsteadiness ?? 0.05,
    };
  });
  return { shotStartMs, startMs, endMs, readings, confidence: 0.95, evidence: [{ startMs, endMs }] };
}

/** Shots that start at these moments and look like nothing. */
export const shotsAt = (...startsMs: readonly number[]): FoundShot[] =>
  startsMs.map((startMs, index) => ({
    startMs,
    endMs: startsMs[index + 1] ?? startMs + 10_000,
    transition: index === 0 ? 'START' : 'CUT',
    looks: [],
    confidence: 1,
    evidence: [],
  }));
