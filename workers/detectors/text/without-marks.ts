/** A line's picture without the logo or watermark that it is written over. */
import type { LumaPicture } from '../luma-picture.js';

/** Marks on less of the picture are left. */
const leastMarked = 0.1;
/** A mark's strokes reach so far to either side of its steps; so far around the line's own steps nothing is painted. */
const [markReachPx, strokeReachPx] = [3, 3];
/** What is as bright as the line's letters, but for this much, belongs to them. */
const mostPaler = 30;

/**
 * The picture with standing marks painted out along the rows, but for what belongs to the line: near its own `strokes`
 * (places in the picture), or as bright as its letters. `marks` is not 0 where a mark steps.
 */
export function withoutMarks(picture: LumaPicture, marks: Int8Array, strokes: readonly number[]): LumaPicture {
  const { luma, width, height } = picture;
  const marked = marks.reduce((count, mark) => count + (mark ? 1 : 0), 0);
  if (marked < leastMarked * marks.length) return picture;
  const { isOwn, isLight } = letterMask(picture, strokes);
  const painted = Uint8Array.from(luma);
  for (let row = 0; row < height; row++) {
    const isMark = (x: number) => {
      const at = row * width + x;
      if (isOwn[at]) return false;
      for (let side = Math.max(0, x - markReachPx); side <= Math.min(width - 1, x + markReachPx); side++)
        if (marks[row * width + side]) return true;
      return false;
    };
    for (let x = 0; x < width; x++) {
      if (!isMark(x)) continue;
      let end = x;
      while (end < width && isMark(end)) end++;
      const sides = [x - 1, end]
        .filter((side) => side >= 0 && side < width)
        .map((side) => luma[row * width + side] ?? 0);
      painted.fill(isLight ? Math.min(...sides) : Math.max(...sides), row * width + x, row * width + end);
      x = end;
    }
  }
  return { ...picture, luma: painted };
}

/** Where the line's letters and their rims are: around its steps, and wherever it is as bright, or as dark, as they are. */
function letterMask({ luma, width }: LumaPicture, strokes: readonly number[]) {
  const sides = strokes.map((at) => {
    const around = luma.subarray(Math.max(0, at - 2), at + 3);
    return { light: Math.max(...around), dark: Math.min(...around) };
  });
  const spread = (values: number[]) => {
    const sorted = values.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0;
    return { middle: at(0.5), width: at(0.8) - at(0.2) };
  };
  const [light, dark] = [spread(sides.map((side) => side.light)), spread(sides.map((side) => side.dark))];
  const isLight = light.width <= dark.width;
  const isLetter = isLight
    ? (value: number) => value >= light.middle - mostPaler
    : (value: number) => value <= dark.middle + mostPaler;
  const own = new Uint8Array(luma.length);
  for (const at of strokes)
    for (let near = Math.max(0, at - strokeReachPx); near <= at + strokeReachPx; near++)
      if (Math.floor(near / width) === Math.floor(at / width)) own[near] = 1;
  for (let at = 0; at < own.length; at++) if (isLetter(luma[at] as number)) own[at] = 1;
  return { isOwn: own, isLight };
}
