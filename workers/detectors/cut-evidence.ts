/** What speaks for and against a new scene at each cut, in figures. */
import type { CuesFinding, FoundShot, ShotLook, SoundFinding } from '../findings.js';
import { colourLikeness, setupLikeness, visibleLooks } from './shot-likeness.js';

export interface CutEvidence {
  readonly atMs: number;
  readonly transition: FoundShot['transition'];
  /** How much more alike the shots on either side are among themselves than across the cut; about −.5…1. */
  readonly contrast: number;
  /** Strongest likeness of camera setups across the cut, 0…1: near 1 where a setup returns (A B A B). */
  readonly link: number;
  /** Length of the line that is being said while the cut happens; 0 for none. */
  readonly spanningLineMs: number;
  /** Difference of mean loudness before and after, in dB; 0 without sound. */
  readonly loudnessStepDb: number;
}

/** Standard deviation of the Gaussian by which shots count less the farther from the cut they are. */
const taperMs = 8_000;
const reachMs = 2 * taperMs;
/** A setup that returns after more than this does not tie what lies between. */
const memoryMs = 30_000;
/** A line must reach this far over a cut on both sides; subtitles linger and shots are found a frame off. */
const linePaddingMs = 300;
const loudnessReach = 5;

/** Evidence at the start of every shot but the first. */
export function weighCuts(
  shots: readonly FoundShot[],
  cues: CuesFinding['cues'],
  sound: Pick<SoundFinding, 'loudness'>,
): CutEvidence[] {
  const looks = shots.map(visibleLooks);
  const likeness = remembered((a, b) => colourLikeness(looks[a] ?? [], looks[b] ?? []));
  return shots.slice(1).map((shot, before) => {
    const at = before + 1;
    return {
      atMs: shot.startMs,
      transition: shot.transition,
      contrast: contrastAt(shots, looks, at, likeness),
      link: linkAcross(shots, looks, at),
      spanningLineMs: Math.max(
        0,
        ...cues
          .filter(
            ({ startMs, endMs }) => startMs + linePaddingMs <= shot.startMs && shot.startMs <= endMs - linePaddingMs,
          )
          .map(({ startMs, endMs }) => endMs - startMs),
      ),
      loudnessStepDb: sound.loudness ? loudnessStep(sound.loudness, shot.startMs) : 0,
    };
  });
}

/**
 * Foote's (2000) checkerboard kernel on the likeness of shots: mean likeness within both sides minus that across.
 * Weights are seconds under a Gaussian, so a long shot is alike to itself and a flurry of short ones is not.
 */
function contrastAt(
  shots: readonly FoundShot[],
  looks: readonly (readonly ShotLook[])[],
  at: number,
  likeness: (a: number, b: number) => number,
): number {
  const cutMs = shots[at]?.startMs ?? 0;
  const sides = [sideOf(shots, looks, cutMs, at - 1, -1), sideOf(shots, looks, cutMs, at, 1)] as const;
  const [left, right] = sides;
  if (left.length === 0 || right.length === 0) return 0;
  const within = (meanLikeness(left, left, likeness) + meanLikeness(right, right, likeness)) / 2;
  return within - meanLikeness(left, right, likeness);
}

interface Weighted {
  readonly shot: number;
  readonly weight: number;
}

/** The shots on one side of a cut with the weight of their seconds. */
function sideOf(
  shots: readonly FoundShot[],
  looks: readonly (readonly ShotLook[])[],
  cutMs: number,
  from: number,
  step: -1 | 1,
): Weighted[] {
  const side: Weighted[] = [];
  for (let index = from; ; index += step) {
    const shot = shots[index];
    if (!shot) return side;
    const near = step === 1 ? shot.startMs - cutMs : cutMs - shot.endMs;
    const far = Math.min(step === 1 ? shot.endMs - cutMs : cutMs - shot.startMs, reachMs);
    if (near >= reachMs) return side;
    const middle = (near + far) / 2;
    const weight = (far - near) * Math.exp(-0.5 * (middle / taperMs) ** 2);
    if ((looks[index]?.length ?? 0) > 0) side.push({ shot: index, weight });
  }
}

function meanLikeness(
  a: readonly Weighted[],
  b: readonly Weighted[],
  likeness: (a: number, b: number) => number,
): number {
  let sum = 0;
  let weights = 0;
  for (const x of a)
    for (const y of b) {
      sum += x.weight * y.weight * likeness(x.shot, y.shot);
      weights += x.weight * y.weight;
    }
  return sum / weights;
}

/** The strongest camera setup that is seen on both sides within the memory; consecutive shots count as well. */
function linkAcross(shots: readonly FoundShot[], looks: readonly (readonly ShotLook[])[], at: number): number {
  let link = 0;
  for (let left = at - 1; left >= 0; left--) {
    const leftEnd = shots[left]?.endMs ?? 0;
    if ((shots[at]?.startMs ?? 0) - leftEnd > memoryMs) break;
    for (let right = at; right < shots.length; right++) {
      if ((shots[right]?.startMs ?? 0) - leftEnd > memoryMs) break;
      link = Math.max(link, setupLikeness(looks[left] ?? [], looks[right] ?? []));
    }
  }
  return link;
}

function loudnessStep({ values, stepMs }: NonNullable<SoundFinding['loudness']>, atMs: number): number {
  const at = Math.round(atMs / stepMs);
  const before = values.slice(Math.max(0, at - loudnessReach), at);
  const after = values.slice(at, at + loudnessReach);
  return before.length > 0 && after.length > 0 ? Math.abs(mean(after) - mean(before)) : 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Likeness is asked for the same pair at many cuts. */
function remembered(likeness: (a: number, b: number) => number): (a: number, b: number) => number {
  const known = new Map<string, number>();
  return (a, b) => {
    if (a === b) return 1;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const value = known.get(key) ?? likeness(a, b);
    known.set(key, value);
    return value;
  };
}
