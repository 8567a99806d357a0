/** Where what was found lies in the film. Pure. */
import { FabulaError } from '../../schema/errors.js';
import type { Interval } from '../../src/narrative/intervals.js';

/** The scene or shot that runs at a moment; the first one before the picture begins, the last one after its end. */
export function runningAt<Node extends Interval>(nodes: readonly Node[], atMs: number): Node {
  const found = nodes.findLast(({ startMs }) => startMs <= atMs) ?? nodes[0];
  if (!found) throw new FabulaError('INVALID_NARRATIVE', 'The stages found no scene or no shot at all.');
  return found;
}

export const inOrder = <Found extends Interval>(found: readonly Found[]): Found[] =>
  found.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);

/** In order of time, cut off where the film ends; what lies outside it altogether is left out. */
export const clipToFilm = <Found extends Interval>(found: readonly Found[], durationMs: number): Found[] =>
  inOrder(
    found
      .map((one) => ({ ...one, startMs: Math.max(0, one.startMs), endMs: Math.min(one.endMs, durationMs) }))
      .filter(({ startMs, endMs }) => startMs < endMs),
  );
