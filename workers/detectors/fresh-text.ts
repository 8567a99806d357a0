/** Where something text-like has newly come to a standstill on the picture: the places worth the text detector's time. */
/** Rows of the picture in which text may have appeared, over its whole width. */
export interface Stripe {
  readonly top: number;
  readonly bottom: number;
}

/** Share of a cell's pixels that must step up, and as many that must step down: strokes have two sides. */
const leastStrokes = 0.05;
/** Neighbouring cells in a row; one Chinese character of an ordinary subtitle fills about two. */
const leastRun = 2;

/**
 * Stripes where at least two neighbouring cells hold strokes that stand still in `stable` and were not in `known`.
 * Stripes nearer than three cells are one.
 */
export function freshStripes(
  stable: Int8Array,
  known: Int8Array,
  frame: { readonly width: number; readonly height: number; readonly cellPx: number },
): Stripe[] {
  const { width, height, cellPx } = frame;
  const columns = Math.floor(width / cellPx);
  const up = new Uint16Array(columns);
  const down = new Uint16Array(columns);
  const least = leastStrokes * cellPx * cellPx;
  const stripes: { top: number; bottom: number }[] = [];
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
    let run = 0;
    let longest = 0;
    for (let column = 0; column < columns; column++) {
      const strokes = Math.min(up[column] as number, down[column] as number) >= least;
      run = strokes ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    if (longest < leastRun) continue;
    const last = stripes.at(-1);
    if (last && top - last.bottom < 3 * cellPx) last.bottom = top + cellPx;
    else stripes.push({ top, bottom: top + cellPx });
  }
  return stripes;
}
