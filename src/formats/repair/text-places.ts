import { lastAtMost } from './last-at-most.js';

/** Where something stands in a text, as editors count: lines and columns from 1, columns in UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Gives the place of any offset of a text. A line ends at a line feed, a carriage return, or both. */
export function placesIn(text: string): (offset: number) => TextPlace {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    const line = lastAtMost(starts, (start) => start, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
