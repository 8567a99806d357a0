/** A text that was changed, with all its changes. */
import { lastAtMost } from './last-at-most.js';

/** What stood in the source, and what stands there now. */
export interface Difference {
  /** Offsets in the source. */
  readonly at: number;
  readonly end: number;
  readonly added: string;
  /** A token as other languages write it, rewritten; what `jsonrepair` did; otherwise the mending of damage. */
  readonly by?: 'NOTATION' | 'JSONREPAIR';
}

export interface ChangedText {
  readonly text: string;
  /** In the order of the text. Spaces do not count. */
  readonly differences: readonly Difference[];
  /** Offset in the source for one in the changed text; inside what was added, where it was added. Monotone. */
  readonly sourceOf: (offset: number) => number;
}

/** A text after edits that stand in its order. */
export function applyEdits(source: string, edits: readonly Difference[]): ChangedText {
  let text = '';
  let from = 0;
  /** Where what was added by each edit begins in the text. */
  const starts: number[] = [];
  for (const { at, end, added } of edits) {
    text += source.slice(from, at);
    starts.push(text.length);
    text += added;
    from = end;
  }
  text += source.slice(from);
  const sourceOf = (offset: number) => {
    const last = lastAtMost(starts, (start) => start, offset);
    const edit = edits[last];
    if (!edit) return offset;
    const past = offset - (starts[last] ?? 0) - edit.added.length;
    return past < 0 ? edit.at : edit.end + past;
  };
  return { text, differences: edits, sourceOf };
}

/** Two changes, the second made to what the first left, as one. */
export function chain(first: ChangedText, second: ChangedText): ChangedText {
  const later = second.differences.map((difference) => ({
    ...difference,
    at: first.sourceOf(difference.at),
    end: first.sourceOf(difference.end),
  }));
  return {
    text: second.text,
    differences: [...first.differences, ...later].sort((one, other) => one.at - other.at),
    sourceOf: (offset) => first.sourceOf(second.sourceOf(offset)),
  };
}
