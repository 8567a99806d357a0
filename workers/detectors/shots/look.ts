import type { ShotLook } from '../../findings.js';
import { chromaHeight, chromaSamples, chromaWidth, fullRange } from './small-frame.js';

/** Bins a channel of the colour histogram; 4 × 4 × 4 in all. */
const levels = 4;
const colourCount = levels ** 3;
const gridColumns = 8;
const gridRows = 6;
const layoutCount = gridColumns * gridRows;

/** A look in 112 bytes, for keeping many: 64 colour shares (255 is all), then 48 levels of luma. */
export interface PackedLook {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/**
 * Packs the look of a coarse picture (luma, Cb and Cr at 32×18). Colour bins are soft, and chroma is doubled about its
 * middle, so that greys do not hop between bins.
 */
export function packLook(atMs: number, coarse: Uint8Array): PackedLook {
  const bytes = new Uint8Array(colourCount + layoutCount);
  countColours(coarse, bytes.subarray(0, colourCount));
  drawLayout(coarse, bytes.subarray(colourCount));
  return { atMs, bytes };
}

export function unpackLook({ atMs, bytes }: PackedLook): ShotLook {
  const shares = [...bytes.subarray(0, colourCount)];
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    atMs,
    colours: shares.map((share) => Math.round((1e4 * share) / sum) / 1e4),
    layout: [...bytes.subarray(colourCount)],
  };
}

/** Place of each sample value among the bins' centres, 0…levels − 1: the lower bin and the upper one's share. */
function splits(stretch: (value: number) => number): { readonly lower: Uint8Array; readonly upper: Float32Array } {
  const places = Array.from({ length: 256 }, (_, value) =>
    Math.min(levels - 1.001, Math.max(0, (stretch(value) * levels) / 256 - 0.5)),
  );
  return { lower: Uint8Array.from(places, Math.floor), upper: Float32Array.from(places, (at) => at - Math.floor(at)) };
}

const lumaSplit = splits(fullRange);
const chromaSplit = splits((value) => 2 * value - 128);
const shares = new Float32Array(colourCount);

function countColours(coarse: Uint8Array, colours: Uint8Array): void {
  shares.fill(0);
  for (let at = 0; at < chromaSamples; at++) {
    const luma = coarse[at] as number;
    const cb = coarse[at + chromaSamples] as number;
    const cr = coarse[at + 2 * chromaSamples] as number;
    const lumaUpper = lumaSplit.upper[luma] as number;
    const cbUpper = chromaSplit.upper[cb] as number;
    const crUpper = chromaSplit.upper[cr] as number;
    const first =
      ((lumaSplit.lower[luma] as number) * levels + (chromaSplit.lower[cb] as number)) * levels +
      (chromaSplit.lower[cr] as number);
    for (let corner = 0; corner < 8; corner++) {
      const share =
        (corner & 4 ? lumaUpper : 1 - lumaUpper) *
        (corner & 2 ? cbUpper : 1 - cbUpper) *
        (corner & 1 ? crUpper : 1 - crUpper);
      const bin = first + (corner & 4 ? levels * levels : 0) + (corner & 2 ? levels : 0) + (corner & 1);
      shares[bin] = (shares[bin] as number) + share;
    }
  }
  for (let bin = 0; bin < colourCount; bin++)
    colours[bin] = Math.round((255 * (shares[bin] as number)) / chromaSamples);
}

function drawLayout(coarse: Uint8Array, layout: Uint8Array): void {
  const cellWidth = chromaWidth / gridColumns;
  const cellHeight = chromaHeight / gridRows;
  for (let cell = 0; cell < layoutCount; cell++) {
    const left = (cell % gridColumns) * cellWidth;
    const top = Math.floor(cell / gridColumns) * cellHeight;
    let sum = 0;
    for (let row = top; row < top + cellHeight; row++)
      for (let column = left; column < left + cellWidth; column++) sum += coarse[row * chromaWidth + column] as number;
    layout[cell] = Math.max(0, Math.min(255, Math.round(fullRange(sum / (cellWidth * cellHeight)))));
  }
}
