/** From the detector's boxes, which may split or clip a line, to whole lines. */
import { type PixelBox, union } from '../pixel-box.js';

/** Two boxes stand on one line when their rows overlap by this share of the lower one's height */
const leastOverlap = 0.6;
/** and they are no farther apart than this many heights: a wide space between two phrases. */
const mostGap = 1.3;

/** Joins boxes that belong to one line; top to bottom. */
export function joinLines(boxes: readonly PixelBox[]): PixelBox[] {
  const lines: PixelBox[] = [];
  for (const box of [...boxes].sort((a, b) => a.x - b.x)) {
    const index = lines.findIndex((line) => sameLine(line, box));
    const line = lines[index];
    if (line) lines[index] = union(line, box);
    else lines.push(box);
  }
  return lines.sort((a, b) => a.y - b.y || a.x - b.x);
}

function sameLine(a: PixelBox, b: PixelBox): boolean {
  const [low, high] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
  const rows = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  return rows >= leastOverlap * low && gap <= mostGap * high;
}
