/** A job's log: what was done with it and what its workers said, the newest lines only. Pure. */
import type { JobLine } from '../schema/job.js';
import type { SaidLine } from './store.js';

/** As a store keeps it. */
type KeptLine = SaidLine & { readonly attempt: number };

/** How many lines a job keeps, and how many characters of each. */
export const mostLogLines = 100;
export const longestLogLine = 500;

interface Logged {
  readonly attempt: number;
  /** JSON: lines, oldest first. */
  readonly log: string;
}

/** The same row with more lines at the end of its log. */
export function withLines<Row extends Logged>(row: Row, lines: readonly SaidLine[]): Row {
  if (lines.length === 0) return row;
  const added = lines.map(
    ({ atMs, level, message }): KeptLine => ({
      ...{ atMs, level, attempt: row.attempt },
      // One line, whatever a name or a foreign program put into it.
      message: message.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, longestLogLine),
    }),
  );
  const kept = JSON.parse(row.log) as readonly KeptLine[];
  return { ...row, log: JSON.stringify([...kept, ...added].slice(-mostLogLines)) };
}

/** One line about what happened to a job at `now`. */
export const noted = <Row extends Logged>(
  row: Row,
  now: number,
  message: string,
  level: SaidLine['level'] = 'INFO',
): Row => withLines(row, [{ atMs: now, level, message }]);

/** What the port answers for a row's log. */
export const linesFrom = (log: string): readonly JobLine[] =>
  (JSON.parse(log) as readonly KeptLine[]).map(({ atMs, ...line }) => ({ at: new Date(atMs).toISOString(), ...line }));
