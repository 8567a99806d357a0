import { asDissolve } from './dissolve.js';
import { coarseDistance } from './sample.js';
import type { SampleWindow } from './sample-window.js';
import type { GradualWeights } from './stretch.js';
import { structureLikeness, toneLikeness } from './structure.js';
import { asWipe } from './wipe.js';

/** Half the stretches that are tried around each moment. */
const halfSpansMs = [200, 350, 600, 1000, 1400] as const;
/** Moments are tried this far apart. */
export const gradualStepMs = 75;
/** How far around a moment frames must be at hand. */
export const gradualReachMs = 1400;
/** A picture that comes back within this time of the stretch was only disturbed, by light or by something passing. */
export const gradualFlankMs = 1200;
const comeBackStepMs = 100;
/** It is the same if it is this near by the difference across the stretch; or nearly so, and lit alike. */
const sureShare = 0.2;
const sameShare = 0.35;
const sameTone = 0.3;
/** The picture's own pace is taken from at most this much before and after the stretch. */
const paceMs = 600;
const stillLevels = 4;

const leastDifference = 20;
/** Pictures drawn, or lit, more alike than this are one picture that changed. */
const mostLikeness = 0.5;
const mostTone = 0.61;
/** The stretch must hold this share of its length of each picture, standing. */
const leastSettled = 0.05;
const shortestMs = { DISSOLVE: 300, WIPE: 240 } as const;
/**
 * Finds the gradual transitions that the pictures around the frame of this number speak for. The cheap questions come
 * first, and most moments fail at the first. `isCutBetween(from, to)` says whether a hard cut lies after frame `from`
 * and not after frame `to`.
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
    const tone = toneLikeness(first.coarse, last.coarse);
    if (tone > mostTone || structureLikeness(first.picture, last.picture) > mostLikeness) continue;
    const elevation = difference / Math.max(stillLevels, paceAround(window, from, to, halfMs, isCutBetween));
    const stretch = { window, from, frame, to, difference, elevation, tone };
    const isIn = (found: GradualWeights | undefined): found is GradualWeights =>
      found !== undefined && isWhole(found, first.atMs, last.atMs);
    let found = asDissolve(stretch);
    if (!isIn(found)) found = asWipe(stretch);
    if (isIn(found) && !comesBack(window, from, to, difference)) yield found;
  }
}

/** Change over up to half the stretch's length, before and after it; the larger one. */
function paceAround(
  window: SampleWindow,
  from: number,
  to: number,
  halfMs: number,
  isCutBetween: (from: number, to: number) => boolean,
): number {
  const reachMs = Math.min(halfMs, paceMs);
  const fromMs = window.at(from).atMs;
  const toMs = window.at(to).atMs;
  // Two moments on each side, because a flash may light one of them.
  const pace = (sideMs: (reach: number) => number, edge: number, step: -1 | 1) =>
    Math.min(
      ...[reachMs, 0.7 * reachMs].map((reach) => {
        let number = window.nearest(sideMs(reach));
        while (number !== edge && isCutBetween(Math.min(number, edge), Math.max(number, edge))) number -= step;
        return coarseDistance(window.at(number).coarse, window.at(edge).coarse) * (reachMs / reach);
      }),
    );
  return Math.max(
    pace((reach) => fromMs - reach, from, -1),
    pace((reach) => toMs + reach, to, 1),
  );
}

/** The transition has a middle, lasts, and the stretch holds the whole of it with a little of both pictures around. */
function isWhole({ transition, startMs, atMs, endMs }: GradualWeights, fromMs: number, toMs: number): boolean {
  const settled = Math.min(startMs - fromMs, toMs - endMs) / (toMs - fromMs);
  return startMs < atMs && atMs < endMs && endMs - startMs >= shortestMs[transition] && settled >= leastSettled;
}

/** Whether the old picture is seen again soon after the stretch, or the new one was seen shortly before. */
function comesBack(window: SampleWindow, from: number, to: number, difference: number): boolean {
  const isNear = (one: number, other: number) => {
    const [picture, otherPicture] = [window.at(one).coarse, window.at(other).coarse];
    const distance = coarseDistance(picture, otherPicture) / difference;
    return distance < sureShare || (distance < sameShare && toneLikeness(picture, otherPicture) > sameTone);
  };
  const fromMs = window.at(from).atMs;
  const toMs = window.at(to).atMs;
  for (let awayMs = comeBackStepMs; awayMs <= gradualFlankMs; awayMs += comeBackStepMs)
    if (isNear(from, window.nearest(toMs + awayMs)) || isNear(to, window.nearest(fromMs - awayMs))) return true;
  return false;
}
