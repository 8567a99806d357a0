/** When to hide what on a film: from sightings at single moments to areas at any moment. Pure. */
import type { Box } from '../../schema/box.js';
import type { HiddenArea } from './mosaic.js';

/** Something seen at one moment, in shares of the frame. */
export interface Sighting {
  readonly what: HiddenArea['what'];
  readonly atMs: number;
  readonly box: Box;
  /** How surely; 0…1. Default: surely. */
  readonly score?: number;
}

/** From here on a sighting stands for itself; */
const sure = 0.5;
/** below, only where something surer was seen in the same place within so long. */
const nearMs = 1_500;

/** Without what one glance took for a face and no other: clouds, folds, flames. */
export function believed(sightings: readonly Sighting[]): Sighting[] {
  const isSure = ({ score = 1 }: Sighting) => score >= sure;
  const surer = sightings.filter(isSure).sort((a, b) => a.atMs - b.atMs);
  return sightings.filter(
    (seen) =>
      isSure(seen) ||
      surer.some(
        (other) => Math.abs(other.atMs - seen.atMs) <= nearMs && isSameSize(seen, other) && distance(seen, other) < 1,
      ),
  );
}

/** Before and after it was seen, something stays hidden for so long: detectors come late, and blink. */
export const holdMs = 500;
/** What is seen again after so long is taken for the same, and hidden all the while. */
const longestGapMs = 2_500;
/** As far as it may have moved, in its own sizes; and grown. */
const furthest = 1.5;
const mostGrown = 2;

interface Cover {
  readonly startMs: number;
  readonly endMs: number;
  readonly from: Sighting;
  /** Moves towards it; absent: stands still. */
  readonly to?: Sighting;
}

/** Says what is hidden at a moment, in shares of the frame. Ask in any order. */
export function coverOf(sightings: readonly Sighting[]): (atMs: number) => { what: Sighting['what']; box: Box }[] {
  const inOrder = sightings.toSorted((a, b) => a.atMs - b.atMs);
  const covers = inOrder.flatMap((seen, n): Cover[] => {
    const next = againSeen(seen, inOrder, n);
    const held = { startMs: seen.atMs - holdMs, endMs: seen.atMs + holdMs, from: seen };
    return next ? [held, { startMs: seen.atMs, endMs: next.atMs, from: seen, to: next }] : [held];
  });
  covers.sort((a, b) => a.startMs - b.startMs);
  const longest = Math.max(2 * holdMs, longestGapMs);
  return (atMs) => {
    const found = [];
    for (let n = firstFrom(covers, atMs - longest); n < covers.length; n++) {
      const cover = covers[n];
      if (!cover || cover.startMs > atMs) break;
      if (cover.endMs >= atMs) found.push({ what: cover.from.what, box: boxAt(cover, atMs) });
    }
    return found;
  };
}

/** The nearest sighting of what may be the same, at the first moment that has one. */
function againSeen(seen: Sighting, inOrder: readonly Sighting[], n: number): Sighting | undefined {
  let best: { readonly next: Sighting; readonly far: number } | undefined;
  for (let m = n + 1; m < inOrder.length; m++) {
    const next = inOrder[m];
    if (!next || next.atMs - seen.atMs > longestGapMs || (best && next.atMs > best.next.atMs)) break;
    if (next.atMs === seen.atMs || next.what !== seen.what) continue;
    const far = distance(seen, next);
    if (far > furthest || !isSameSize(seen, next)) continue;
    if (!best || far < best.far) best = { next, far };
  }
  return best?.next;
}

/** Between the middles, in sizes of the larger one. */
function distance({ box: a }: Sighting, { box: b }: Sighting): number {
  const size = Math.max(a.width, a.height, b.width, b.height);
  return Math.hypot(middle(a, 'x') - middle(b, 'x'), middle(a, 'y') - middle(b, 'y')) / size;
}

const isSameSize = ({ box: a }: Sighting, { box: b }: Sighting): boolean =>
  Math.max(a.height, b.height) <= mostGrown * Math.min(a.height, b.height);

const middle = (box: Box, axis: 'x' | 'y') => box[axis] + (axis === 'x' ? box.width : box.height) / 2;

function boxAt({ startMs, endMs, from, to }: Cover, atMs: number): Box {
  if (!to) return from.box;
  const share = (atMs - startMs) / Math.max(1, endMs - startMs);
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    x: between(from.box.x, to.box.x),
    y: between(from.box.y, to.box.y),
    width: between(from.box.width, to.box.width),
    height: between(from.box.height, to.box.height),
  };
}

/** Index of the first cover that starts at this moment or later. */
function firstFrom(covers: readonly Cover[], ms: number): number {
  let [low, high] = [0, covers.length];
  while (low < high) {
    const half = (low + high) >> 1;
    if ((covers[half]?.startMs ?? 0) < ms) low = half + 1;
    else high = half;
  }
  return low;
}
