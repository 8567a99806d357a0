/** What speaks for and against a new scene at each cut, in figures. */
import type { Interval } from '../../../src/narrative/intervals.js';
import type { FoundCue, FoundShot, FoundSignal, SoundFinding } from '../../findings.js';
import { mean } from '../arithmetic.js';
import { compareShots, type Likeness, type ShotComparison } from './shot-likeness.js';

export interface CutEvidence {
  readonly atMs: number;
  readonly transition: FoundShot['transition'];
  /** Whether nothing can be seen of the shot that begins here, or of any before it: black belongs to what it touches. */
  readonly blind: boolean;
  /** Whether nothing could be seen of the shot that ends here: as good as a fade. */
  readonly outOfBlack: boolean;
  /** How much more alike the shots on either side are among themselves than across the cut; about −.5…1. */
  readonly contrast: number;
  /** Largest likeness of two shots across the cut, 0…1: near 1 where a camera setup returns (A B A B). */
  readonly link: number;
  /**
   * How much less the shots at the cut find their colours on the other side than on their own, −1…1: above 0 when none
   * across could be of the same place. Long shots are at home in themselves; those of a montage are so nowhere.
   */
  readonly strangeness: number;
  /** Whether a line or speech goes on over the cut; undefined for a film in which none is known. */
  readonly spoken: boolean | undefined;
  /** Difference of mean loudness in the 5 s before and after, in dB; undefined without sound or so near the film's ends. */
  readonly loudnessStepDb: number | undefined;
}

/** Standard deviation of the Gaussian by which shots count less the farther from the cut they are. */
const taperMs = 5_000;
const reachMs = 2 * taperMs;
/** A setup that returns after more than this does not tie what lies between (Kender & Yeo 1998 call it memory). */
const memoryMs = 30_000;
/** Speech must reach this far over a cut on both sides; subtitles linger, and both ends are a frame or two off. */
const spokenPaddingMs = 300;
const loudnessReachMs = 5_000;

/** Evidence at the start of every shot but the first. */
export function weighCuts(
  shots: readonly FoundShot[],
  cues: readonly FoundCue[],
  sound: Pick<SoundFinding, 'loudness' | 'speech'>,
): CutEvidence[] {
  const comparison = compareShots(shots);
  const speech = [...cues, ...sound.speech];
  const firstVisible = shots.findIndex((_, index) => comparison.isVisible(index));
  return shots.slice(1).map((shot, before) => ({
    atMs: shot.startMs,
    transition: shot.transition,
    blind: before < firstVisible || !comparison.isVisible(before + 1),
    outOfBlack: !comparison.isVisible(before) && comparison.isVisible(before + 1),
    contrast: contrastAt(shots, before + 1, comparison),
    link: mostAcross(shots, before + 1, comparison.setup),
    strangeness: strangenessAt(shots, before + 1, comparison.colours),
    spoken: speech.length === 0 ? undefined : speech.some((line) => goesOnOver(line, shot.startMs)),
    loudnessStepDb: sound.loudness && loudnessStep(sound.loudness, shot.startMs),
  }));
}

const goesOnOver = ({ startMs, endMs }: Interval, atMs: number): boolean =>
  startMs + spokenPaddingMs <= atMs && atMs <= endMs - spokenPaddingMs;

/**
 * Foote's (2000) checkerboard kernel on the likeness of shots: mean likeness of colours within both sides minus that across.
 * Weights are seconds under a Gaussian, so a long shot is alike to itself and a flurry of short ones is not.
 */
function contrastAt(shots: readonly FoundShot[], at: number, { colours, isVisible }: ShotComparison): number {
  const cutMs = shots[at]?.startMs ?? 0;
  const left = sideOf(shots, cutMs, at - 1, -1, isVisible);
  const right = sideOf(shots, cutMs, at, 1, isVisible);
  if (left.length === 0 || right.length === 0) return 0;
  const within = (meanLikeness(left, left, colours) + meanLikeness(right, right, colours)) / 2;
  return within - meanLikeness(left, right, colours);
}

interface Weighted {
  readonly shot: number;
  readonly weight: number;
}

/** The visible shots on one side of a cut with the weight of their seconds. */
function sideOf(
  shots: readonly FoundShot[],
  cutMs: number,
  from: number,
  step: -1 | 1,
  isVisible: ShotComparison['isVisible'],
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
    if (isVisible(index)) side.push({ shot: index, weight });
  }
}

function meanLikeness(a: readonly Weighted[], b: readonly Weighted[], likeness: Likeness): number {
  let sum = 0;
  let weights = 0;
  for (const x of a)
    for (const y of b) {
      sum += x.weight * y.weight * likeness(x.shot, y.shot);
      weights += x.weight * y.weight;
    }
  return sum / weights;
}

/** The largest likeness of two shots on either side that are no farther apart than the memory. */
function mostAcross(shots: readonly FoundShot[], at: number, likeness: Likeness): number {
  const cutMs = shots[at]?.startMs ?? 0;
  let most = 0;
  for (let left = at - 1; left >= 0; left--) {
    const leftEndMs = shots[left]?.endMs ?? 0;
    if (cutMs - leftEndMs > memoryMs) break;
    for (let right = at; right < shots.length; right++) {
      if ((shots[right]?.startMs ?? 0) - leftEndMs > memoryMs) break;
      most = Math.max(most, likeness(left, right));
    }
  }
  return most;
}

function strangenessAt(shots: readonly FoundShot[], at: number, colours: Likeness): number {
  const atHome = [atHomeIn(shots, at - 1, -1, colours), atHomeIn(shots, at, 1, colours)];
  return Math.min(...atHome) - mostAcross(shots, at, colours);
}

/** Largest likeness of colours of a shot and those beyond it within the memory, or how long it stays, 0…1. */
function atHomeIn(shots: readonly FoundShot[], index: number, step: -1 | 1, colours: Likeness): number {
  const shot = shots[index];
  if (!shot) return 0;
  let most = Math.min(1, (shot.endMs - shot.startMs) / taperMs);
  for (let other = index + step; ; other += step) {
    const beyond = shots[other];
    if (!beyond) return most;
    const gapMs = step === 1 ? beyond.startMs - shot.endMs : shot.startMs - beyond.endMs;
    if (gapMs > memoryMs) return most;
    most = Math.max(most, colours(index, other));
  }
}

function loudnessStep({ values, stepMs }: FoundSignal, atMs: number): number | undefined {
  const at = Math.round(atMs / stepMs);
  const reach = Math.ceil(loudnessReachMs / stepMs);
  const before = values.slice(Math.max(0, at - reach), at);
  const after = values.slice(at, at + reach);
  // A film's first and last seconds swell and fade for their own reasons.
  return before.length + after.length === 2 * reach ? Math.abs(mean(after) - mean(before)) : undefined;
}
