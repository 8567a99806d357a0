import { cellCount, cellX, cellY, traitsOfCell } from './cells.js';

/** How one picture gives way to another over the frame: cell by cell, along a moving front, when it is a wipe. */
export interface Front {
  /** How clearly the cells turn from one standing look to another, 0…1: the mean over all of them. */
  readonly clarity: number;
  /** The share of that clarity that lies in cells which turn as the front reaches them, 0…1. */
  readonly order: number;
  /** When the front reaches the first, the middle and the last of the cells (5th, 50th, 95th percentile), as shares of the stretch. */
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** Levels by which a cell's looks before and after its turn must differ. */
const differ = 8;
/** A cell turns with the front if it does so within this share of the stretch; one beyond `stray` does not pull at it. */
const withFront = 0.1;
const stray = 0.25;
/** A front takes this share of the stretch to cross the picture; faster is a cut. */
const leastCrossing = 0.12;
const fittings = 3;

const turns = new Float64Array(cellCount);
const clarities = new Float64Array(cellCount);
const pulls = new Float64Array(cellCount);
const passes = new Float64Array(cellCount);

/**
 * Watches a picture turn into another: `moments` are the cells of pictures at even times. Each cell's turn is where two
 * standing looks, one before and one after, explain it best. Undefined where no front crosses the picture, or where the
 * cells turn less clearly than `leastClarity` (0…1).
 */
export function watchFront(moments: readonly Float32Array[], leastClarity = 0): Front | undefined {
  findTurns(moments);
  if (clarities.reduce((sum, clarity) => sum + clarity, 0) < leastClarity * cellCount) return undefined;
  const fronts = [([x, y]: Place) => [1, x, y] as const, ([x, y]: Place) => [1, Math.hypot(x, y), 0] as const].flatMap(
    (quantities) => fitFront(quantities) ?? [],
  );
  return fronts.sort((one, other) => other.order - one.order)[0];
}

/** Moments that are taken into account at most. */
const mostMoments = 32;
const sums = new Float64Array((mostMoments + 1) * traitsOfCell);
const squares = new Float64Array(mostMoments + 1);

/** For each cell the moment that parts it best in two, and the share of its changes that this explains. */
function findTurns(moments: readonly Float32Array[]): void {
  const count = Math.min(moments.length, mostMoments);
  for (let cell = 0; cell < cellCount; cell++) {
    for (let index = 0; index < count; index++) {
      const moment = moments[index] as Float32Array;
      let square = 0;
      for (let trait = 0; trait < traitsOfCell; trait++) {
        const value = moment[cell * traitsOfCell + trait] as number;
        const at = index * traitsOfCell + trait;
        sums[at + traitsOfCell] = (sums[at] as number) + value;
        square += value * value;
      }
      squares[index + 1] = (squares[index] as number) + square;
    }
    const whole = scatter(0, count);
    let least = Number.POSITIVE_INFINITY;
    let turn = 0;
    for (let at = 1; at < count; at++) {
      const parted = scatter(0, at) + scatter(at, count);
      if (parted >= least) continue;
      least = parted;
      turn = at;
    }
    turns[cell] = turn / count;
    // What the parting takes off the scatter is the square of the step, weighted by how long each look stands.
    const step = Math.sqrt(((whole - least) * count) / (turn * (count - turn)));
    clarities[cell] = step < differ ? 0 : 1 - least / whole;
  }
}

/** Sum of squared distances from the mean look between two moments. */
function scatter(from: number, to: number): number {
  let squared = 0;
  for (let trait = 0; trait < traitsOfCell; trait++) {
    const sum = (sums[to * traitsOfCell + trait] as number) - (sums[from * traitsOfCell + trait] as number);
    squared += sum * sum;
  }
  return (squares[to] as number) - (squares[from] as number) - squared / (to - from);
}

type Place = readonly [x: number, y: number];

/** Fits the moments of turning by a linear function of three quantities of the place, so that strays do not count. */
function fitFront(quantities: (place: Place) => readonly [number, number, number]): Front | undefined {
  pulls.set(clarities);
  for (let fitting = 0; fitting < fittings; fitting++) {
    fitOnce(quantities);
    for (let cell = 0; cell < cellCount; cell++) {
      const off = ((turns[cell] as number) - (passes[cell] as number)) / stray;
      pulls[cell] = Math.abs(off) < 1 ? (clarities[cell] as number) * (1 - off * off) ** 2 : 0;
    }
  }
  let clarity = 0;
  let ordered = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    clarity += clarities[cell] as number;
    if (Math.abs((turns[cell] as number) - (passes[cell] as number)) < withFront) ordered += clarities[cell] as number;
  }
  const sorted = passes.slice().sort();
  const [start, middle, end] = [0.05, 0.5, 0.95].map((share) => sorted[Math.round(share * (cellCount - 1))] as number);
  if (start === undefined || middle === undefined || end === undefined || !(end - start >= leastCrossing))
    return undefined;
  return { clarity: clarity / cellCount, order: ordered / clarity, start, middle, end };
}

/** Weighted least squares; leaves in `passes` when the front reaches each cell. */
function fitOnce(quantities: (place: Place) => readonly [number, number, number]): void {
  const products = new Float64Array(9);
  const onto = new Float64Array(3);
  for (let cell = 0; cell < cellCount; cell++) {
    const at = quantities([cellX(cell), cellY(cell)]);
    const pull = pulls[cell] as number;
    for (let i = 0; i < 3; i++) {
      onto[i] = (onto[i] as number) + pull * (at[i] as number) * (turns[cell] as number);
      for (let j = 0; j < 3; j++)
        products[3 * i + j] = (products[3 * i + j] as number) + pull * (at[i] as number) * (at[j] as number);
    }
  }
  const [constant = 0, first = 0, second = 0] = solve(products, onto);
  for (let cell = 0; cell < cellCount; cell++) {
    const at = quantities([cellX(cell), cellY(cell)]);
    passes[cell] = constant + first * at[1] + second * at[2];
  }
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
