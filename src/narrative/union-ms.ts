/** How long at least one of the intervals lasts. */
export function unionMs(intervals: readonly { readonly startMs: number; readonly endMs: number }[]): number {
  let sum = 0;
  let reached = 0;
  for (const { startMs, endMs } of intervals.toSorted((a, b) => a.startMs - b.startMs)) {
    sum += Math.max(0, endMs - Math.max(startMs, reached));
    reached = Math.max(reached, endMs);
  }
  return sum;
}
