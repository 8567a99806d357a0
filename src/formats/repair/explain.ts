/** Puts into words what a repair did. */
import type { Difference } from './changed-text.js';
import { findTree, type JsonScalar, type JsonTree } from './json-tree.js';
import { looseLeaves } from './loose-leaves.js';
import type { RepairItem } from './repair-report.js';

/** An item of a report by its offset in the text. */
export type OffsetItem = Omit<RepairItem, 'line' | 'column'> & { readonly at: number };

/**
 * The differences between a text and the strict JSON made of it, as items of the report. `sourceOf` brings the tree's
 * offsets to those of the text.
 */
export function explain(
  source: string,
  differences: readonly Difference[],
  tree: JsonTree,
  sourceOf: (offset: number) => number,
): OffsetItem[] {
  const seen = new Set<number>();
  const lastSolid = source.trimEnd().length;
  return differences.flatMap((difference): OffsetItem[] => {
    const { at, end, added, by } = difference;
    const removed = source.slice(at, end);
    const { path } = findTree(tree, at, sourceOf);
    const isComment = (by ? /\/[/*]|^#/ : /^\s*(?:\/[/*]|#)/).test(removed);
    if (by === 'NOTATION') {
      const isLost = added === ' ' && isComment;
      const item = { at, path, reason: isLost ? commentReason : sentence(removed, added, false) };
      const was = removed.includes('"') ? looseLeaves(removed) : [];
      return [isLost ? { ...item, what: 'LOST', text: removed, ...wasOf(was) } : { ...item, what: 'CHANGED' }];
    }
    const isLost = losesWords(removed, added);
    const doubtful = doubtfulStrings(source, difference, tree, sourceOf, seen);
    const was = isLost && doubtful.length === 0 ? looseLeaves(removed) : keysMade(difference, removed, tree, sourceOf);
    const item: OffsetItem = {
      ...{ at, path, what: isLost ? 'LOST' : 'CHANGED' },
      reason: isLost && isComment ? commentReason : sentence(removed, added, end >= lastSolid),
      ...(isLost && { text: removed }),
      ...wasOf(was),
      ...(/\bnull\b/.test(added) && !/null|None|undefined/.test(removed) && { now: [null] }),
    };
    return [item, ...doubtful];
  });
}

const commentReason = 'Comments are not kept.';

/** The key before a colon that was added: it may have been a value. */
function keysMade(
  { at, added }: Difference,
  removed: string,
  tree: JsonTree,
  sourceOf: (offset: number) => number,
): string[] {
  if (!added.includes(':') || removed.includes(':')) return [];
  return [at - 1, at].flatMap((offset) => findTree(tree, offset, sourceOf).key?.key ?? []).slice(0, 1);
}

const wasOf = (was: readonly JsonScalar[]) => (was.length > 0 ? { was } : {});

/** Strings that may have been several, or others, since a quotation mark at or in them was added, removed or moved. */
function doubtfulStrings(
  source: string,
  { at, end, added, by }: Difference,
  tree: JsonTree,
  sourceOf: (offset: number) => number,
  seen: Set<number>,
): OffsetItem[] {
  const removed = source.slice(at, end);
  const isInvented = added.replaceAll('\\"', '').includes('"') && !otherQuote.test(removed) && !removed.includes('"');
  const concerns = by ? /\\"/.test(added) || isInvented : /"|^\\$/.test(added) || removed.includes('"');
  if (!concerns) return [];
  return [at - 1, at, end].flatMap((offset): OffsetItem[] => {
    const { path, tree: held, key } = findTree(tree, offset, sourceOf);
    const value = key ? key.key : held.type === 'scalar' ? held.value : undefined;
    const own = key ? key.keyAt : held.at;
    const from = Math.min(sourceOf(own), at);
    if (key && at > sourceOf(key.keyEnd)) return [];
    const isOther = otherQuote.test(source.charAt(from));
    if (typeof value !== 'string' || seen.has(own) || (isOther && !isInvented)) return [];
    const to = Math.max(sourceOf(key ? key.keyEnd : held.end), end);
    const was = looseLeaves(source.slice(isOther ? from + 1 : from, to));
    if (was.length === 1 && was[0] === value) return [];
    seen.add(own);
    const now: JsonScalar[] = key ? [] : [value];
    return [{ at: from, path, what: 'CHANGED', reason: 'Where this string ends is not certain.', was, now }];
  });
}

const otherQuote = /['“”‘’`´]/;
const otherLiterals = new Set(['True', 'False', 'None', 'undefined']);

function losesWords(removed: string, added: string): boolean {
  const kept: readonly string[] = added.match(/[\p{L}\p{N}]+/gu) ?? [];
  return (removed.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => !otherLiterals.has(word) && !kept.includes(word));
}

function sentence(removed: string, added: string, isAtEnd: boolean): string {
  if (removed === '' && isAtEnd) return `The text breaks off here: “${added}” was missing.`;
  if (removed === '') return `“${added}” was missing here.`;
  if (added === '') return `“${removed}” was left out.`;
  return `“${removed}” was read as “${added}”.`;
}
