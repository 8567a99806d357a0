/** Where something text-like has newly come to a standstill on the picture: the places worth the text detector's time. */

/** Rows of the picture in which text may have appeared. */
export interface Stripe {
  readonly top: number;
  readonly bottom: number;
}

/** The columns, too, between which all of it lies. */
export interface FreshStripe extends Stripe {
  readonly left: number;
  readonly right: number;
}

/** Share of a cell's pixels that must step up, and as many that must step down: strokes have two sides. */
const leastStrokes = 0.05;

/**
 * Stripes where at least two neighbouring cells (one Chinese character fills about as many), side by side or one above
 * the other, hold strokes that stand still in `stable` and were not in `known`.
 * Stripes nearer than three cells are one.
 */
export function freshStripes(
  stable: Int8Array,
  known: Int8Array,
  frame: { readonly width: number; readonly height: number; readonly cellPx: number },
): FreshStripe[] {
  const { width, height, cellPx } = frame;
  const columns = Math.floor(width / cellPx);
  const up = new Uint16Array(columns);
  const down = new Uint16Array(columns);
  const least = leastStrokes * cellPx * cellPx;
  const stripes: { top: number; bottom: number; left: number; right: number }[] = [];
  let above: boolean[] = [];
  for (let top = 0; top + cellPx <= height; top += cellPx) {
    up.fill(0);
    down.fill(0);
    for (let y = top; y < top + cellPx; y++)
      for (let column = 0, at = y * width; column < columns; column++)
        for (const end = at + cellPx; at < end; at++) {
          const sign = stable[at] as number;
          if (sign === 0 || sign === known[at]) continue;
          if (sign > 0) up[column] = (up[column] as number) + 1;
          else down[column] = (down[column] as number) + 1;
        }
    const fresh = Array.from(up, (count, column) => Math.min(count, down[column] as number) >= least);
    const found = fresh.flatMap((isFresh, column) =>
      isFresh && (fresh[column - 1] || fresh[column + 1] || above[column]) ? [column] : [],
    );
    const isLower = found.some((column) => above[column]);
    above = fresh;
    const [first, end] = [found[0], found.at(-1)];
    if (first === undefined || end === undefined) continue;
    const [left, right, bottom] = [first * cellPx, (end + 1) * cellPx, top + cellPx];
    const last = stripes.at(-1);
    if (last && top - last.bottom < 3 * cellPx) {
      Object.assign(last, { bottom, left: Math.min(last.left, left), right: Math.max(last.right, right) });
    } else stripes.push({ top: isLower ? top - cellPx : top, bottom, left, right });
  }
  return stripes;
}
