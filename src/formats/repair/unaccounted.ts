/** What a damaged text may have said that neither its value nor its report holds. */
import type { Difference } from './changed-text.js';
import type { OffsetItem } from './explain.js';
import { findTree, type JsonScalar, type JsonTree, keysOf, leavesOf } from './json-tree.js';
import { lastAtMost } from './last-at-most.js';
import { looseLeaves } from './loose-leaves.js';

export interface Accounts {
  readonly value: unknown;
  readonly items: readonly OffsetItem[];
  readonly tree: JsonTree;
  /** Brings the tree's offsets to those of the text. */
  readonly sourceOf: (offset: number) => number;
}

/**
 * Scalars beside damage that would be there if each quotation mark opened a string, or closed one, and are not accounted
 * for: where marks are lost, nobody can tell which of the two they do.
 */
export function findUnaccounted(
  source: string,
  differences: readonly Difference[],
  { value, items, tree, sourceOf }: Accounts,
): OffsetItem[] {
  const damage = differences.filter(({ by }) => by !== 'NOTATION');
  if (damage.length === 0) return [];
  const held = items.flatMap(({ was = [] }) => was);
  const accounted = new Set<JsonScalar>([...leavesOf(value), ...repeated(keysOf(value)), ...held]);
  return stretchesNear(stretchesOf(source), damage).flatMap(({ at, end, isQuoted }): OffsetItem[] => {
    const raw = source.slice(at, end);
    const isString = isQuoted && !startsAsStructure.test(raw);
    const was = [...new Set(looseLeaves(raw))].filter(
      (leaf) => (isString || Number.isFinite(leaf)) && !accounted.has(leaf),
    );
    for (const leaf of was) accounted.add(leaf);
    const reason = 'This may have been a value of its own: where strings begin and end here is not certain.';
    return was.length === 0 ? [] : [{ at, was, what: 'CHANGED', path: findTree(tree, at, sourceOf).path, reason }];
  });
}

interface Stretch {
  readonly at: number;
  readonly end: number;
  /** Whether quotation marks stand on both sides, as they do around strings, and between them. */
  readonly isQuoted: boolean;
}

/** Those that are there twice or more; a key that is there but once may have been a value. */
function repeated(keys: readonly string[]): Set<string> {
  const once = new Set<string>();
  return new Set(keys.filter((key) => once.has(key) || !once.add(key)));
}

/** In order: those that hold a difference, and their neighbours. */
function stretchesNear(stretches: readonly Stretch[], differences: readonly Difference[]): Stretch[] {
  const near = new Set<number>();
  for (const { at, end } of differences) {
    const first = lastAtMost(stretches, (stretch) => stretch.at, at);
    const last = lastAtMost(stretches, (stretch) => stretch.at, end);
    for (let n = first - 1; n <= last + 1; n++) near.add(n);
  }
  return stretches.filter((_, n) => near.has(n));
}

const startsAsStructure = /^\s*[:,\]}]/;

/** What stands before, between and after quotation marks, in order. */
function stretchesOf(source: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { index } of source.matchAll(/(?<=(?<!\\)(?:\\\\)*)"/g)) {
    stretches.push({ at, end: index, isQuoted: at > 0 });
    at = index + 1;
  }
  stretches.push({ at, end: source.length, isQuoted: false });
  return stretches;
}
