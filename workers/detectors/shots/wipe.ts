import { watchFront } from './front.js';
import type { GradualWeights, Stretch } from './stretch.js';

/** At how many moments of a stretch the cells are looked at. */
const frontSteps = 24;
/** A wipe must change so many levels, more than the picture does anyhow, … */
const leastOfWipe = 30;
const leastElevationOfWipe = 1.1;
/** … and so clearly along a front, 0…1. */
const leastFront = 0.66;

/** The stretch as a wipe: its places turn from the old picture to the new one in the order of a moving front. */
export function asWipe({ window, from, to, difference, elevation }: Stretch): GradualWeights | undefined {
  if (difference < leastOfWipe || elevation < leastElevationOfWipe) return undefined;
  const { atMs } = window.at(from);
  const wholeMs = window.at(to).atMs - atMs;
  const steps = Math.min(frontSteps, to - from);
  const moments: Float32Array[] = [];
  for (let step = 0; step <= steps; step++)
    moments.push(window.at(window.nearest(atMs + (step * wholeMs) / steps)).cells);
  const front = watchFront(moments, leastFront);
  if (!front || front.clarity * front.order < leastFront) return undefined;
  const at = (share: number) => Math.round(atMs + share * wholeMs);
  return {
    ...{ transition: 'WIPE', difference, elevation, unexplained: 1 - front.clarity * front.order, contrast: 1 },
    ...{ startMs: at(front.start), atMs: at(front.middle), endMs: at(front.end) },
  };
}
