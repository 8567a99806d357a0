/** A line that the detector found in two parts, side by side, each of which was followed and read alone. */
import { union } from '../pixel-box.js';
import type { TextLine } from './text-line.js';

/** Parts of one line come and go within this time of each other. */
const togetherMs = 90;
/** They stand on the same rows, in heights of the lower one, no farther apart than this. */
const [leastRows, mostGap] = [0.6, 1.3];
const mostHeightRatio = 1.6;
/** What was read twice, at the end of one and the beginning of the other, has at least so many letters. */
const leastTwice = 2;

/** Lines with the parts of each put together, left to right. */
export function joinRowPieces(lines: readonly TextLine[]): TextLine[] {
  const joined: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => a.box.x - b.box.x)) {
    const index = joined.findIndex((left) => isBeside(left, line));
    const left = joined[index];
    if (left) joined[index] = join(left, line);
    else joined.push(line);
  }
  return joined.sort((a, b) => a.startMs - b.startMs || a.box.y - b.box.y);
}

function isBeside(left: TextLine, right: TextLine): boolean {
  const [a, b] = [left.box, right.box];
  const [low, high] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
  const rows = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const gap = b.x - (a.x + a.width);
  return (
    Math.abs(left.startMs - right.startMs) <= togetherMs &&
    Math.abs(left.endMs - right.endMs) <= togetherMs &&
    rows >= leastRows * low &&
    high <= mostHeightRatio * low &&
    gap <= mostGap * high &&
    b.x + b.width > a.x + a.width
  );
}

function join(left: TextLine, right: TextLine): TextLine {
  const overlaps = left.box.x + left.box.width > right.box.x - left.box.height;
  return {
    ...left,
    startMs: Math.min(left.startMs, right.startMs),
    endMs: Math.max(left.endMs, right.endMs),
    box: union(left.box, right.box),
    text: overlaps ? joinTexts(left.text, right.text) : `${left.text} ${right.text}`,
    confidence: Math.min(left.confidence, right.confidence),
    otherReadings: [],
  };
}

/** Both texts, with the letters that both have at the seam once. */
function joinTexts(left: string, right: string): string {
  for (let shared = Math.min(left.length, right.length); shared >= leastTwice; shared--)
    if (left.endsWith(right.slice(0, shared))) return left + right.slice(shared);
  return /[\p{Script=Han}]$/u.test(left) ? left + right : `${left} ${right}`;
}
