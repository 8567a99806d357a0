/** Which of two sequences in time may be pairs. */
import { type Interval, overlapMs } from '../intervals.js';

/** Events that start farther apart are not the same (OmniScript §4.1), in milliseconds. */
export const nearMs = 30_000;

export const startsNear = (one: Interval, other: Interval): boolean => Math.abs(one.startMs - other.startMs) <= nearMs;

/** Intersection over union, 0…1; 1 for the same moment. */
export function temporalIoU(one: Interval, other: Interval): number {
  const union = Math.max(one.endMs, other.endMs) - Math.min(one.startMs, other.startMs);
  return union > 0 ? overlapMs(one, other) / union : 1;
}

/** For each row the columns that start near it; both are in order of their starts. */
export function nearWindow(rows: readonly Interval[], columns: readonly Interval[]) {
  let first = 0;
  let last = 0;
  const windows = rows.map(({ startMs }): readonly [number, number] => {
    while (first < columns.length && (columns[first] as Interval).startMs < startMs - nearMs) first++;
    last = Math.max(last, first);
    while (last < columns.length && (columns[last] as Interval).startMs <= startMs + nearMs) last++;
    return [first, last];
  });
  return (row: number) => windows[row] as readonly [number, number];
}

/** For each row the columns that may go with it and those between them, so that neither bound ever falls. */
export function windowOf<Row, Column>(
  rows: readonly Row[],
  columns: readonly Column[],
  mayPair: (row: Row, column: Column) => boolean,
) {
  const found = rows.map((row): [number, number] => [
    columns.findIndex((column) => mayPair(row, column)),
    columns.findLastIndex((column) => mayPair(row, column)) + 1,
  ]);
  let last = 0;
  for (const window of found) {
    last = Math.max(last, window[1]);
    window[1] = last;
  }
  let first = columns.length;
  for (const window of found.reverse()) {
    first = Math.min(first, window[0] < 0 ? first : window[0], window[1]);
    window[0] = first;
  }
  found.reverse();
  return (row: number): readonly [number, number] => found[row] as [number, number];
}
