/** A watermark that panels of subtitles cover and uncover is found in pieces, each for as long as it can be seen. */
import type { TextLine } from './text-line.js';
import { shareContained } from './text-similarity.js';

/** Pieces are seen at times so far apart: lines of one cue are not. */
const leastApartMs = 200;
/** Rows and letter heights of two pieces differ by this share of the lower one's height at most. */
const mostRowsApart = 0.45;
/** A piece lies in the whole with this share of its width, and begins so many heights after it. */
const [leastInside, leastCutOff] = [0.9, 0.6];
/** The middle of a piece lies so many heights off the whole's. */
const leastOffCentre = 0.5;
/** The letters of a piece are in the whole's text, at about the place where it lies, in shares of the whole's width. */
const [leastShared, mostShift] = [0.6, 0.1];
const leastLetters = 3;

/** Lines of which another one, seen at another time, shows more at the very same place; and those others. */
export function markPieces(lines: readonly TextLine[]): Set<TextLine> {
  const pieces = new Set<TextLine>();
  const byLeft = [...lines].sort((a, b) => a.box.x - b.box.x);
  for (const [index, whole] of byLeft.entries())
    for (const part of byLeft.slice(index + 1))
      if (isCutFrom(part, whole)) {
        pieces.add(part);
        pieces.add(whole);
      }
  return pieces;
}

/** Of centred subtitles one may hold another's words at its middle; subtitles that begin at one place are not cut off. */
function isCutFrom(part: TextLine, whole: TextLine): boolean {
  const [a, b] = [part.box, whole.box];
  const height = Math.min(a.height, b.height);
  if (Math.abs(a.y + a.height / 2 - b.y - b.height / 2) > mostRowsApart * height) return false;
  if (Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < leastOffCentre * height) return false;
  if (a.x - b.x < leastCutOff * height || a.x > b.x + b.width) return false;
  if (Math.min(a.x + a.width, b.x + b.width) - a.x < leastInside * a.width) return false;
  if (part.startMs - whole.endMs < leastApartMs && whole.startMs - part.endMs < leastApartMs) return false;
  const [letters, text] = [compact(part.text), compact(whole.text)];
  if (letters.length < leastLetters || shareContained(letters, text) < leastShared) return false;
  const at = placeOf(letters, text);
  return at !== undefined && Math.abs(at / text.length - (a.x - b.x) / b.width) <= mostShift;
}

const compact = (text: string) => text.replace(/\s+/g, '').toLowerCase();

/** Where a text begins in another, told by the first pair of letters that both have. */
function placeOf(part: string, whole: string): number | undefined {
  for (let at = 0; at + 1 < part.length; at++) {
    const found = whole.lastIndexOf(part.slice(at, at + 3));
    if (found >= 0) return found - at;
  }
  return undefined;
}
