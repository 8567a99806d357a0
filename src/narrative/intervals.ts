/** Half-open stretches of time and what can be done with them. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** How many milliseconds two stretches share. */
export const overlapMs = (a: Interval, b: Interval): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));

export const overlaps = (a: Interval, b: Interval): boolean => a.startMs < b.endMs && b.startMs < a.endMs;

/** How long at least one of the intervals lasts. */
export function unionMs(intervals: readonly Interval[]): number {
  let sum = 0;
  let reached = 0;
  for (const { startMs, endMs } of intervals.toSorted((a, b) => a.startMs - b.startMs)) {
    sum += Math.max(0, endMs - Math.max(startMs, reached));
    reached = Math.max(reached, endMs);
  }
  return sum;
}

/** The greatest of many values, however many there are: `Math.max` takes its arguments from the stack. */
export const greatest = (values: readonly number[], least = 0): number =>
  values.reduce((most, value) => Math.max(most, value), least);

/** What is left of `whole` without the stretches in `taken` (in any order), in order of time. */
export function subtractIntervals(whole: Interval, taken: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let startMs = whole.startMs;
  const inside = taken.filter((gone) => overlapMs(gone, whole) > 0).toSorted((a, b) => a.startMs - b.startMs);
  for (const gone of inside) {
    if (gone.startMs > startMs) left.push({ startMs, endMs: gone.startMs });
    startMs = Math.max(startMs, gone.endMs);
  }
  if (startMs < whole.endMs) left.push({ startMs, endMs: whole.endMs });
  return left;
}
