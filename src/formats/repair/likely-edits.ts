/** The slips that damage JSON: a character of its structure lost, strayed, doubled, or exchanged with its neighbour. */
import type { ScanState } from './json-scan.js';
import { scanLoosely } from './loose-scan.js';
import type { Place, RankedEdit } from './mend-damage.js';

const structure = '{}[],:"';

/** Characters of structure that are looked at, going back. */
const mostLookedAt = 100;

/** Edits near the place where a text stops being JSON: the nearer, and those that merge no two values, rank first. */
export function* editsNear(
  { text, stop, earliest, before }: Place,
  states: readonly ScanState[],
): Generator<RankedEdit> {
  const isQuoting = before === '\\';
  const isKey = states.at(-1)?.expected === ':';
  const character = text.charAt(stop);
  const isInString = /\S/.test(text.slice(states.at(-1)?.at ?? 0, stop));
  if (character === '\\')
    yield isInString ? { at: stop, end: stop, added: '\\', rank: 0 } : { at: stop, end: stop + 1, added: '', rank: 0 };
  if (/\p{Cc}/u.test(character))
    yield { at: stop, end: stop + 1, added: JSON.stringify(character).slice(1, -1), rank: 2 };
  if (/[^\p{L}\p{N}\s{}[\],:"'“‘`]/u.test(character)) yield { at: stop, end: stop + 1, added: '', rank: 3 };
  const isStructure = (at: number) => at >= 0 && at < text.length && structure.includes(text.charAt(at));
  let looked = 0;
  for (let at = Math.min(stop + 2, text.length); at >= earliest && looked < mostLookedAt; at--) {
    const distance = Math.abs(stop - at);
    const here = isStructure(at);
    if (here) looked++;
    if (text[at] === '"') {
      const isEdge = opensString(text, at) || (!isQuoting && closesString(text, at));
      yield { at, end: at + 1, added: '', rank: distance + (at === stop || isDoubled(text, at) ? 1 : 8) };
      if (!isKey) yield { at, end: at, added: '\\', rank: distance + (isEdge ? 60 : 4) };
    } else if (here) yield { at, end: at + 1, added: '', rank: distance };
    const pair = text.slice(at, at + 2);
    if (pair.length === 2 && (pair.includes('"') || (here && isStructure(at + 1))) && text[at] !== text[at + 1])
      yield { at, end: at + 2, added: `${text[at + 1]}${text[at]}`, rank: distance + 2 };
    if (here || at === stop || isStructure(at - 1))
      // Words without quotation marks are another notation, or none at all.
      for (const added of structure)
        if (added !== '"' || before !== '"')
          yield { at, end: at, added, rank: distance + ('{['.includes(added) ? 30 : 1) };
  }
}

const behind = (text: string, at: number) => text.slice(at, at + 40);
const ahead = (text: string, at: number) => text.slice(Math.max(0, at - 40), at);
const isDoubled = (text: string, at: number) => /^"\s*"/.test(behind(text, at)) || /"\s*$/.test(ahead(text, at));
const opensString = (text: string, at: number) => /[,:{[]\s*$/.test(ahead(text, at));
const closesString = (text: string, at: number) => /^"\s*[,:}\]]/.test(behind(text, at));

/** How far beyond the place a stretch that is left out may reach, and how many values before it may go with it. */
const longestOmission = 400;
const mostValues = 3;

/** Ways to leave out the value, or the key and value, that makes no sense. */
export function* omissionsNear({ text, stop, earliest }: Place, states: readonly ScanState[]): Generator<RankedEdit> {
  const ends = [...text.slice(stop, stop + longestOmission).matchAll(/[,}\]]/g)].map(({ index }) => stop + index);
  const starts = states.filter(({ at, expected }) => at >= earliest && at <= stop && /^(?:value|key)/.test(expected));
  for (const { from, at } of starts.slice(-mostValues))
    for (const end of ends)
      for (const [first, last] of [
        [at, end],
        [at, end + 1],
        [from, end],
      ] as const)
        if (last > first) yield { at: first, end: last, added: '', rank: last - first };
}

/** What is plainly meant: a comma between two values, what a text that breaks off needs to end. */
export function* plainSlips(place: Place, states: readonly ScanState[]): Generator<RankedEdit> {
  const { text, stop } = place;
  const character = text.charAt(stop);
  const last = states.at(-1);
  if (last?.expected === ',' && /["{[\w-]/.test(character)) yield { at: stop, end: stop, added: ',', rank: 1 };
  if (last && stop === text.length && place.isEnd) yield* completions(text, last);
}

/** Ends a text that breaks off: its string, its value, its brackets. Half an escape is left out. */
function* completions(text: string, last: ScanState): Generator<RankedEdit> {
  const broken = /\\(?:u[\da-fA-F]{0,3})?$/.exec(text)?.[0].length ?? 0;
  for (const [at, quote] of [
    [text.length, ''],
    [text.length - broken, '"'],
  ] as const) {
    const next = scanLoosely(`${text.slice(0, at)}${quote}`, last);
    const state = typeof next === 'object' ? next : last;
    if (quote !== '' && state === last) continue;
    const value =
      state.expected === ':' ? ':null' : state.expected === 'value' && text[state.from] === ':' ? 'null' : '';
    let closers = '';
    for (let open = state.open; open; open = open.around) closers += open.bracket === '{' ? '}' : ']';
    yield { at, end: text.length, added: `${quote}${value}${closers}`, rank: quote === '' ? 1 : 2 };
  }
}
