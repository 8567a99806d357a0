import { cellTraits, contrast, describeCells } from './cells.js';
import { watchFront } from './front.js';
import { unlitDistance } from './light.js';
import { emptyMixture, measureMixture } from './mixture.js';
import { coarseDistance, coarseSamples, type Sample } from './sample.js';
import type { SampleWindow } from './sample-window.js';
import { structureLikeness, toneLikeness } from './structure.js';

/** A stretch in which one picture turns into another without a cut. */
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
  /** 0…1: how far samples disagree about the share in a dissolve; what a front leaves unexplained in a wipe. */
  readonly unexplained: number;
  /** Contrast half way over that of a mixture of both pictures; 1 for a wipe. */
  readonly contrast: number;
}

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
/** So much of the picture must change. */
const leastInformative = 0.2;
const mostUnmixed = 0.5;
/** One picture that moves has up to √2 times the contrast of a mixture of two such. */
const mostContrast = 1.12;
const clearContrast = 0.95;
const leastOfMixed = 30;
const mostUnexplainedOfMixed = 0.21;
/** The stretch must hold this share of its length of each picture, standing. */
const leastSettled = 0.05;
const shortestMs = { DISSOLVE: 300, WIPE: 240 } as const;
/** At how many moments of a stretch the share of the new picture is measured, for where it starts and ends. */
const extentSteps = 24;
const frontSteps = 24;
/** A wipe must change so many levels, more than the picture does anyhow, … */
const leastOfWipe = 30;
const leastElevationOfWipe = 1.1;
/** … and so clearly along a front, 0…1. */
const leastFront = 0.66;
/** Beyond this many times the picture's own pace, elevation makes nothing surer. */
const clearElevation = 2.5;
const leastElevation = 1.9;
const leastElevationUnlit = 1;

const [early, middle, late] = [emptyMixture(), emptyMixture(), emptyMixture()] as const;

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

interface Stretch {
  readonly window: SampleWindow;
  /** Numbers of its first, middle and last frames. */
  readonly from: number;
  readonly frame: number;
  readonly to: number;
  readonly difference: number;
  readonly elevation: number;
  readonly tone: number;
}

/** The stretch as a dissolve: its middle is a mixture of its ends, and the share of the new one rises. */
function asDissolve({ window, from, frame, to, difference, elevation, tone }: Stretch): GradualWeights | undefined {
  const first = window.at(from);
  const last = window.at(to);
  const { atMs, coarse } = window.at(frame);
  measureMixture(coarse, first.coarse, last.coarse, middle);
  if (middle.informative < leastInformative || middle.unmixed > mostUnmixed) return undefined;
  if (middle.share < 0.2 || middle.share > 0.8) return undefined;
  measureMixture(window.at(window.nearest((first.atMs + atMs) / 2)).coarse, first.coarse, last.coarse, early);
  measureMixture(window.at(window.nearest((atMs + last.atMs) / 2)).coarse, first.coarse, last.coarse, late);
  if (early.share >= middle.share || middle.share >= late.share) return undefined;
  const unexplained = Math.max(early.unmixed, middle.unmixed, late.unmixed);
  // Light that comes or goes is a mixture too, of a picture and a brighter one; without it they must still differ.
  if (unlitDistance(first.coarse, last.coarse) * elevation < leastElevationUnlit * difference) return undefined;
  const contrast = contrastOverMixture(window.at(frame), first, last, middle.share);
  if (contrast > mostContrast) return undefined;
  const figures = { transition: 'DISSOLVE', difference, elevation, unexplained, contrast } as const;
  const isClear = elevation >= leastElevation && doubtOf(figures) <= mostDoubt(difference);
  // Two quite different pictures, well mixed: no motion does that, however fast the pictures themselves move.
  const isMixed =
    difference > leastOfMixed && unexplained < mostUnexplainedOfMixed && contrast < clearContrast && tone < 0.4;
  return isClear || isMixed ? { ...figures, ...dissolveExtent(window, from, to) } : undefined;
}

const mixed = new Uint8Array(coarseSamples);
const mixedCells = new Float32Array(cellTraits);

/**
 * Contrast within the cells of a picture, over what it would be if the picture were the mixture of two others: unlike
 * pictures laid over each other take the contrast out of each other, while one that moves, or changes its light, keeps
 * it (Alattar 1993: the variance of a dissolve is a parabola).
 */
function contrastOverMixture(between: Sample, first: Sample, last: Sample, share: number): number {
  for (let at = 0; at < coarseSamples; at++)
    mixed[at] = (1 - share) * (first.coarse[at] as number) + share * (last.coarse[at] as number) + 0.5;
  describeCells(mixed, mixedCells);
  return contrast(between.cells) / (contrast(mixedCells) + 1);
}

/** A small change must be explained better: much that moves looks like a faint dissolve. */
const mostDoubt = (difference: number): number => Math.min(0.25, 0.08 + (difference - 25) * 0.007);

/** What is left unexplained, more of it where the picture moves at nearly that pace anyhow, or keeps its contrast. */
export const doubtOf = ({
  unexplained,
  elevation,
  contrast,
}: Pick<GradualWeights, 'unexplained' | 'elevation' | 'contrast'>): number =>
  unexplained * Math.max(1, clearElevation / elevation) * Math.max(1, contrast / clearContrast) ** 4;

/** The stretch as a wipe: its places turn from the old picture to the new one in the order of a moving front. */
function asWipe({ window, from, to, difference, elevation }: Stretch): GradualWeights | undefined {
  if (difference < leastOfWipe || elevation < leastElevationOfWipe) return undefined;
  const { atMs } = window.at(from);
  const wholeMs = window.at(to).atMs - atMs;
  const steps = Math.min(frontSteps, to - from);
  const moments: Float32Array[] = [];
  for (let step = 0; step <= steps; step++)
    moments.push(window.at(window.nearest(atMs + (step * wholeMs) / steps)).cells);
  const front = watchFront(moments);
  if (!front || front.clarity * front.order < leastFront) return undefined;
  const at = (share: number) => Math.round(atMs + share * wholeMs);
  return {
    ...{ transition: 'WIPE', difference, elevation, unexplained: 1 - front.clarity * front.order, contrast: 1 },
    ...{ startMs: at(front.start), atMs: at(front.middle), endMs: at(front.end) },
  };
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

type Extent = Pick<GradualWeights, 'startMs' | 'atMs' | 'endMs'>;

/** Where the share of the new picture leaves 0, passes one half and reaches 1. */
function dissolveExtent(window: SampleWindow, from: number, to: number): Extent {
  let start = from;
  let half = to;
  let end = to;
  const step = Math.max(1, Math.floor((to - from) / extentSteps));
  for (let number = to; number >= from; number -= step) {
    measureMixture(window.at(number).coarse, window.at(from).coarse, window.at(to).coarse, middle);
    if (middle.share >= 0.5) half = number;
    if (middle.share > 0.95) end = number;
    if (middle.share >= 0.05) start = number;
  }
  return { startMs: window.at(start).atMs, atMs: window.at(half).atMs, endMs: window.at(end).atMs };
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
