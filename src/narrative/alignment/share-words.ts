/** Shares the words of a passage out over its cues. */
import { commonGrams, type Grams } from '../evaluation/lexical-similarity.js';
import type { UnitReader } from './units.js';

/** Words of one line. */
export interface LineWords {
  readonly line: number;
  readonly text: string;
}

/** A word with the space after it, or one sign of a script that has no spaces. */
const tokens =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}][^\p{L}\p{N}]*|(?:(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}])\S)+\s*|\s+/gu;
/** Longer passages are shared out by length alone. */
const mostTokens = 120;

/**
 * Cuts words in their order into as many pieces as there are cues, so that pieces and cues share the most n-grams;
 * what shares nothing goes by length. Every word goes somewhere.
 */
export function shareWords(words: readonly LineWords[], cues: readonly Grams[], read: UnitReader): LineWords[][] {
  if (cues.length <= 1) return [joined(words)];
  const all = words.flatMap(({ line, text }) => (text.match(tokens) ?? []).map((token) => ({ line, text: token })));
  const ends = all.length > mostTokens ? byLength(all.length, cues) : bestEnds(all, cues, read);
  return ends.map((end, n) => joined(all.slice(n === 0 ? 0 : ends[n - 1], end)));
}

const byLength = (count: number, cues: readonly Grams[]): number[] => {
  const total = cues.reduce((sum, { length }) => sum + length, 0);
  let passed = 0;
  return cues.map(({ length }) => {
    passed += length;
    return Math.round((count * passed) / total);
  });
};

function bestEnds(all: readonly LineWords[], cues: readonly Grams[], read: UnitReader): number[] {
  const ideal = byLength(all.length, cues);
  const worthOf = (from: number, to: number, cue: number) => {
    const grams = read(
      all
        .slice(from, to)
        .map(({ text }) => text)
        .join(''),
    );
    const shared = grams ? commonGrams(grams, cues[cue] as Grams) : 0;
    return shared - Math.abs(to - (ideal[cue] as number)) / 1000;
  };
  let best: { readonly worth: number; readonly ends: readonly number[] }[] = [{ worth: 0, ends: [] }];
  for (let cue = 0; cue < cues.length; cue++) {
    const next: typeof best = [];
    for (let to = 0; to <= all.length; to++) {
      if (cue === cues.length - 1 && to < all.length) continue;
      for (const [from, before] of best.entries()) {
        if (!before || from > to) continue;
        const worth = before.worth + worthOf(from, to, cue);
        const held = next[to];
        if (!held || worth > held.worth) next[to] = { worth, ends: [...before.ends, to] };
      }
    }
    best = next;
  }
  return [...(best[all.length]?.ends ?? ideal)];
}

/** Neighbours of one line put together, without white space at the ends. */
function joined(words: readonly LineWords[]): LineWords[] {
  const found: { line: number; text: string }[] = [];
  for (const { line, text } of words) {
    const last = found.at(-1);
    if (last?.line === line) last.text += text;
    else found.push({ line, text });
  }
  return found.flatMap(({ line, text }) => (text.trim() === '' ? [] : [{ line, text: text.trim() }]));
}
