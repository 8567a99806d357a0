/**
 * Words as the full-text index knows them. Scripts written without spaces (Han, kana, hangul, Thai, …) are indexed by
 * pairs of neighbouring characters, since no tokenizer of the databases finds 富贵 in a sentence; the last character of a run
 * stands alone, so that single characters are found by prefix. Everything else is split into words, without case,
 * width or Latin diacritics.
 */

/** A word or pair, and where it stands in the text (UTF-16 offsets). */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** Words that must stand side by side; a `prefix` is one character that begins a pair. */
export interface Phrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
  /** As the user typed it. */
  readonly typed: string;
}

const unspaced =
  '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]';
const letters = '[\\p{L}\\p{N}\\p{M}]';
const runs = new RegExp(`(?:(?=${letters})${unspaced})+|(?:(?!${unspaced})${letters})+`, 'gu');
const isUnspaced = new RegExp(`^${unspaced}`, 'u');
const parts = new RegExp(`${letters}+`, 'gu');

const ligatures: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

const isAscii = /^[\0-\x7f]*$/;

/** One form for what readers take for the same letters. */
export function fold(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  const lower = text.normalize('NFKC').toLowerCase();
  return lower
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .replace(/[ßæœøłđı]/gu, (letter) => ligatures[letter] ?? letter);
}

/** Letters and digits of a run, folded; some fold to more than that: ¼ is 1⁄4, and so the words 1 and 4. */
const partsOf = (run: string): readonly string[] => (isAscii.test(run) ? [fold(run)] : (fold(run).match(parts) ?? []));

/** Adds the words of a spaced run. */
function addSpaced(words: Word[], run: string, start: number): void {
  for (const folded of partsOf(run)) words.push({ folded, start, end: start + run.length });
}

/** All words of a text in order, as they are indexed. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (isUnspaced.test(run)) words.push(...pairsOf(run, index));
    else addSpaced(words, run, index);
  }
  return words;
}

function pairsOf(run: string, offset: number): Word[] {
  const characters = [...partsOf(run).join('')];
  const starts = offsetsOf(run, offset);
  // Half-width kana and the like change their count when folded; then a match shows the whole run.
  const exact = starts.length === characters.length + 1;
  const range = (from: number, to: number) =>
    exact ? { start: starts[from] ?? offset, end: starts[to] ?? offset } : { start: offset, end: offset + run.length };
  return characters.map((character, n) => {
    const next = characters[n + 1];
    return next === undefined
      ? { folded: character, ...range(n, n + 1) }
      : { folded: character + next, ...range(n, n + 2) };
  });
}

/** Where each character of a run starts, and where the last one ends. */
function offsetsOf(run: string, offset: number): number[] {
  const starts = [offset];
  let at = offset;
  for (const character of run) {
    at += character.length;
    starts.push(at);
  }
  return starts;
}

/** Most of a query that is read; nobody types more by hand. */
const longestQuery = 1_000;
const mostPhrases = 32;

/**
 * What a query asks for: all phrases must be found. Words that the user wrote without a space between (don’t) stay
 * side by side, and so do the characters of an unspaced run.
 */
export function phrasesOf(query: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const chunk of query.slice(0, longestQuery).split(/\s+/u)) {
    let spaced: Word[] = [];
    const flush = () => {
      if (spaced.length > 0) phrases.push({ words: spaced.map((word) => word.folded), prefix: false, typed: chunk });
      spaced = [];
    };
    for (const { 0: run, index } of chunk.matchAll(runs)) {
      if (!isUnspaced.test(run)) {
        addSpaced(spaced, run, index);
        continue;
      }
      flush();
      const pairs = pairsOf(run, index).map((pair) => pair.folded);
      phrases.push(
        pairs.length === 1
          ? { words: pairs, prefix: true, typed: run }
          : { words: pairs.slice(0, -1), prefix: false, typed: run },
      );
    }
    flush();
  }
  return phrases.slice(0, mostPhrases);
}

/** Where a phrase stands among the words of a text. */
export function occurrencesOf(phrase: Phrase, words: readonly Word[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const [head] = phrase.words;
  if (head === undefined) return found;
  for (const [n, word] of words.entries()) {
    if (phrase.prefix) {
      if (!word.folded.startsWith(head)) continue;
      const alone = word.folded === head ? word.end : Math.min(word.end, word.start + head.length);
      found.push({ start: word.start, end: alone });
      continue;
    }
    const last = words[n + phrase.words.length - 1];
    if (last && phrase.words.every((folded, offset) => words[n + offset]?.folded === folded))
      found.push({ start: word.start, end: last.end });
  }
  return found;
}
