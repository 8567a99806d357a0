/**
 * Follows a text through a repair that says nothing about what it did. Each word is exchanged for a tracer, a word or
 * number that occurs once; in the repaired text the tracers tell what became of every word, and what stands between
 * two of them is compared with what stood there.
 */
import type { ChangedText, Difference } from './changed-text.js';
import { JsonProblem } from './json-tree.js';
import { lastAtMost } from './last-at-most.js';

/** What must stay as it is, since a repair looks at it: escapes, literals, addresses, numbers that are not JSON's. */
const kept = [
  String.raw`\\(?:u[\da-fA-F]{0,4}|[\s\S])?`,
  String.raw`(?<![\w$])(?:true|false|null|True|False|None|undefined)(?![\w$])`,
  String.raw`(?:https?|ftp|mailto|file|data|irc)(?=:\/\/)`,
];
/** A number as JSON writes it stays a number; a word, or a stray control character, stays a word. */
const number = String.raw`(?<number>(?<![\w.+-])-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.$]))|[-+.]?\d[\w.+-]*`;
const word = String.raw`(?<word>[\p{L}_$][\p{L}\p{N}\p{M}_$]*|(?!\s)\p{Cc})`;
const traced = new RegExp([...kept, number, word].join('|'), 'gu');

interface Anchor {
  readonly at: number;
  readonly end: number;
}

/**
 * Repairs a text by `repair`, which may move nothing, and tells all that it added and removed. JsonProblems that
 * `repair` throws come out with their place in the source.
 */
export function traceRepair(source: string, repair: (text: string) => string): ChangedText {
  const { dyed, words, mark, undyedOffset } = dye(source);
  const repaired = wash(repairOf(dyed, repair, undyedOffset), words, mark, source);
  const { differences, sourceOf } = compare(source, repaired.text, words, repaired.anchors);
  return { text: repaired.text, differences, sourceOf };
}

function repairOf(dyed: string, repair: (text: string) => string, undyedOffset: (offset: number) => number): string {
  try {
    return repair(dyed);
  } catch (error) {
    if (error instanceof JsonProblem) throw new JsonProblem(undyedOffset(error.at), error.message, error.isTooDeep);
    throw error;
  }
}

function dye(source: string) {
  const mark = unusedMark(source);
  const words: Anchor[] = [];
  const dyedAt: number[] = [];
  let dyed = '';
  let from = 0;
  for (const match of source.matchAll(traced)) {
    const { number, word } = match.groups ?? {};
    if (number === undefined && word === undefined) continue;
    const at = match.index;
    const end = at + match[0].length;
    dyed += source.slice(from, at);
    dyedAt.push(dyed.length);
    dyed += tracer(words.length, mark, number !== undefined);
    words.push({ at, end });
    from = end;
  }
  dyed += source.slice(from);
  const undyedOffset = (offset: number) => {
    const last = lastAtMost(dyedAt, (at) => at, offset);
    const word = words[last];
    if (!word) return offset;
    const past = offset - (dyedAt[last] ?? 0) - tracerLength;
    return past < 0 ? word.at : word.end + past;
  };
  return { dyed, words, mark, undyedOffset };
}

const indexDigits = 8;
const tracerLength = indexDigits + 3;

/** A number that stays a number: `7…`; a word that stays a word: `w…`. */
const tracer = (index: number, mark: string, isNumber: boolean) =>
  `${isNumber ? 7 : 'w'}${mark}${String(index).padStart(indexDigits, '0')}`;

/** Two digits that make tracers unlike anything in the text. */
function unusedMark(source: string): string {
  for (let mark = 10; mark < 100; mark++) if (!source.includes(`7${mark}0`)) return String(mark);
  return '10';
}

/** Exchanges the tracers for the words again, escaped for JSON. */
function wash(dyed: string, words: readonly Anchor[], mark: string, source: string) {
  const anchors: (Anchor & { readonly index: number })[] = [];
  let text = '';
  let from = 0;
  for (const match of dyed.matchAll(new RegExp(`[7w]${mark}(\\d{${indexDigits}})`, 'g'))) {
    const index = Number(match[1]);
    const word = words[index];
    if (!word) continue;
    text += dyed.slice(from, match.index);
    const at = text.length;
    text += JSON.stringify(source.slice(word.at, word.end)).slice(1, -1);
    anchors.push({ index, at, end: text.length });
    from = match.index + match[0].length;
  }
  return { text: text + dyed.slice(from), anchors };
}

/** What stood between two words, or more where words between them are gone, and what stands there now. */
interface Gap {
  readonly source: Anchor;
  readonly repaired: Anchor;
  readonly difference: (Difference & { readonly changedAt: number }) | undefined;
}

function compare(
  source: string,
  repaired: string,
  words: readonly Anchor[],
  anchors: readonly (Anchor & { readonly index: number })[],
) {
  const gaps: Gap[] = [];
  let sourceAt = 0;
  let repairedAt = 0;
  for (const { index, at, end } of anchors) {
    const word = words[index] ?? { at: sourceAt, end: sourceAt };
    gaps.push(gapBetween(source, { at: sourceAt, end: word.at }, repaired, { at: repairedAt, end: at }));
    sourceAt = word.end;
    repairedAt = end;
  }
  const rest = { at: sourceAt, end: source.length };
  gaps.push(gapBetween(source, rest, repaired, { at: repairedAt, end: repaired.length }));
  const differences = gaps.flatMap(({ difference }) =>
    difference ? { ...difference, by: 'JSONREPAIR' as const } : [],
  );
  const sourceOf = (offset: number) => {
    const gap = gaps[lastAtMost(gaps, ({ repaired: { at } }) => at, offset)];
    if (!gap) return 0;
    if (offset >= gap.repaired.end) return Math.min(gap.source.end + offset - gap.repaired.end, source.length);
    const { difference } = gap;
    if (!difference || offset < difference.changedAt)
      return Math.min(gap.source.at + offset - gap.repaired.at, gap.source.end);
    const past = offset - difference.changedAt - difference.added.length;
    return past < 0 ? difference.at : Math.min(difference.end + past, gap.source.end);
  };
  return { differences, sourceOf };
}

function gapBetween(source: string, sourceGap: Anchor, repaired: string, repairedGap: Anchor): Gap {
  const difference = differenceOf(
    source.slice(sourceGap.at, sourceGap.end),
    repaired.slice(repairedGap.at, repairedGap.end),
  );
  return {
    source: sourceGap,
    repaired: repairedGap,
    difference: difference && {
      at: sourceGap.at + difference.at,
      end: sourceGap.at + difference.end,
      changedAt: repairedGap.at + difference.changedAt,
      added: difference.added,
    },
  };
}

/** The stretch that differs: what is left between an equal beginning and an equal end. */
function differenceOf(before: string, after: string) {
  if (before === after) return undefined;
  const old = solids(before);
  const now = solids(after);
  let first = 0;
  while (first < old.length && first < now.length && old[first]?.text === now[first]?.text) first++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > first && nowEnd > first && old[oldEnd - 1]?.text === now[nowEnd - 1]?.text) {
    oldEnd--;
    nowEnd--;
  }
  if (oldEnd === first && nowEnd === first) return undefined;
  const [at, end] = reach(old.slice(first, oldEnd), old[first]?.at ?? before.length);
  const [nowAt, nowTo] = reach(now.slice(first, nowEnd), now[first]?.at ?? after.length);
  return { at, end, changedAt: nowAt, added: after.slice(nowAt, nowTo) };
}

interface Solid {
  readonly at: number;
  readonly text: string;
}

/** The characters of a text that are no spaces. */
const solids = (text: string): Solid[] =>
  [...text.matchAll(/\S/gu)].map((match) => ({ at: match.index, text: match[0] }));

/** From the first to the end of the last. */
function reach(run: readonly Solid[], otherwise: number): [number, number] {
  const [first, last] = [run[0], run.at(-1)];
  return first && last ? [first.at, last.at + last.text.length] : [otherwise, otherwise];
}
