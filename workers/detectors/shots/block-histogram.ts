import { chromaHeight, chromaSamples, chromaWidth, lumaHeight, lumaSamples, lumaWidth } from './small-frame.js';

/** A frame's colours by place: for each of 4×3 blocks a histogram of Y, of Cb and of Cr. */
const columns = 4;
const rows = 3;
const blocks = columns * rows;
/** Sixteen bins, and a seventeenth that only ever takes the upper share of the last. */
const bins = 17;
const channelLength = blocks * bins;
export const histogramLength = 3 * channelLength;

/** Each sample brings sixteen parts, split between the two nearest bins. */
const parts = 16;
const lumaBlockParts = (parts * lumaSamples) / blocks;
const chromaBlockParts = (parts * chromaSamples) / blocks;

const lumaSplit = splits((value) => ((value - 16) * 256) / 219);
/** Chroma is doubled about its middle, where films keep it. */
const chromaSplit = splits((value) => 128 + (2 * (value - 128) * 256) / 224);

/**
 * Counts a small frame into `histogram`. The bins are soft (a sample is shared linearly by two), because hard bins
 * jump when an even area drifts over a border.
 */
export function countColours(frame: Uint8Array, histogram: Uint16Array): void {
  histogram.fill(0);
  countPlane(frame, 0, lumaWidth, lumaHeight, lumaSplit, histogram, 0);
  countPlane(frame, lumaSamples, chromaWidth, chromaHeight, chromaSplit, histogram, channelLength);
  const cr = lumaSamples + chromaSamples;
  countPlane(frame, cr, chromaWidth, chromaHeight, chromaSplit, histogram, 2 * channelLength);
}

/**
 * How differently two frames are coloured, 0 (alike) … 1 (nothing in common): half the L1 distance of the histograms,
 * averaged over channels and over the blocks but the three that differ most, so that a caption or a passer-by, which
 * changes a part of the picture entirely, does not count as another picture.
 */
export function colourDistance(one: Uint16Array, other: Uint16Array): number {
  let sum = 0;
  let most = 0;
  let second = 0;
  let third = 0;
  for (let block = 0; block < blocks; block++) {
    let luma = 0;
    let chroma = 0;
    const end = (block + 1) * bins;
    for (let bin = block * bins; bin < end; bin++) {
      luma += Math.abs((one[bin] as number) - (other[bin] as number));
      const cb = bin + channelLength;
      chroma += Math.abs((one[cb] as number) - (other[cb] as number));
      const cr = cb + channelLength;
      chroma += Math.abs((one[cr] as number) - (other[cr] as number));
    }
    const distance = luma / lumaBlockParts + chroma / chromaBlockParts;
    sum += distance;
    if (distance > most) {
      third = second;
      second = most;
      most = distance;
    } else if (distance > second) {
      third = second;
      second = distance;
    } else if (distance > third) third = distance;
  }
  return (sum - most - second - third) / (6 * (blocks - 3));
}

interface Splits {
  /** The lower of a value's two bins. */
  readonly bin: Uint8Array;
  /** How many of the sixteen parts go to the upper one. */
  readonly upper: Uint8Array;
}

function splits(stretch: (value: number) => number): Splits {
  const bin = new Uint8Array(256);
  const upper = new Uint8Array(256);
  for (let value = 0; value < 256; value++) {
    const place = Math.min(bins - 2, Math.max(0, stretch(value) / 16 - 0.5));
    bin[value] = Math.floor(place);
    upper[value] = Math.round((place - Math.floor(place)) * parts);
  }
  return { bin, upper };
}

function countPlane(
  frame: Uint8Array,
  from: number,
  width: number,
  height: number,
  { bin, upper }: Splits,
  histogram: Uint16Array,
  channel: number,
): void {
  const blockWidth = width / columns;
  const blockHeight = height / rows;
  for (let block = 0; block < blocks; block++) {
    const histogramFrom = channel + block * bins;
    const left = (block % columns) * blockWidth;
    const top = Math.floor(block / columns) * blockHeight;
    for (let row = top; row < top + blockHeight; row++) {
      const start = from + row * width + left;
      for (let at = start; at < start + blockWidth; at++) {
        const value = frame[at] as number;
        const lower = histogramFrom + (bin[value] as number);
        const share = upper[value] as number;
        histogram[lower] = (histogram[lower] as number) + parts - share;
        histogram[lower + 1] = (histogram[lower + 1] as number) + share;
      }
    }
  }
}
