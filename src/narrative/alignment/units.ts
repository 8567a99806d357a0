/** Cuts lines into the pieces that are aligned, and reads the n-grams by which they are known again. */

import { type Grams, gramReader } from '../evaluation/lexical-similarity.js';
import { isDense, normalText, runsOf } from '../evaluation/normal-text.js';
import { inSimplifiedSigns } from './simplified-signs.js';

/** A sentence or clause of a line: scripts and subtitles break speeches in different places. */
export interface Unit {
  /** Index of the line it is of. */
  readonly line: number;
  /** The very words; all units of a line joined are the line. */
  readonly text: string;
  readonly grams: Grams;
}

/** Longest piece that is not cut at a comma, in letters; signs of dense scripts count as four. */
const longClause = 44;

const sentences = /[^.!?…。！？；\n]*(?:[.!?…。！？；]+["'”’」』)）]*|\n|$)\s*/gu;
const clauses = /[^,;:，、：—–]*(?:[,;:，、：—–]+|$)\s*/gu;

export type UnitReader = (text: string) => Grams | undefined;

/** Reads n-grams in which width, case, punctuation and the two ways to write Chinese make no difference. */
export function unitReader(): UnitReader {
  const read = gramReader();
  return (text) => read(inSimplifiedSigns(text.normalize('NFKC')));
}

/** The units of all lines in order; what has no letter or sign hangs on the piece before it. */
export function unitsOf(lines: readonly { readonly text: string }[], read: UnitReader): Unit[] {
  return lines.flatMap(({ text }, line) => {
    const pieces: string[] = [];
    for (const piece of piecesOf(text)) {
      const last = pieces.at(-1);
      if (last !== undefined && (normalText(piece) === '' || normalText(last) === ''))
        pieces[pieces.length - 1] = last + piece;
      else pieces.push(piece);
    }
    return pieces.flatMap((piece): Unit[] => {
      const grams = read(piece);
      return grams ? [{ line, text: piece, grams }] : [];
    });
  });
}

function piecesOf(text: string): string[] {
  const whole = text.match(sentences)?.filter(Boolean) ?? [];
  return whole.flatMap((sentence) => {
    if (lettersIn(sentence) <= longClause) return [sentence];
    const parts = sentence.match(clauses)?.filter(Boolean) ?? [];
    const joined: string[] = [];
    for (const part of parts) {
      const last = joined.at(-1);
      if (last !== undefined && lettersIn(last) + lettersIn(part) <= longClause) joined[joined.length - 1] += part;
      else joined.push(part);
    }
    return joined;
  });
}

/** How long a text is to read, in letters. */
export const lettersIn = (text: string): number =>
  runsOf(normalText(text)).reduce((sum, run) => sum + (isDense(run) ? [...run].length * 4 : run.length), 0);
