/** The lines of a Fountain text without what is not printed: notes `[[…]]` and the boneyard. */
export interface FountainLine {
  /** What is printed of it, without its line end. */
  readonly text: string;
  /** In the whole text; `end` is where its line end begins. */
  readonly start: number;
  readonly end: number;
  /** Something of it is hidden, and nothing else is there. */
  readonly hidden?: 'note' | 'boneyard';
}

export interface FountainNote {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Hidden extends FountainNote {
  readonly kind: 'note' | 'boneyard';
}

/** What is between `[[` and `]]` may go over lines, but not over an empty one; two spaces make a line not empty. */
const emptyLine = /\r?\n[^\S\r\n]?(?=\r?\n)|\r(?!\n)[^\S\r\n]?(?=\r)/g;

export function readLines(text: string): { readonly lines: FountainLine[]; readonly notes: FountainNote[] } {
  const hidden = findHidden(text);
  const lines: FountainLine[] = [];
  let next = 0;
  for (const { index, 0: whole } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (whole === '') break;
    const end = index + whole.replace(/[\r\n]+$/, '').length;
    while ((hidden[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    let shown = '';
    let from = index;
    let kind: Hidden['kind'] | undefined;
    for (let n = next; n < hidden.length; n++) {
      const one = hidden[n];
      if (!one || one.start >= end) break;
      if (one.start > from) shown += text.slice(from, one.start);
      kind ??= one.kind;
      from = Math.max(from, Math.min(one.end, end));
    }
    shown += text.slice(from, end);
    lines.push({ text: shown, start: index, end, ...(kind && shown.trim() === '' && { hidden: kind }) });
  }
  return { lines, notes: hidden.filter(({ kind }) => kind === 'note') };
}

function findHidden(text: string): Hidden[] {
  const found: Hidden[] = [];
  // Where no note and no boneyard that opens before can close: found out once, not for every opening.
  let unclosedUntil = 0;
  let isUnclosed = false;
  const opening = /\[\[|\/\*/g;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const start = open.index;
    if (open[0] === '/*') {
      const close: number = isUnclosed ? -1 : text.indexOf('*/', start + 2);
      isUnclosed ||= close < 0;
      if (close < 0) continue;
      found.push({ kind: 'boneyard', text: text.slice(start + 2, close), start, end: close + 2 });
      opening.lastIndex = close + 2;
      continue;
    }
    if (start < unclosedUntil) continue;
    emptyLine.lastIndex = start;
    const limit = emptyLine.exec(text)?.index ?? text.length;
    const close = text.indexOf(']]', start + 2);
    if (close < 0 || close >= limit) {
      unclosedUntil = limit;
      continue;
    }
    found.push({ kind: 'note', text: text.slice(start + 2, close), start, end: close + 2 });
    opening.lastIndex = close + 2;
  }
  return found;
}
