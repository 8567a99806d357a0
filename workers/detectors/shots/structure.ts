import { lumaHeight, lumaWidth } from './small-frame.js';

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

/**
 * Which part of the difference between two small frames is left when one is shifted to fit the other best, 0…1: small
 * when a moving camera explains the change, near 1 when the pictures do not belong together.
 */
export function unexplainedByShift(one: Uint8Array, other: Uint8Array, reach = 8): number {
  let least = Number.POSITIVE_INFINITY;
  for (let down = -reach / 2; down <= reach / 2; down++)
    for (let right = -reach; right <= reach; right++)
      least = Math.min(least, shiftedDifference(one, other, right, down));
  const still = shiftedDifference(one, other, 0, 0);
  return still === 0 ? 1 : least / still;
}

function shiftedDifference(one: Uint8Array, other: Uint8Array, right: number, down: number): number {
  let sum = 0;
  const top = Math.max(0, down);
  const bottom = Math.min(lumaHeight, lumaHeight + down);
  const left = Math.max(0, right);
  const end = Math.min(lumaWidth, lumaWidth + right);
  for (let row = top; row < bottom; row++) {
    const base = row * lumaWidth;
    const otherBase = (row - down) * lumaWidth - right;
    for (let column = left; column < end; column++)
      sum += Math.abs((one[base + column] as number) - (other[otherBase + column] as number));
  }
  return sum / ((bottom - top) * (end - left));
}
