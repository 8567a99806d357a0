/** The columns of [Events] where a file does not name them (v4+). */
const defaultColumns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];

/** The names of the columns that a Format line gives, small letters only; of no line, the usual ones. */
export const columnsOf = (format?: string): readonly string[] =>
  format === undefined ? defaultColumns : format.split(',').map((name) => name.trim().toLowerCase());

/** The cells of a Dialogue line: the last column is the text, and may hold commas. */
export function cellsOf(value: string, columns: readonly string[]): string[] {
  const fields = value.split(',');
  const last = columns.length - 1;
  return [...fields.slice(0, last), fields.slice(last).join(',')];
}

/** The line's name and what stands behind the colon. */
export const eventLine = /^(\s*(?:Format|Dialogue)\s*:\s*)(.*)$/i;
