/** Columns of a table: what each is called, and how a cell says a value. */
import { Setting } from '../../../schema/enums.js';
import { formatClock, parseCueTime } from '../cue-time.js';
import { readSpeaker } from '../speaker.js';
import { guarded, unguarded } from './table.js';

/** A row by what its columns are called here; cells that say nothing are left out. */
export type RowValues = Readonly<Record<string, string>>;

/**
 * TIME: integer milliseconds. WORD: a word of a vocabulary, in any spelling. NAME, NAMES: who, several separated by
 * semicolons. NUMBER: as JavaScript writes it. PLACE: counts rows; only written.
 */
export type ColumnKind = 'TIME' | 'WORD' | 'NAME' | 'NAMES' | 'TEXT' | 'NUMBER' | 'PLACE';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** What others call it, in small letters without signs. */
  readonly also?: readonly string[];
  /** Of a WORD: the vocabulary, and what others say for its words, in small letters without signs. */
  readonly words?: Readonly<Record<string, string>>;
  /** Of a WORD: how else people write it. */
  readonly read?: (cell: string) => string | undefined;
  /** Written only where a file has it already. */
  readonly isSpare?: boolean;
}

/** What columns are called that tell what scene a row belongs to; both tables have them. */
export const sceneColumns: readonly Column[] = [
  { name: 'scene', kind: 'TEXT', also: ['scenenumber', 'sceneno', 'sceneid'] },
  {
    ...{ name: 'setting', kind: 'WORD', also: ['intext', 'intorext'] },
    words: { ...Setting, interior: 'INT', exterior: 'EXT', ie: 'INT_EXT' },
  },
  { name: 'location', kind: 'TEXT', also: ['place'] },
  { name: 'timeOfDay', kind: 'TEXT', also: ['tod', 'daytime'] },
  { name: 'environment', kind: 'TEXT' },
  { name: 'mood', kind: 'TEXT' },
];

export const timeColumns: readonly Column[] = [
  {
    name: 'startMs',
    kind: 'TIME',
    also: ['start', 'begin', 'onset', 'in', 'timein', 'starttime', 'from', 'timestamp'],
  },
  { name: 'endMs', kind: 'TIME', also: ['end', 'offset', 'out', 'timeout', 'endtime', 'to'] },
  { name: 'lastsMs', kind: 'TIME', also: ['duration', 'durationms', 'length', 'lengthms'], isSpare: true },
];

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

export type ColumnFinder = (headerCell: string) => Column | undefined;

/** Finds the column that a header's cell names. */
export function columnFinder(columns: readonly Column[]): ColumnFinder {
  const found = new Map<string, Column>();
  for (const column of columns) for (const name of column.also ?? []) found.set(name, column);
  for (const column of columns) found.set(plain(column.name), column);
  return (cell) => found.get(plain(cell));
}

/** What a cell says, as the same value is always written; undefined where it says nothing that can be understood. */
export function readCell(cell: string, { kind, words, read }: Column, header: string): string | undefined {
  if (cell.trim() === '') return undefined;
  switch (kind) {
    case 'TIME': {
      const ms = timeOf(cell.trim(), isInMs(header));
      return ms === undefined ? undefined : String(ms);
    }
    case 'WORD': {
      const word = plain(cell);
      const known = Object.entries(words ?? {}).find(([name]) => plain(name) === word)?.[1];
      return known ?? read?.(cell.trim());
    }
    case 'NUMBER':
      return Number.isFinite(Number(cell)) ? String(Number(cell)) : undefined;
    case 'PLACE':
      return undefined;
    case 'NAME':
      return unguarded(cell.trim());
    case 'NAMES':
      return namesIn(unguarded(cell)).join('; ');
    case 'TEXT':
      return unguarded(cell);
  }
}

export const namesIn = (cell: string): string[] =>
  cell
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Whether the header of a column of times says that they are milliseconds. */
const isInMs = (header: string) => /ms$/i.test(header.trim()) || /\(ms\)/i.test(header);

/** Milliseconds of `1500` (milliseconds), `1.5` (seconds) or `0:00:01.500`; undefined for what is no time. */
function timeOf(cell: string, isMs: boolean): number | undefined {
  if (cell.includes(':')) {
    const ms = parseCueTime(cell);
    return ms === undefined || ms < 0 ? undefined : ms;
  }
  const value = Number(cell.replace(',', '.'));
  if (!Number.isFinite(value) || value < 0) return undefined;
  return Math.round(isMs ? value : value * 1000);
}

/** A value as a cell of this column; in the place of `old`, which stays where it says the same. */
export function writeCell(value: string | undefined, column: Column, header: string, old: string | undefined): string {
  if (old !== undefined && isSame(readCell(old, column, header), value, column)) return old;
  if (value === undefined) return '';
  switch (column.kind) {
    case 'TIME':
      if (old?.includes(':')) return formatClock(Number(value), '.');
      return isInMs(header) ? value : String(Number(value) / 1000);
    case 'WORD':
    case 'NUMBER':
    case 'PLACE':
      return value;
    case 'NAME':
    case 'NAMES':
    case 'TEXT':
      return guarded(value);
  }
}

/** Names are the same however they are spelled. */
function isSame(one: string | undefined, other: string | undefined, { kind }: Column): boolean {
  if (kind === 'PLACE') return true;
  if (kind !== 'NAME' && kind !== 'NAMES') return one === other;
  const keys = (cell = '') => JSON.stringify(namesIn(cell).map((name) => readSpeaker(name)?.key ?? name));
  return keys(one) === keys(other);
}
