/** JSON as other languages and people write it, token by token: a strict token where there is one, else its like. */
import type { Difference } from './changed-text.js';
import { type ScanState, scanStart, scanToken } from './json-scan.js';

/** A place after a token, which may have to be written otherwise. */
export interface LooseState extends ScanState {
  /** The token as JSON writes it, where the text does not. */
  readonly rewritten?: string;
  /** The comma before the token is one too many, or missing. */
  readonly comma?: 'DROPPED' | 'ADDED';
}

/** Spaces of any width, and comments; one that reaches from its mark to the text's end is none if it looks like JSON. */
const looseSpace = /(?:[\s\u200B\u2060\u180E]|(?:\/\/|#)(?:[^\n]{0,300}(?=\n)|[^\n{}[\]"]*$)|\/\*[\s\S]*?\*\/)+/uy;

/** As `scanToken`: the state after the next token, the offset at which the text stops making sense, or undefined. */
export function scanLoosely(text: string, state: ScanState): LooseState | number | undefined {
  const strict = scanToken(text, state);
  if (typeof strict !== 'number') return strict;
  looseSpace.lastIndex = state.at;
  const from = looseSpace.test(text) ? looseSpace.lastIndex : state.at;
  const spaced = scanToken(text, { ...state, at: from });
  if (typeof spaced !== 'number') return spaced;
  const { expected } = state;
  const isAfterComma = text[state.from] === ',' && (expected === 'key' || expected === 'value');
  if (isAfterComma && /[}\]]/.test(text.charAt(from))) {
    const closed = scanToken(text, { ...state, at: from, expected: ',' });
    return typeof closed === 'object' ? { ...closed, comma: 'DROPPED' } : spaced;
  }
  if (expected === ',' && text.slice(state.at, from).includes('\n')) {
    const next = scanLoosely(text, { ...state, at: from, expected: state.open?.bracket === '{' ? 'key' : 'value' });
    return typeof next === 'object' && !next.comma ? { ...next, comma: 'ADDED' } : spaced;
  }
  const like = expected.startsWith('key')
    ? likeKey(text, from)
    : expected.startsWith('value')
      ? likeValue(text, from)
      : undefined;
  if (!like) return spaced;
  const next = scanToken(like.rewritten, { ...state, at: 0 });
  return typeof next === 'object' ? { ...next, from, at: from + like.length, rewritten: like.rewritten } : spaced;
}

interface Like {
  readonly length: number;
  readonly rewritten: string;
}

const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”“"', '‘': '’‘', '`': '`', '´': '´' };

const likeKey = (text: string, at: number): Like | undefined =>
  quotedOtherwise(text, at, /\s*:/y) ?? likeWord(text, at, /[\p{L}_$][\p{L}\p{N}_$-]*(?=\s*:)/uy);

const likeValue = (text: string, at: number): Like | undefined =>
  quotedOtherwise(text, at, /\s*(?:[,}\]]|\/[/*]|#|$)/y) ??
  literals.flatMap(({ pattern, json }) => {
    const found = match(pattern, text, at);
    return found === undefined ? [] : [{ length: found.length, rewritten: json(found) }];
  })[0] ??
  likeWord(
    text,
    at,
    /\d+(?::\d+)+(?:[.,]\d+)?(?=\s*[,}\]])|0\d+(?=\s*[,}\]])|\p{L}(?:[^,:{}[\]"\s]| (?! ))*(?<=\S)(?=\s*(?:[,}\]]|$))/uy,
  );

/** What other languages write for what JSON has, or has not. */
const literals: readonly { readonly pattern: RegExp; readonly json: (found: string) => string }[] = [
  { pattern: /True(?![\w$])/y, json: () => 'true' },
  { pattern: /False(?![\w$])/y, json: () => 'false' },
  { pattern: /(?:None|undefined|nil)(?![\w$])/y, json: () => 'null' },
  { pattern: /[-+]?(?:NaN|Infinity)(?![\w$])/y, json: (found) => JSON.stringify(found) },
  {
    pattern: /[-+]?(?:0[xX][\da-fA-F]+|(?!0\d)(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\w.:])/y,
    json: plainNumber,
  },
];

function plainNumber(found: string): string {
  const digits = found.replaceAll('_', '').replace(/^\+/, '');
  const value = digits.startsWith('-') ? -Number(digits.slice(1)) : Number(digits);
  return String(value);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function likeWord(text: string, at: number, pattern: RegExp): Like | undefined {
  const found = match(pattern, text, at);
  return found === undefined ? undefined : { length: found.length, rewritten: JSON.stringify(found) };
}

/** A string that JSON would write otherwise; it ends at the first closing quotation mark that `after` follows. */
function quotedOtherwise(text: string, at: number, after: RegExp): Like | undefined {
  const closing = quotes[text.charAt(at)];
  if (closing === undefined) return undefined;
  for (let end = at + 1; end < text.length; end++) {
    const character = text.charAt(end);
    if (character === '\\') end++;
    else if (closing.includes(character)) {
      after.lastIndex = end + 1;
      if (after.test(text)) return { length: end + 1 - at, rewritten: requoted(text.slice(at + 1, end)) };
      // A second double quotation mark may well be the beginning of the next string.
      if (closing === '"') return undefined;
    }
  }
  return undefined;
}

/** The inside of a string between other quotation marks, between double ones. */
function requoted(inside: string): string {
  const escaped = inside.replaceAll(/\\(?:(["\\/bfnrt]|u[\da-fA-F]{4})|([\s\S]))|["\p{Cc}]/gu, (found, json, other) =>
    json !== undefined ? found : other !== undefined ? escapedAlone(String(other)) : JSON.stringify(found).slice(1, -1),
  );
  return `"${escaped}"`;
}

/** `\'` is an apostrophe; a backslash before anything else that JSON does not know is a backslash. */
const escapedAlone = (other: string) => (/['`´‘’“”]/.test(other) ? other : `\\\\${JSON.stringify(other).slice(1, -1)}`);

/** The differences between a text and the strict JSON that it means, as far as it makes sense. */
export function notationOf(text: string): Difference[] {
  const differences: Difference[] = [];
  const tell = (at: number, end: number, added: string) => differences.push({ at, end, added, by: 'NOTATION' });
  for (let state: ScanState = scanStart; ; ) {
    const next = scanLoosely(text, state);
    if (typeof next !== 'object') {
      const rest = text.slice(state.at);
      if (next === undefined && /[^ \t\n\r]/.test(rest)) tell(state.at, text.length, '');
      return differences;
    }
    if (next.comma === 'DROPPED') tell(state.from, state.at, '');
    if (next.comma === 'ADDED') tell(state.at, state.at, ',');
    const between = text.slice(state.at, next.from);
    const first = between.search(/[^ \t\n\r]/);
    if (first >= 0) tell(state.at + first, state.at + between.replace(/[ \t\n\r]+$/, '').length, ' ');
    if (next.rewritten !== undefined) tell(next.from, next.at, next.rewritten);
    state = next;
  }
}
