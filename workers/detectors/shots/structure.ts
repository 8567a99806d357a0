import { chromaSamples, lumaHeight, lumaWidth } from './small-frame.js';

/** Keeps an empty picture from resembling another by chance. */
const floor = 2000;

/**
 * How alike two small frames are drawn, −1…1: correlation of their horizontal luma gradients. Brightness, contrast and
 * letterbox bars do not matter to it.
 */
export function structureLikeness(one: Uint8Array, other: Uint8Array): number {
  let both = floor;
  let first = floor;
  let second = floor;
  for (let row = 0; row < lumaHeight; row++) {
    const end = (row + 1) * lumaWidth - 2;
    for (let at = row * lumaWidth; at < end; at++) {
      const slope = (one[at + 2] as number) - (one[at] as number);
      const otherSlope = (other[at + 2] as number) - (other[at] as number);
      both += slope * otherSlope;
      first += slope * slope;
      second += otherSlope * otherSlope;
    }
  }
  return (both - floor) / Math.sqrt(first * second);
}

/** Samples that are nearly black in both pictures (letterbox bars) say nothing. */
const darkLuma = 24;
const leastSamples = 30;
/** Variance of noise; keeps flat pictures from correlating. */
const noiseVariance = 50;

/**
 * How alike light and dark are spread over two coarse pictures, −1…1: correlation of their luma. High when one picture
 * is the other in other light, or from a little further on.
 */
export function toneLikeness(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  let sum = 0;
  let otherSum = 0;
  let squares = 0;
  let otherSquares = 0;
  let products = 0;
  for (let at = 0; at < chromaSamples; at++) {
    const luma = one[at] as number;
    const otherLuma = other[at] as number;
    if (luma < darkLuma && otherLuma < darkLuma) continue;
    count++;
    sum += luma;
    otherSum += otherLuma;
    squares += luma * luma;
    otherSquares += otherLuma * otherLuma;
    products += luma * otherLuma;
  }
  if (count < leastSamples) return 0;
  const variance = squares / count - (sum / count) ** 2 + noiseVariance;
  const otherVariance = otherSquares / count - (otherSum / count) ** 2 + noiseVariance;
  return (products / count - (sum / count) * (otherSum / count)) / Math.sqrt(variance * otherVariance);
}
