/** Tables as comma-separated values (RFC 4180), or separated by semicolons or tabs; each row with its place in the text. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FabulaError } from '../../../schema/errors.js';
import { placesIn } from '../repair/text-places.js';
import type { Extent } from '../timed/blocks.js';

export interface Table {
  /** The header's cells. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly TableRow[];
}

export interface TableRow extends Extent {
  readonly cells: readonly string[];
  /** From 1. */
  readonly line: number;
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The first line, cut by the delimiter that gives it the most cells of which `knows` knows something. */
export function readHeader(text: string, knows: (cell: string) => unknown): Pick<Table, 'header' | 'delimiter'> {
  const [first = ''] = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, 1);
  const readings = delimiters.map((delimiter) => {
    const header = first.split(delimiter).map((cell) => cell.replaceAll(/^\s*"?\s*|\s*"?\s*$/g, ''));
    return { header, delimiter, known: header.filter((cell) => knows(cell)).length };
  });
  return readings.reduce((best, reading) => (reading.known > best.known ? reading : best));
}

/** SCRIPT_UNREADABLE, with the line, for a quotation mark that is never closed. Rows without any cell are left out. */
export function readTable(text: string, knows: (cell: string) => unknown): Table {
  const { header, delimiter } = readHeader(text, knows);
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const bytes = Buffer.from(text.slice(mark));
  const placeAt = placesIn(text);
  let from = mark;
  let read = 0;
  const place = (end: number): Extent => {
    const extent = { from, to: from + bytes.toString('utf8', read, end).length };
    read = end;
    from = extent.to;
    return extent;
  };
  const rows: TableRow[] = [];
  try {
    parse(bytes, {
      ...{ delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true },
      on_record(record: string[], { bytes: end }) {
        const extent = place(end);
        if (record.some((cell) => cell.trim() !== ''))
          rows.push({ cells: record, line: placeAt(extent.from).line, ...extent });
        return null;
      },
    });
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    const why = code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is opened here and never closed' : message;
    throw new FabulaError('SCRIPT_UNREADABLE', `Line ${placeAt(from).line}: ${why.replace(/\.$/, '')}.`, undefined, {
      cause: error,
    });
  }
  return { header: rows[0]?.cells.map((cell) => cell.trim()) ?? header, delimiter, rows: rows.slice(1) };
}

export const writeRow = (cells: readonly string[], delimiter: string): string =>
  stringify([[...cells]], { delimiter, record_delimiter: '\n' });

/** What a spreadsheet would run as a formula when it opens the file. */
const formula = /^'*[=+\-@\t\r＝＋－＠]/u;

/**
 * A text that no spreadsheet takes for a formula: an apostrophe in front, as OWASP's page on CSV injection has it.
 * Texts that begin with apostrophes before such a sign get one more, so that `unguarded` gives every text back.
 */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

export const unguarded = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);
