/** One line may be lost and found again while the picture behind it flashes or cuts; here its pieces become one. */
import { overlap, union } from '../pixel-box.js';
import type { Reading } from './reading-vote.js';
import type { TextLine } from './text-line.js';
import { textSimilarity } from './text-similarity.js';

/** Pieces of one line are at most this far apart; the same words said twice are farther. */
const mostGapMs = 240;
const leastSimilarity = 0.7;
const leastOverlap = 0.6;
/** A line that comes so much later, on this share of the place and a little around it, is another. */
const [leastLaterMs, leastCovered, aroundY] = [200, 0.3, 0.4];

/** Something that stands longer is a logo, and what stands on it for a while is a text of its own. */
const longestMs = 12_000;

/**
 * Lines in order of time with the pieces of each joined: the better piece's text, the whole time. A line that was found
 * a second time while it stood counts once.
 */
export function mergeLines(lines: readonly TextLine[]): TextLine[] {
  const merged: TextLine[] = [];
  const whole = lines.filter((line) => !lines.some((other) => holds(other, line)));
  const once = whole.filter((line) => !whole.some((other) => isTexture(line, other)));
  for (const line of once.sort((a, b) => a.startMs - b.startMs || a.box.y - b.box.y)) {
    const index = merged.findLastIndex((earlier) => isPiece(earlier, line));
    const earlier = merged[index];
    if (earlier) merged[index] = join(earlier, line);
    else merged.push(line);
  }
  return merged;
}

function holds(whole: TextLine, part: TextLine): boolean {
  const lastsMs = (line: TextLine) => line.endMs - line.startMs;
  return (
    lastsMs(whole) > lastsMs(part) &&
    lastsMs(whole) <= longestMs &&
    whole.startMs <= part.startMs &&
    whole.endMs >= part.endMs &&
    whole.box.width >= part.box.width &&
    overlap(whole.box, part.box) >= leastOverlap
  );
}

/** Whether another, better read line comes and goes where this one is meant to stand: then it was texture. */
function isTexture(line: TextLine, other: TextLine): boolean {
  const { x, y, width, height } = line.box;
  const around = { x, width, y: y - aroundY * height, height: (1 + 2 * aroundY) * height };
  return (
    line.endMs - line.startMs <= longestMs &&
    line.startMs + leastLaterMs < other.startMs &&
    line.endMs > other.endMs - leastLaterMs &&
    line.confidence < other.confidence &&
    textSimilarity(line.text, other.text) < leastSimilarity &&
    overlap(around, other.box) > leastCovered
  );
}

function isPiece(earlier: TextLine, later: TextLine): boolean {
  return (
    later.startMs - earlier.endMs <= mostGapMs &&
    overlap(earlier.box, later.box) >= leastOverlap &&
    textSimilarity(earlier.text, later.text) >= leastSimilarity
  );
}

function join(a: TextLine, b: TextLine): TextLine {
  const worth = ({ confidence, startMs, endMs }: TextLine) => confidence * Math.min(1000, endMs - startMs);
  const [better, other] = worth(a) >= worth(b) ? [a, b] : [b, a];
  const others = new Map<string, Reading>();
  for (const reading of [...better.otherReadings, other, ...other.otherReadings])
    if (reading.text !== better.text) others.set(reading.text, { text: reading.text, confidence: reading.confidence });
  return {
    ...better,
    startMs: Math.min(a.startMs, b.startMs),
    endMs: Math.max(a.endMs, b.endMs),
    box: union(a.box, b.box),
    otherReadings: [...others.values()],
  };
}
