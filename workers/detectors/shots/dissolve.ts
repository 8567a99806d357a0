import { cellTraits, contrast, describeCells } from './cells.js';
import { unlitDistance } from './light.js';
import { emptyMixture, measureMixture } from './mixture.js';
import { coarseSamples, type Sample } from './sample.js';
import type { SampleWindow } from './sample-window.js';
import type { GradualWeights, Stretch } from './stretch.js';

/** So much of the picture must change. */
const leastInformative = 0.2;
const mostUnmixed = 0.5;
/** One picture that moves has up to √2 times the contrast of a mixture of two such. */
const mostContrast = 1.12;
const clearContrast = 0.95;
const leastOfMixed = 30;
const mostUnexplainedOfMixed = 0.21;
/** At how many moments of a stretch the share of the new picture is measured, for where it starts and ends. */
const extentSteps = 24;
/** Beyond this many times the picture's own pace, elevation makes nothing surer. */
const clearElevation = 2.5;
const leastElevation = 1.9;
const leastElevationUnlit = 1;

const [early, middle, late] = [emptyMixture(), emptyMixture(), emptyMixture()] as const;

/** The stretch as a dissolve: its middle is a mixture of its ends, and the share of the new one rises. */
export function asDissolve({
  window,
  from,
  frame,
  to,
  difference,
  elevation,
  tone,
}: Stretch): GradualWeights | undefined {
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
