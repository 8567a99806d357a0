/**
 * The text mask: where brightness steps along a row, and which way. Burned-in text keeps its steps to the pixel while
 * the film moves behind it, whatever its colour (white, yellow, boxed, dark on light), so what is equal in two
 * pictures a moment apart is text or a still background.
 */
import type { LumaPicture } from '../luma-picture.js';

/** Half the distance over which a step is measured. */
export const stepReachPx = 2;
/** Smaller steps are texture and noise. */
const leastStep = 36;

/** 1 where the picture turns brighter to the right, −1 where darker, 0 where neither; written into `signs`. */
export function edgeSigns({ luma, width, height }: LumaPicture, signs: Int8Array, least: number = leastStep): void {
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width - stepReachPx;
    for (let at = y * width + stepReachPx; at < end; at++) {
      const step = (luma[at + stepReachPx] as number) - (luma[at - stepReachPx] as number);
      signs[at] = step > least ? 1 : step < -least ? -1 : 0;
    }
  }
}

/** What two masks have in common, but for what lies on `marks` or beside them; written into `stable`. */
export function stableSigns(earlier: Int8Array, later: Int8Array, stable: Int8Array, marks: Int8Array): void {
  for (let at = 0; at < later.length; at++) {
    const sign = later[at] as number;
    stable[at] = sign !== 0 && earlier[at] === sign && !(marks[at] || marks[at - 1] || marks[at + 1]) ? sign : 0;
  }
}
