/** Songs are subtitled between two notes (♪), which the recogniser has no letter for: it skips them, or guesses. */
import type { LumaPicture } from '../luma-picture.js';

/** Ink in a picture of letters alone. */
const inkFrom = 110;
/** A note's size in heights of the line, and the clear space between it and the words. */
const [leastHeight, leastWidth, mostWidth, leastSpace] = [0.6, 0.22, 0.9, 0.2];
/** Share of the pixels in which the two marks must agree: one glyph, drawn twice. */
const leastAgreement = 0.88;
/** What a note is taken for. */
const [guessBefore, guessAfter] = [/^[JjFfdIl1#] /, / [JjFfdIl1#]$/];
const sameWord = /^(\p{L}+)\s.*\s\1$/u;

interface Mark {
  readonly ink: readonly (readonly boolean[])[];
}

/** The text with its notes, where the same mark stands at both ends of the line's letters alone, off the words. */
export function withNotes(text: string, drawLetters: () => LumaPicture): string {
  if (!/\p{Script=Latin}/u.test(text) || sameWord.test(text)) return text;
  const [first, last] = endMarks(drawLetters());
  if (!first || !last || agreement(first, last) < leastAgreement) return text;
  return `♪ ${text.replace(guessBefore, '').replace(guessAfter, '').trim()} ♪`;
}

/** What stands alone at either end of the line. */
function endMarks({ luma, width, height }: LumaPicture): (Mark | undefined)[] {
  const isInk = (x: number, y: number) => (luma[y * width + x] ?? 0) >= inkFrom;
  const rows = Array.from({ length: height }, (_, y) => y);
  const lineHeight = height / 1.9;
  const middle = rows.filter((y) => Math.abs(y - height / 2) < 0.62 * lineHeight);
  const full = Array.from({ length: width }, (_, x) => middle.some((y) => isInk(x, y)));
  const markFrom = (start: number, step: 1 | -1): Mark | undefined => {
    let from = start;
    while (full[from] === false) from += step;
    let to = from;
    while (full[to]) to += step;
    let next = to;
    while (full[next] === false) next += step;
    const markWidth = Math.abs(to - from);
    if (markWidth < leastWidth * lineHeight || markWidth > mostWidth * lineHeight) return undefined;
    if (full[next] === undefined || Math.abs(next - to) < leastSpace * lineHeight) return undefined;
    const [left, right] = step > 0 ? [from, to - 1] : [to + 1, from];
    const columns = Array.from({ length: right - left + 1 }, (_, index) => left + index);
    const inked = middle.filter((y) => columns.some((x) => isInk(x, y)));
    if (inked.length < leastHeight * lineHeight) return undefined;
    return { ink: inked.map((y) => columns.map((x) => isInk(x, y))) };
  };
  return [markFrom(0, 1), markFrom(width - 1, -1)];
}

/** Share of equal pixels at the best shift of a pixel either way; 0 for marks of different size. */
function agreement(a: Mark, b: Mark): number {
  const [columns, rows] = [a.ink[0]?.length ?? 0, a.ink.length];
  if (Math.abs(columns - (b.ink[0]?.length ?? 0)) > 2 || Math.abs(rows - b.ink.length) > 2) return 0;
  let best = 0;
  for (const dy of [-1, 0, 1])
    for (const dx of [-1, 0, 1]) {
      let equal = 0;
      for (const [y, row] of a.ink.entries())
        for (const [x, ink] of row.entries()) if ((b.ink[y + dy]?.[x + dx] ?? false) === ink) equal++;
      best = Math.max(best, equal / (columns * rows));
    }
  return best;
}
