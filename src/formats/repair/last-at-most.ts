/** Index of the last of some things, sorted by where they start, that starts at or before an offset; -1 for none. */
export function lastAtMost<Thing>(things: readonly Thing[], startOf: (thing: Thing) => number, offset: number): number {
  let low = -1;
  let high = things.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const thing = things[middle];
    if (thing !== undefined && startOf(thing) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
