import { emptyMixture, measureMixture } from './mixture.js';
import { coarseDistance } from './sample.js';
import type { SampleWindow } from './sample-window.js';
import { structureLikeness, unexplainedByShift } from './structure.js';

/** A stretch in which one picture seems to turn into another without a cut. */
export interface GradualWeights {
  readonly transition: 'DISSOLVE' | 'WIPE';
  readonly startMs: number;
  /** Where half of the new picture is there. */
  readonly atMs: number;
  readonly endMs: number;
  /** Difference of the pictures at its ends: mean absolute, summed over Y, Cb and Cr. */
  readonly difference: number;
  /** That difference over what the picture changes by just before or after. */
  readonly elevation: number;
  /** The largest part of the pictures within that the transition does not explain. */
  readonly unexplained: number;
  /** Share of the stretch in which the old, and the new, picture stands before and after; the smaller one. */
  readonly settled: number;
  /** What a moving camera leaves unexplained of the change, 0…1. */
  readonly unshifted: number;
}

/** Half the stretches that are tried around each moment. */
const halfSpansMs = [200, 350, 600, 1000, 1400] as const;
/** Moments are tried this far apart. */
export const gradualStepMs = 75;
/** The picture's own pace is taken from this much before and after the stretch. */
const flankMs = 600;
/** How far around a moment frames must be at hand. */
export const gradualReachMs = halfSpansMs[halfSpansMs.length - 1] as number;
export const gradualFlankMs = flankMs;

const leastDifference = 20;
const mostLikeness = 0.5;
const clearElevation = 2.5;
const leastSettled = 0.05;
const leastUnshifted = 0.7;

const [early, middle, late] = [emptyMixture(), emptyMixture(), emptyMixture()] as const;

/**
 * Weighs a gradual transition around the frame of this number. `isCutBetween(from, to)` says whether a hard cut lies
 * after frame `from` and not after frame `to`. Yields what looks like a transition at all; `isGradual` judges.
 */
export function* weighGradual(
  window: SampleWindow,
  frame: number,
  isCutBetween: (from: number, to: number) => boolean,
): Generator<GradualWeights> {
  const { atMs } = window.at(frame);
  for (const halfMs of halfSpansMs) {
    const from = window.nearest(atMs - halfMs);
    const to = window.nearest(atMs + halfMs);
    const first = window.at(from);
    const last = window.at(to);
    // At the film's ends a stretch is cut short; it must still be nearly whole.
    if (to - from < 4 || last.atMs - first.atMs < 1.6 * halfMs) continue;
    if (isCutBetween(from, to)) return;
    const difference = coarseDistance(first.coarse, last.coarse);
    if (difference < leastDifference) continue;
    if (structureLikeness(first.picture, last.picture) > mostLikeness) continue;
    const quarter = window.at(window.nearest((first.atMs + atMs) / 2));
    const threeQuarters = window.at(window.nearest((atMs + last.atMs) / 2));
    measureMixture(quarter.coarse, first.coarse, last.coarse, early);
    measureMixture(window.at(frame).coarse, first.coarse, last.coarse, middle);
    measureMixture(threeQuarters.coarse, first.coarse, last.coarse, late);
    const unmixed = Math.max(early.unmixed, middle.unmixed, late.unmixed);
    const unreplaced = Math.max(early.unreplaced, middle.unreplaced, late.unreplaced);
    const isRising = early.share < middle.share && middle.share < late.share;
    const mixes = isRising && middle.share > 0.2 && middle.share < 0.8 && unmixed < 0.6;
    const replaces =
      middle.replaced - early.replaced > 0.1 && late.replaced - middle.replaced > 0.1 && unreplaced < 0.3;
    if (!mixes && !replaces) continue;
    const transition = mixes && (!replaces || unmixed < unreplaced) ? 'DISSOLVE' : 'WIPE';
    const elevation = difference / Math.max(4, paceAround(window, from, to, halfMs, isCutBetween));
    const where = extent(window, from, to, transition);
    yield {
      transition,
      ...where,
      settled: Math.min(where.startMs - first.atMs, last.atMs - where.endMs) / (last.atMs - first.atMs),
      difference,
      elevation,
      unexplained: transition === 'WIPE' ? unreplaced : unmixed,
      unshifted: unexplainedByShift(quarter.picture, threeQuarters.picture),
    };
  }
}

/** Whether the transition explains the change well enough, in a stretch that holds the whole of it. */
export function isGradual(weights: GradualWeights): boolean {
  const { transition, startMs, atMs, endMs, settled, unshifted } = weights;
  if (startMs >= atMs || atMs >= endMs || settled < leastSettled || unshifted < leastUnshifted) return false;
  return doubtOf(weights) < mostDoubt(transition, weights.difference);
}

/** What is left unexplained, more of it where the picture moves at nearly that pace anyhow. */
export const doubtOf = ({ unexplained, elevation }: GradualWeights): number =>
  unexplained * Math.max(1, clearElevation / elevation);

/** A small change must be explained better: much that moves looks like a faint dissolve. */
function mostDoubt(transition: GradualWeights['transition'], difference: number): number {
  if (transition === 'WIPE') return difference < 45 ? 0 : 0.3;
  return Math.min(0.45, 0.25 + ((difference - 25) * 0.2) / 15);
}

/** Change over up to half the stretch's length, before and after it; the larger one. */
function paceAround(
  window: SampleWindow,
  from: number,
  to: number,
  halfMs: number,
  isCutBetween: (from: number, to: number) => boolean,
): number {
  const reachMs = Math.min(halfMs, flankMs);
  let before = window.nearest(window.at(from).atMs - reachMs);
  let after = window.nearest(window.at(to).atMs + reachMs);
  while (before < from && isCutBetween(before, from)) before++;
  while (after > to && isCutBetween(to, after)) after--;
  return Math.max(
    coarseDistance(window.at(before).coarse, window.at(from).coarse),
    coarseDistance(window.at(to).coarse, window.at(after).coarse),
  );
}

/** Where the share of the new picture leaves 0, passes one half and reaches 1. */
function extent(
  window: SampleWindow,
  from: number,
  to: number,
  transition: GradualWeights['transition'],
): Pick<GradualWeights, 'startMs' | 'atMs' | 'endMs'> {
  const mixture = emptyMixture();
  let start = from;
  let half = to;
  let end = to;
  for (let number = to; number >= from; number--) {
    measureMixture(window.at(number).coarse, window.at(from).coarse, window.at(to).coarse, mixture);
    const share = transition === 'WIPE' ? mixture.replaced : mixture.share;
    if (share >= 0.5) half = number;
    if (share > 0.95) end = number;
    if (share >= 0.05) start = number;
  }
  return { startMs: window.at(start).atMs, atMs: window.at(half).atMs, endMs: window.at(end).atMs };
}
