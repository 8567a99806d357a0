import { chromaHeight, chromaSamples, chromaWidth } from './small-frame.js';

/** How one picture gives way to another over the frame: cell by cell, in an order, when it is a wipe. */
export interface Front {
  /** Cells in which the two pictures differ, as a share of all, 0…1. */
  readonly informative: number;
  /** How well a straight or circular front tells when each cell turns, 0…1 (R²). */
  readonly order: number;
  /** When the first, the middle and the last of the cells turn (5th, 50th, 95th percentile), as shares of the stretch. */
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** Cells of 4×3 coarse samples, each known by its mean colour and its contrast, which motion within it leaves alone. */
const cellWidth = 4;
const cellHeight = 3;
const cellColumns = chromaWidth / cellWidth;
const cellRows = chromaHeight / cellHeight;
const cellCount = cellColumns * cellRows;
/** Mean Y, Cb and Cr, and the standard deviation of Y. */
const traits = 4;
export const cellTraits = cellCount * traits;
/** Sum of differences of the traits from which two pictures differ in a cell, in levels. */
const differ = 10;

/** Describes the cells of a coarse picture into `cells`. */
export function describeCells(coarse: Uint8Array, cells: Float32Array): void {
  const count = cellWidth * cellHeight;
  for (let cell = 0; cell < cellCount; cell++) {
    const corner = Math.floor(cell / cellColumns) * cellHeight * chromaWidth + (cell % cellColumns) * cellWidth;
    let luma = 0;
    let squares = 0;
    let cb = 0;
    let cr = 0;
    for (let row = 0; row < cellHeight; row++)
      for (let column = 0; column < cellWidth; column++) {
        const at = corner + row * chromaWidth + column;
        const value = coarse[at] as number;
        luma += value;
        squares += value * value;
        cb += coarse[at + chromaSamples] as number;
        cr += coarse[at + 2 * chromaSamples] as number;
      }
    const mean = luma / count;
    cells[cell * traits] = mean;
    cells[cell * traits + 1] = cb / count;
    cells[cell * traits + 2] = cr / count;
    cells[cell * traits + 3] = Math.sqrt(Math.max(0, squares / count - mean * mean));
  }
}

const turns = new Float64Array(cellCount);

/**
 * Watches a picture turn into another: `moments` are the cells of pictures at even times, the first and the last of
 * them those of the two pictures. A cell has turned once it is nearer to the last. Undefined where nothing differs.
 */
export function watchFront(moments: readonly Float32Array[]): Front | undefined {
  const first = moments[0];
  const last = moments[moments.length - 1];
  if (!first || !last) return undefined;
  let informative = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    turns[cell] = Number.NaN;
    if (apart(first, last, cell) < differ) continue;
    informative++;
    let before = 0;
    for (const moment of moments) if (apart(moment, first, cell) <= apart(moment, last, cell)) before++;
    turns[cell] = before / moments.length;
  }
  if (informative === 0) return undefined;
  const sorted = turns.filter((turn) => !Number.isNaN(turn)).sort();
  const quantile = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const straight = explained((column, row) => [1, column, row]);
  const round = explained((column, row) => [1, Math.hypot(column, row), 0]);
  return {
    informative: informative / cellCount,
    order: Math.max(straight, round),
    ...{ start: quantile(0.05), middle: quantile(0.5), end: quantile(0.95) },
  };
}

function apart(one: Float32Array, other: Float32Array, cell: number): number {
  let sum = 0;
  for (let at = cell * traits; at < (cell + 1) * traits; at++)
    sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum;
}

/** Share of the turns' variance that a linear function of three quantities of the place explains. */
function explained(quantities: (column: number, row: number) => readonly [number, number, number]): number {
  const products = new Float64Array(9);
  const onto = new Float64Array(3);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    const turn = turns[cell] as number;
    if (Number.isNaN(turn)) continue;
    const column = ((cell % cellColumns) + 0.5) / cellColumns - 0.5;
    const row = (Math.floor(cell / cellColumns) + 0.5) / cellRows - 0.5;
    const at = quantities(column, row);
    for (let i = 0; i < 3; i++) {
      onto[i] = (onto[i] as number) + (at[i] as number) * turn;
      for (let j = 0; j < 3; j++)
        products[3 * i + j] = (products[3 * i + j] as number) + (at[i] as number) * (at[j] as number);
    }
    count++;
    sum += turn;
    squares += turn * turn;
  }
  const variance = squares / count - (sum / count) ** 2;
  const weights = solve(products, onto);
  let fitted = 0;
  for (let i = 0; i < 3; i++) fitted += (weights[i] as number) * (onto[i] as number);
  return variance > 1e-6 ? Math.min(1, Math.max(0, (fitted / count - (sum / count) ** 2) / variance)) : 0;
}

/** Solves a symmetric 3×3 system by elimination; a quantity that does not vary gets no weight. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const a = matrix.slice();
  const b = right.slice();
  for (let pivot = 0; pivot < 3; pivot++) {
    const head = a[4 * pivot] as number;
    if (Math.abs(head) < 1e-9) continue;
    for (let row = 0; row < 3; row++) {
      if (row === pivot) continue;
      const factor = (a[3 * row + pivot] as number) / head;
      for (let column = 0; column < 3; column++)
        a[3 * row + column] = (a[3 * row + column] as number) - factor * (a[3 * pivot + column] as number);
      b[row] = (b[row] as number) - factor * (b[pivot] as number);
    }
  }
  return Float64Array.from(b, (value, row) =>
    Math.abs(a[4 * row] as number) < 1e-9 ? 0 : value / (a[4 * row] as number),
  );
}
