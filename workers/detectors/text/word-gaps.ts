/** How far apart the letters of a line stand: the spaces that a recogniser drops can be seen. */
import { upperMedian } from '../arithmetic.js';
import type { LumaPicture } from '../luma-picture.js';

/** Rows in which letters stand, in shares of the picture's height: above and below lie the edges of other lines. */
const [topRow, bottomRow] = [0.2, 0.8];
/** Letters are brighter than half-way between these shares of the pixels; over a busy or a light ground nothing is clear. */
const [groundShare, letterShare] = [0.4, 0.95];

/** With less between them there are no light letters: nothing is clear. */
const leastContrast = 30;

/** Columns of a picture of light letters that hold some of a letter: 1, and 0 where the ground can be seen. */
export function inkedColumns({ luma, width, height }: LumaPicture): Uint8Array {
  const sorted = Uint8Array.from(luma).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [ground, letters] = [at(groundShare), at(letterShare)];
  const inked = new Uint8Array(width);
  if (letters - ground < leastContrast) return inked.fill(1);
  const least = (ground + letters) / 2;
  for (let y = Math.round(topRow * height); y < bottomRow * height; y++)
    for (let x = 0; x < width; x++) if ((luma[y * width + x] as number) > least) inked[x] = 1;
  return inked;
}

/** Widest clear run of columns between each two neighbouring letters, whose middles are `places`, in pixels. */
export function gapsBetween(places: readonly number[], inked: Uint8Array): number[] {
  return places.slice(1).map((place, index) => {
    let [run, widest] = [0, 0];
    for (let x = Math.round(places[index] as number); x <= place && x < inked.length; x++) {
      run = inked[x] ? 0 : run + 1;
      widest = Math.max(widest, run);
    }
    return widest;
  });
}

/** A space is clear over so much more than the median gap, twice that and a bit, on a line 48 px high. */
const clearOfMedianPx = 3;

/** Which of a line's gaps are as wide as spaces. */
export function wideGaps(gaps: readonly number[]): boolean[] {
  const medianPx = upperMedian(gaps);
  return gaps.map((gap) => gap >= 2 * medianPx + clearOfMedianPx);
}
