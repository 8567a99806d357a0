/** A word or two of a line that went to a cue far from the rest of it: said there by somebody else. */
import { groupBy } from '../group-by.js';
import type { LaidCue, LaidPart } from './alignment.js';
import { lettersIn } from './units.js';

/** A pause within a line is hardly longer; and this many letters are no accident. */
const longestPauseMs = 8_000;
const fewLetters = 14;

/** What was laid, without strays: parts of a line that are short and far from where most of it is. */
export function withoutStrays(laid: readonly LaidCue[]): LaidCue[] {
  const strays = new Set<LaidPart>();
  const byLine = groupBy(
    laid.flatMap(({ parts }) => parts),
    ({ line }) => line,
  );
  for (const parts of byLine.values()) {
    const clusters = clustersOf(parts.toSorted((a, b) => a.startMs - b.startMs));
    const [, ...others] = clusters.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    for (const cluster of others) if (sizeOf(cluster) < fewLetters) for (const part of cluster) strays.add(part);
  }
  if (strays.size === 0) return [...laid];
  return laid.flatMap((each) => {
    const parts = each.parts.filter((part) => !strays.has(part));
    return parts.length === 0 ? [] : [{ ...each, parts }];
  });
}

const sizeOf = (parts: readonly LaidPart[]) => parts.reduce((sum, { text }) => sum + lettersIn(text), 0);

function clustersOf(parts: readonly LaidPart[]): LaidPart[][] {
  const clusters: LaidPart[][] = [];
  for (const part of parts) {
    const last = clusters.at(-1);
    if (last && part.startMs - Math.max(...last.map(({ endMs }) => endMs)) <= longestPauseMs) last.push(part);
    else clusters.push([part]);
  }
  return clusters;
}
