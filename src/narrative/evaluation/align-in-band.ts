/** Alignment of two sequences by dynamic programming, where only neighbours in time can be pairs. */
import { FabulaError } from '../../../schema/errors.js';

/** Most pairs that are looked at: beyond, texts say nothing useful of when things happen. */
export const mostPairs = 1_000_000;

/** What may be a pair, and what it is worth. Rows and columns are numbered from 0. */
export interface Band {
  readonly rows: number;
  readonly columns: number;
  /** Columns that a row may be paired with: from the first up to, not including, the second. Neither ever falls. */
  readonly window: (row: number) => readonly [from: number, to: number];
  /** How many numbers say what a pair is worth: the first counts most, the others settle ties one after another. */
  readonly parts: number;
  /** Writes what a pair is worth, in whole numbers ≥ 0; false for what must not be a pair. */
  readonly weigh: (row: number, column: number, worth: Float64Array) => boolean;
  /**
   * Whether the row rather than the column is left over where both would do: an order of the two that does not depend
   * on which is which.
   */
  readonly leavesRow: (row: number, column: number) => boolean;
}

export interface Alignment {
  /** Pairs in order, no row or column twice, none crossing. */
  readonly pairs: readonly (readonly [row: number, column: number])[];
  /** Sums over the pairs, part by part. */
  readonly worth: readonly number[];
}

const skipRow = 0;
const skipColumn = 1;
const take = 2;

/**
 * The pairs that are worth most together: D(i,j) = max{D(i−1,j), D(i,j−1), D(i−1,j−1) + s(i,j)}. Since all worths are
 * whole numbers, sums are exact and the answer is the same with rows and columns exchanged. Memory: one byte for each
 * pair in the band. INVALID_INPUT where there are more than `mostPairs`.
 */
export function alignInBand({ rows, columns, window, parts, weigh, leavesRow }: Band): Alignment {
  const from = new Int32Array(rows);
  const to = new Int32Array(rows);
  const offset = new Float64Array(rows);
  let cells = 0;
  for (let row = 0; row < rows; row++) {
    [from[row], to[row]] = window(row) as [number, number];
    offset[row] = cells;
    cells += (to[row] as number) - (from[row] as number);
  }
  if (cells > mostPairs)
    throw new FabulaError(
      'INVALID_INPUT',
      `The two scripts have ${cells} pairs that are close enough in time to be the same; at most ${mostPairs} can be compared.`,
      'Compare shorter scripts, or scripts that say when things happen.',
    );

  const moves = new Uint8Array(cells);
  const worth = new Float64Array(parts);
  // The rows' values so far, for the columns of their windows and the one before them.
  let above = new Float64Array((columns + 1) * parts);
  let here = new Float64Array((columns + 1) * parts);
  let aboveEnd = 0;
  const isBetter = (one: Float64Array, at: number, other: Float64Array, otherAt: number): number => {
    for (let part = 0; part < parts; part++) {
      const difference = (one[at + part] as number) - (other[otherAt + part] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  for (let row = 0; row < rows; row++) {
    const first = from[row] as number;
    const last = to[row] as number;
    // Columns past the window of the row above have the value of its last one.
    for (let column = aboveEnd + 1; column <= last; column++)
      above.copyWithin(column * parts, aboveEnd * parts, (aboveEnd + 1) * parts);
    const shared = first * parts;
    here.set(above.subarray(shared, shared + parts), shared);
    for (let column = first; column < last; column++) {
      const at = (column + 1) * parts;
      const left = column * parts;
      const order = isBetter(above, at, here, left);
      let move = order > 0 || (order === 0 && leavesRow(row, column)) ? skipRow : skipColumn;
      const best = move === skipRow ? above : here;
      const bestAt = move === skipRow ? at : left;
      if (weigh(row, column, worth)) {
        for (let part = 0; part < parts; part++) worth[part] = (worth[part] as number) + (above[left + part] as number);
        if (isBetter(worth, 0, best, bestAt) >= 0) move = take;
      }
      if (move === take) here.set(worth, at);
      else for (let part = 0; part < parts; part++) here[at + part] = best[bestAt + part] as number;
      moves[(offset[row] as number) + column - first] = move;
    }
    aboveEnd = last;
    [above, here] = [here, above];
  }

  const pairs: [number, number][] = [];
  for (let row = rows - 1, column = aboveEnd - 1; row >= 0; ) {
    const first = from[row] as number;
    column = Math.min(column, (to[row] as number) - 1);
    if (column < first) row--;
    else
      switch (moves[(offset[row] as number) + column - first]) {
        case take:
          pairs.push([row--, column--]);
          break;
        case skipRow:
          row--;
          break;
        default:
          column--;
      }
  }
  const end = aboveEnd * parts;
  return { pairs: pairs.reverse(), worth: [...above.subarray(end, end + parts)] };
}
