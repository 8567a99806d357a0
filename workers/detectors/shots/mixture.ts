import { coarseSamples } from './sample.js';

/**
 * How a coarse picture lies between two others, told from the samples in which those two differ: each says how far it
 * has come from the one to the other. Medians, not means, because something always moves.
 */
export interface Mixture {
  /** Samples in which the two pictures differ, as a share of all, 0…1. */
  informative: number;
  /** How far most samples have come: 0 is the first picture, 1 the second. */
  share: number;
  /** How far the samples disagree about that: median deviation from the share. Small in a dissolve. */
  unmixed: number;
}

export const emptyMixture = (): Mixture => ({ informative: 0, share: 0, unmixed: 0 });

/** Every third sample is asked: medians need no more, and the stride walks through all columns. */
const stride = 3;
/** Two samples differ if they are more than this many levels apart. */
const differ = 7;
/** Shares are counted in bins of this width, from −1 to 2. */
const binWidth = 0.05;
const lowest = -1;
const bins = 60;
const counts = new Uint16Array(bins);
const deviations = new Uint16Array(bins);

/** Finds how a picture lies between a first and a second one. */
export function measureMixture(between: Uint8Array, first: Uint8Array, second: Uint8Array, into: Mixture): void {
  counts.fill(0);
  let count = 0;
  for (let at = 0; at < coarseSamples; at += stride) {
    const start = first[at] as number;
    const way = (second[at] as number) - start;
    if (way <= differ && way >= -differ) continue;
    count++;
    const bin = Math.floor((((between[at] as number) - start) / way - lowest) / binWidth);
    const kept = bin < 0 ? 0 : bin >= bins ? bins - 1 : bin;
    counts[kept] = (counts[kept] as number) + 1;
  }
  into.informative = (count * stride) / coarseSamples;
  if (count === 0) return;
  const middle = medianBin(counts, count);
  into.share = lowest + (middle + 0.5) * binWidth;
  deviations.fill(0);
  for (let bin = 0; bin < bins; bin++) {
    const away = Math.abs(bin - middle);
    deviations[away] = (deviations[away] as number) + (counts[bin] as number);
  }
  into.unmixed = medianBin(deviations, count) * binWidth;
}

function medianBin(histogram: Uint16Array, count: number): number {
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    sum += histogram[bin] as number;
    if (2 * sum >= count) return bin;
  }
  return bins - 1;
}
