/** How alike two shots look, from their looks. */
import type { FoundShot, ShotLook } from '../findings.js';

/** A grid whose every cell is darker than this shows nothing: a fade's end, black leader. */
const blackLuma = 32;

/** The looks that show something; a shot that is black all through has none. */
export const visibleLooks = (shot: FoundShot): readonly ShotLook[] =>
  shot.looks.filter((look) => look.layout.some((luma) => luma >= blackLuma));

/**
 * Likeness of two shots, 0…1: the largest histogram intersection (Swain & Ballard 1991) over all pairs of their looks,
 * as Rasheed & Shah (2005) compare key frames. A shot with nothing to see is like no other.
 */
export function colourLikeness(a: readonly ShotLook[], b: readonly ShotLook[]): number {
  return strongest(a, b, intersection);
}

/** Whether two shots seem to be one camera setup, 0…1: like in colours *and* in how light lies in the picture. */
export function setupLikeness(a: readonly ShotLook[], b: readonly ShotLook[]): number {
  return strongest(a, b, (x, y) => intersection(x, y) * Math.max(0, correlation(x.layout, y.layout)));
}

function strongest(
  a: readonly ShotLook[],
  b: readonly ShotLook[],
  likeness: (x: ShotLook, y: ShotLook) => number,
): number {
  let most = 0;
  for (const x of a) for (const y of b) most = Math.max(most, likeness(x, y));
  return most;
}

function intersection(a: ShotLook, b: ShotLook): number {
  let shared = 0;
  for (const [bin, share] of a.colours.entries()) shared += Math.min(share, b.colours[bin] ?? 0);
  return shared;
}

/** Pearson's r of two grids; 0 where one of them is flat. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (const [cell, luma] of a.entries()) {
    const x = luma - meanA;
    const y = (b[cell] ?? meanB) - meanB;
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
