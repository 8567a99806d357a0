/** Strict JSON, token by token: what may come next, and where a text stops being JSON. */

/** What JSON allows next. `,` stands for a comma, or the bracket that closes the innermost list or object. */
export type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ',' | 'end';

/** The open brackets, innermost first. */
export interface Open {
  readonly bracket: '{' | '[';
  readonly depth: number;
  readonly around: Open | undefined;
}

/** A place after a token. */
export interface ScanState {
  /** Offsets of the token before it; of none at the start. */
  readonly from: number;
  readonly at: number;
  readonly open: Open | undefined;
  readonly expected: Expected;
}

export const scanStart: ScanState = { from: 0, at: 0, open: undefined, expected: 'value' };

/** Deeper nesting than any script has. */
export const maxJsonDepth = 200;

const space = /[ \t\n\r]*/y;
const stringBody = /"[^"\\\p{Cc}]*(?:(?:[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))[^"\\\p{Cc}]*)*/uy;
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * The state after the next token. A number: the offset at which the text stops being JSON. Undefined: the text is at
 * its proper end.
 */
export function scanToken(text: string, { at: before, open, expected }: ScanState): ScanState | number | undefined {
  const from = matchEnd(space, text, before) ?? before;
  const character = text[from];
  if (character === undefined) return expected === 'end' ? undefined : from;
  const after = (at: number, next: Expected, nowOpen = open): ScanState => ({
    from,
    at,
    open: nowOpen,
    expected: next,
  });
  const close = open?.bracket === '{' ? '}' : ']';
  if (character === close && open && (expected === ',' || expected.endsWith(close)))
    return after(from + 1, open.around ? ',' : 'end', open.around);
  switch (expected) {
    case 'end':
      return from;
    case ',':
      return character === ',' ? after(from + 1, open?.bracket === '{' ? 'key' : 'value') : from;
    case ':':
      return character === ':' ? after(from + 1, 'value') : from;
    case 'key':
    case 'key or }':
      return character === '"' ? stringToken(text, from, (at) => after(at, ':')) : from;
    case 'value':
    case 'value or ]': {
      const next = open ? ',' : 'end';
      if (character === '"') return stringToken(text, from, (at) => after(at, next));
      const depth = (open?.depth ?? 0) + 1;
      if ((character === '{' || character === '[') && depth <= maxJsonDepth)
        return after(from + 1, character === '{' ? 'key or }' : 'value or ]', {
          bracket: character,
          depth,
          around: open,
        });
      const at = matchEnd(literal, text, from);
      return at === undefined ? from : after(at, next);
    }
    default:
      return expected satisfies never;
  }
}

function stringToken(text: string, from: number, after: (at: number) => ScanState): ScanState | number {
  const end = matchEnd(stringBody, text, from) ?? from;
  return text[end] === '"' ? after(end + 1) : end;
}
