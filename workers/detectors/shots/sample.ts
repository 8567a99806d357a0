import { colourDistance, countColours, histogramLength } from './block-histogram.js';
import { cellTraits, describeCells } from './cells.js';
import {
  chromaHeight,
  chromaSamples,
  chromaWidth,
  frameSamples,
  fullRange,
  lumaHeight,
  lumaSamples,
  lumaWidth,
} from './small-frame.js';

/** Samples of a coarse picture: luma at the chroma's resolution, Cb, Cr. */
export const coarseSamples = 3 * chromaSamples;

/** One frame with what is measured on it. The arrays are reused once the frame has left the window. */
export interface Sample {
  atMs: number;
  /** Mean luma, 0…255. */
  luma: number;
  /** Mean absolute step of luma across or down the picture, the larger of the two, letterbox bars left out; 0…255. */
  detail: number;
  /** Colour distance from the frame before, 0…1; 0 for the first. */
  change: number;
  /** Mean absolute difference from the frame before, summed over Y, Cb and Cr; 0 for the first. */
  motion: number;
  readonly picture: Uint8Array;
  readonly coarse: Uint8Array;
  readonly histogram: Uint16Array;
  readonly cells: Float32Array;
}

export const emptySample = (): Sample => ({
  ...{ atMs: 0, luma: 0, detail: 0, change: 0, motion: 0 },
  picture: new Uint8Array(frameSamples),
  coarse: new Uint8Array(coarseSamples),
  histogram: new Uint16Array(histogramLength),
  cells: new Float32Array(cellTraits),
});

/** Measures a small frame into `sample`. */
export function measureFrame(sample: Sample, atMs: number, pixels: Uint8Array, before: Sample | undefined): void {
  sample.atMs = atMs;
  sample.picture.set(pixels);
  measureLight(sample);
  coarsen(sample.picture, sample.coarse);
  countColours(sample.picture, sample.histogram);
  describeCells(sample.coarse, sample.cells);
  sample.change = before ? colourDistance(before.histogram, sample.histogram) : 0;
  sample.motion = before ? coarseDistance(before.coarse, sample.coarse) : 0;
}

/** Mean absolute difference of two coarse pictures, summed over the three channels. */
export function coarseDistance(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < coarseSamples; at++) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum / chromaSamples;
}

/** Letterbox bars make the largest steps from row to row, two on each edge where it falls within a row. */
const barSteps = 4;
const rowSteps = new Float64Array(lumaHeight - 1);

function measureLight(sample: Sample): void {
  const { picture } = sample;
  let sum = 0;
  let across = 0;
  for (let row = 0; row < lumaHeight; row++) {
    const end = (row + 1) * lumaWidth;
    let before = picture[row * lumaWidth] as number;
    let down = 0;
    for (let at = row * lumaWidth; at < end; at++) {
      const value = picture[at] as number;
      sum += value;
      across += Math.abs(value - before);
      before = value;
      if (row > 0) down += Math.abs(value - (picture[at - lumaWidth] as number));
    }
    if (row > 0) rowSteps[row - 1] = down;
  }
  rowSteps.sort();
  let down = 0;
  for (let at = 0; at < rowSteps.length - barSteps; at++) down += rowSteps[at] as number;
  sample.luma = Math.max(0, fullRange(sum / lumaSamples));
  sample.detail = ((Math.max(across, down) / lumaSamples) * 255) / 219;
}

function coarsen(picture: Uint8Array, coarse: Uint8Array): void {
  let to = 0;
  for (let row = 0; row < chromaHeight; row++) {
    let from = 2 * row * lumaWidth;
    for (let column = 0; column < chromaWidth; column++, from += 2) {
      const above = (picture[from] as number) + (picture[from + 1] as number);
      const below = (picture[from + lumaWidth] as number) + (picture[from + lumaWidth + 1] as number);
      coarse[to++] = (above + below + 2) >> 2;
    }
  }
  for (let at = lumaSamples; at < frameSamples; at++) coarse[to++] = picture[at] as number;
}
