import { coarseSamples } from './sample.js';
import { chromaSamples } from './small-frame.js';

/** The middle of chroma, where there is no colour. */
const grey = 128;
/** Keeps flat pictures from being stretched to anything; levels. */
const leastContrast = 2;
/** Light makes a picture at most this many times stronger or weaker. */
const mostGain = 5;

/**
 * How much two coarse pictures differ once the light of the first is turned to that of the second (the same mean and
 * deviation of luma, colours stronger by the same gain): mean absolute, summed over Y, Cb and Cr.
 */
export function unlitDistance(one: Uint8Array, other: Uint8Array): number {
  const [mean, deviation] = lightOf(one);
  const [otherMean, otherDeviation] = lightOf(other);
  const ratio = (otherDeviation + leastContrast) / (deviation + leastContrast);
  const gain = Math.min(mostGain, Math.max(1 / mostGain, ratio));
  let sum = 0;
  for (let at = 0; at < chromaSamples; at++)
    sum += Math.abs((other[at] as number) - otherMean - gain * ((one[at] as number) - mean));
  for (let at = chromaSamples; at < coarseSamples; at++)
    sum += Math.abs((other[at] as number) - grey - gain * ((one[at] as number) - grey));
  return sum / chromaSamples;
}

/** Mean and standard deviation of luma. */
function lightOf(coarse: Uint8Array): readonly [mean: number, deviation: number] {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < chromaSamples; at++) {
    const luma = coarse[at] as number;
    sum += luma;
    squares += luma * luma;
  }
  const mean = sum / chromaSamples;
  return [mean, Math.sqrt(Math.max(0, squares / chromaSamples - mean * mean))];
}
