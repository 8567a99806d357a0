/** Finds the JSON in an answer that talks around it: marks, greetings, fences, thoughts. */

export interface Wrapping {
  /** Offsets of the JSON in the text. */
  readonly at: number;
  readonly end: number;
}

/** Most beginnings of JSON that are tried. */
const mostTries = 50;

/**
 * Where the JSON stands: the longest stretch from a bracket to the one that closes it, or to the end where none does.
 * Everything else is talk, unless it looks like more JSON: then it stays, for the repair to make sense of.
 */
export function locateJson(text: string): Wrapping | undefined {
  let best: Wrapping | undefined;
  let tries = 0;
  for (let at = nextStart(text, 0); at !== undefined && tries < mostTries; tries++) {
    const end = closingOf(text, at);
    if (!best || (end ?? text.length) - at > best.end - best.at) best = { at, end: end ?? text.length };
    if (end === undefined) break;
    at = nextStart(text, end);
  }
  if (!best) {
    const first = text.search(/[[{]/);
    return first < 0 ? undefined : { at: first, end: fenceBefore(text) };
  }
  const { at, end } = best;
  return {
    at: isMoreJson(text.slice(0, at)) ? 0 : at,
    end: isMoreJson(text.slice(end)) ? fenceBefore(text) : end,
  };
}

/** A bracket that JSON could begin with: an object's key or end follows, or a list's value or end. */
function nextStart(text: string, from: number): number | undefined {
  const pattern =
    /\{(?=\s*(?:["'“‘`}/\\\p{L}_$,]|$))|\[(?=\s*(?:["'“‘`{[\]/\d.-]|$|(?:true|false|null|True|False|None)\b))/gu;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

/** Offset after the bracket that closes the one at an offset; undefined where none does. */
function closingOf(text: string, at: number): number | undefined {
  const pattern = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]]/g;
  pattern.lastIndex = at;
  let depth = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [found] = match;
    if (found === '{' || found === '[') depth++;
    else if (found === '}' || found === ']') depth--;
    if (depth === 0) return pattern.lastIndex;
  }
  return undefined;
}

/** A key, or an edge that only JSON has. */
const isMoreJson = (text: string) => /["'”’]\s*:|^\s*(?:[\]},:"]|[{[]\s*["{[\d])|[[{"]\s*$/.test(text);

/** The text's end, before a fence that closes it. */
const fenceBefore = (text: string) => text.length - (/\n?\s*```\s*$/.exec(text)?.[0].length ?? 0);
