/** Which units are which cues, where both run in the same order: groups of neighbours by dynamic programming. */
import { commonGrams, type Grams } from '../evaluation/lexical-similarity.js';
import type { Unit } from './units.js';

/** Units and cues, next to each other, that say the same. */
export interface Passage {
  readonly units: readonly number[];
  readonly cues: readonly number[];
  /** Dice's coefficient of the n-grams of both, 0…1. */
  readonly similarity: number;
}

/** For each unit the cues that it may go with: from the first up to, not including, the second. Neither ever falls. */
export type Window = (unit: number) => readonly [from: number, to: number];

/**
 * What two texts must share to be one (Dice): below, they are better left alone. Ours; unrelated lines share less than
 * .2, and are told by less where a clock says that they are one, by more where it speaks against it.
 */
export const leastShare = { anywhere: 0.4, inTime: 0.15, outOfTime: 0.75 } as const;

/** How many units and cues a group may have: one of several, or two of two. */
const groups: readonly (readonly [units: number, cues: number])[] = [
  ...([1, 2, 3, 4] as const).map((units) => [units, 1] as const),
  ...([2, 3, 4] as const).map((cues) => [1, cues] as const),
  [2, 2],
];

/**
 * The groups that share most: as in the alignment of sentences by Gale & Church (1993), but by shared n-grams. A group
 * is worth 2·common − λ·(all n-grams of it), so that whatever adds nothing stays out, and sums may be compared; λ is the
 * share that they need. Skipping costs nothing. Memory: one byte for each pair in the window.
 */
export function alignPassages(
  units: readonly Unit[],
  cues: readonly (Grams | undefined)[],
  window: Window,
  shareNeeded: (unit: number, cue: number) => number = () => leastShare.anywhere,
): Passage[] {
  const rows = units.length;
  const from = new Int32Array(rows + 1);
  const to = new Int32Array(rows + 1);
  const offset = new Float64Array(rows + 1);
  let cells = 0;
  for (let row = 0; row < rows; row++) {
    [from[row], to[row]] = window(row) as [number, number];
    offset[row] = cells;
    cells += (to[row] as number) - (from[row] as number);
  }
  const moves = new Uint8Array(cells);
  const unitGroups = grouped(units.map(({ grams }) => grams));
  const cueGroups = grouped(cues);
  // Values of the last rows that a group may reach back to, for all cues: D(row, column) at column + 1.
  const held = Array.from({ length: 5 }, () => new Float64Array(cues.length + 1));
  const ends = new Int32Array(5);
  const valueAt = (row: number, column: number): number => {
    if (row < 0 || column < 0) return 0;
    const line = held[row % 5] as Float64Array;
    return line[Math.min(column, (ends[row % 5] as number) - 1) + 1] as number;
  };
  for (let row = 0; row < rows; row++) {
    const line = held[row % 5] as Float64Array;
    const first = from[row] as number;
    const last = to[row] as number;
    ends[row % 5] = last;
    line[first] = valueAt(row - 1, first - 1);
    for (let column = first; column < last; column++) {
      let best = valueAt(row - 1, column);
      let move = 1;
      if ((line[column] as number) > best) {
        best = line[column] as number;
        move = 2;
      }
      const needed = shareNeeded(row, column);
      for (const [n, [height, width]] of groups.entries()) {
        if (row - height < -1 || column - width < first - 1) continue;
        if (!couldBe(unitGroups.length(row, height), cueGroups.length(column, width), needed)) continue;
        const [one, other] = [unitGroups.together(row, height), cueGroups.together(column, width)];
        if (!one || !other) continue;
        const worth = 2 * commonGrams(one, other) - needed * (one.length + other.length);
        if (worth <= 0) continue;
        const total = valueAt(row - height, column - width) + worth;
        if (total > best + 1e-9) {
          best = total;
          move = 3 + n;
        }
      }
      line[column + 1] = best;
      moves[(offset[row] as number) + column - first] = move;
    }
  }

  const found: Passage[] = [];
  for (let row = rows - 1, column = cues.length - 1; row >= 0 && column >= 0; ) {
    column = Math.min(column, (to[row] as number) - 1);
    const move = column < (from[row] as number) ? 1 : moves[(offset[row] as number) + column - (from[row] as number)];
    if (move === 1) row--;
    else if (move === 2) column--;
    else {
      const [height, width] = groups[(move as number) - 3] as readonly [number, number];
      const one = unitGroups.together(row, height) as Grams;
      const other = cueGroups.together(column, width) as Grams;
      found.push({
        units: Array.from({ length: height }, (_, n) => row - height + 1 + n),
        cues: Array.from({ length: width }, (_, n) => column - width + 1 + n),
        similarity: (2 * commonGrams(one, other)) / (one.length + other.length),
      });
      row -= height;
      column -= width;
    }
  }
  return found.reverse();
}

/** Whether texts of so many n-grams share enough, should the shorter be all in the longer. */
const couldBe = (one: number, other: number, needed: number) => 2 * Math.min(one, other) > needed * (one + other);

/** N-grams of `count` neighbours that end at `last`: how many, and which; none where one of them says nothing. */
function grouped(all: readonly (Grams | undefined)[]) {
  const known = new Map<number, Grams>();
  const sums = new Float64Array(all.length + 1);
  for (const [n, grams] of all.entries()) sums[n + 1] = (sums[n] as number) + (grams?.length ?? 0);
  return {
    length: (last: number, count: number): number => (sums[last + 1] as number) - (sums[last + 1 - count] as number),
    together(last: number, count: number): Grams | undefined {
      if (count === 1) return all[last];
      const key = last * 4 + count - 1;
      const held = known.get(key);
      if (held) return held;
      const parts = all.slice(last - count + 1, last + 1);
      if (parts.some((part) => part === undefined)) return undefined;
      const made = merged(parts as readonly Grams[]);
      known.set(key, made);
      return made;
    },
  };
}

function merged(parts: readonly Grams[]): Grams {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}
