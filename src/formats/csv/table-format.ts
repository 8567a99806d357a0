/** Makes a format of tables: one row a node, unknown columns and rows kept as they are. */
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Dropped, Format, Reading, ReadOptions, ReportItem } from '../format.js';
import { buildNarrative } from '../script/build-narrative.js';
import { workedOutFields } from '../script/nodes.js';
import { frameOf, keep } from '../script/piece.js';
import type { ScriptDraft } from '../script/script-draft.js';
import { blocksOf, cutIntoBlocks, keepBlocks } from '../timed/blocks.js';
import { type Item, rewrite } from '../timed/rewrite.js';
import { onlyStandIns } from '../timed/stand-ins.js';
import { type Column, type ColumnFinder, columnFinder, type RowValues, readCell, writeCell } from './columns.js';
import { readHeader, readTable, type Table, type TableRow, writeRow } from './table.js';

/** A row as it is read. */
export interface ReadRow {
  readonly values: RowValues;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly foreign: Readonly<Record<string, unknown>>;
}

export interface TableForm extends Pick<Format, 'name' | 'title' | 'version'> {
  readonly columns: readonly Column[];
  /** How sure one can be of a table with these columns: 0…1. */
  recognise(columns: ReadonlySet<string>, header: readonly string[]): number;
  /** Whether a row without a time says nothing. */
  readonly needsTime: boolean;
  /** Rows are in order of time, as far as they have one; `columns` are those that the file has. */
  draft(rows: readonly ReadRow[], columns: ReadonlySet<string>): ScriptDraft;
  standIns(columns: ReadonlySet<string>): Parameters<typeof onlyStandIns>[1];
  /** The nodes that have a row each, in order. */
  nodes(narrative: Narrative): readonly (NarrativeNode & { readonly startMs: number })[];
  /** What the row of a node says; `unsaid` are fields that were worked out and do not stand in the file. */
  values(narrative: Narrative): (node: NarrativeNode, unsaid: ReadonlySet<string>) => RowValues;
  dropped(narrative: Narrative): Dropped[];
}

export function tableFormat(form: TableForm): Format {
  const find = columnFinder(form.columns);
  return {
    name: form.name,
    title: form.title,
    version: form.version,
    extensions: ['csv', 'tsv'],
    recognise(text) {
      const { header } = readHeader(text.slice(0, longestHeader), find);
      return form.recognise(new Set(header.flatMap((cell) => find(cell)?.name ?? [])), header);
    },
    read: (text, options) => readRows(text, options, form, find).reading,
    write: (narrative) => ({ text: writeRows(narrative, form, find), dropped: form.dropped(narrative) }),
  };
}

/** As much of a text as is looked at to tell it, in characters. */
const longestHeader = 4_000;

interface PlacedRow extends TableRow {
  readonly values: RowValues;
}

function readRows(
  text: string,
  options: ReadOptions,
  form: TableForm,
  find: ColumnFinder,
): { readonly reading: Reading; readonly rows: readonly PlacedRow[] } {
  const table = readTable(text, find);
  const columns = table.header.map(find);
  const names = new Set(columns.flatMap((column) => column?.name ?? []));
  const report: ReportItem[] = [];
  const rows = table.rows.flatMap((row): PlacedRow[] => {
    const values = valuesOf(row, table, columns, report);
    const problem = timeProblem(values, form);
    if (problem === undefined) return [{ ...row, values }];
    report.push({ what: 'LOST', line: row.line, reason: `This row is left out: ${problem}.` });
    return [];
  });
  if (rows.length === 0) {
    const [first] = report;
    const where =
      first?.line === undefined ? 'Line 1: there is no row below the header' : `Line ${first.line}: ${first.reason}`;
    throw new FabulaError('SCRIPT_UNREADABLE', `${where.replace(/\.$/, '')}.`, `Columns: ${nameColumns(form)}.`);
  }
  const { head, blocks } = cutIntoBlocks(
    text,
    rows.map((row) => [row]),
  );
  const read = rows.map(({ values }, n): ReadRow => {
    const startMs = numberIn(values.startMs);
    const lastsMs = numberIn(values.lastsMs);
    const endMs =
      numberIn(values.endMs) ?? (startMs === undefined || lastsMs === undefined ? undefined : startMs + lastsMs);
    return { values, startMs, endMs, foreign: keepBlocks(form.name, blocks[n] ?? []) };
  });
  const sorted = read.every(({ startMs }) => startMs !== undefined)
    ? read.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
    : read;
  const draft = { ...form.draft(sorted, names), foreign: keep(form.name, { head }) };
  const built = buildNarrative(draft, { ...options, format: form, version: form.version, report });
  return { reading: onlyStandIns(built, form.standIns(names)), rows };
}

const nameColumns = ({ columns }: TableForm) =>
  columns
    .filter(({ isSpare }) => !isSpare)
    .map(({ name }) => name)
    .join(', ');

const numberIn = (value: string | undefined) => (value === undefined ? undefined : Number(value));

function valuesOf(
  { cells, line }: TableRow,
  { header }: Table,
  columns: readonly (Column | undefined)[],
  report: ReportItem[],
): RowValues {
  const values: Record<string, string> = {};
  for (const [n, column] of columns.entries()) {
    const cell = cells[n] ?? '';
    if (!column || column.kind === 'PLACE' || cell.trim() === '' || values[column.name] !== undefined) continue;
    const value = readCell(cell, column, header[n] ?? '');
    if (value !== undefined) values[column.name] = value;
    else
      report.push({
        what: 'LOST',
        line,
        reason: `“${cell.slice(0, 40)}” is no ${column.name}; it stays in the table only.`,
      });
  }
  return values;
}

function timeProblem({ startMs, endMs }: RowValues, { needsTime }: TableForm): string | undefined {
  if (startMs === undefined) return needsTime ? 'it does not say when it starts' : undefined;
  return endMs !== undefined && Number(endMs) <= Number(startMs) ? 'it ends before it starts' : undefined;
}

function writeRows(narrative: Narrative, form: TableForm, find: ColumnFinder): string {
  const head = frameOf(narrative.episode, form.name)?.head;
  const known = form.columns.filter(({ isSpare }) => !isSpare);
  const freshHead = writeRow(
    known.map(({ name }) => name),
    ',',
  );
  const { header, delimiter } = readHeader(head ?? freshHead, find);
  const columns = header.map(find);
  return rewrite(
    head,
    itemsOf(narrative, form),
    {
      read(text) {
        const { reading, rows } = readRows(text, { episodeId: 'again' }, form, find);
        return itemsOf(reading.narrative, form).map(({ said, blocks }) => {
          return { said, extents: blocks.flatMap(({ at }) => rows[at] ?? []) };
        });
      },
      write(values, old) {
        const cells =
          old === undefined ? [] : (readTable(`${writeRow(header, delimiter)}${old}`, () => true).rows[0]?.cells ?? []);
        return writeRow(
          header.map((name, n) => {
            const column = columns[n];
            return column ? writeCell(values[column.name], column, name, cells[n]) : (cells[n] ?? '');
          }),
          delimiter,
        );
      },
      gap: (text) => (text === '' || /[\r\n]$/.test(text) ? '' : '\n'),
    },
    freshHead,
  );
}

function itemsOf(narrative: Narrative, form: TableForm): Item<RowValues>[] {
  const valuesOfNode = form.values(narrative);
  return form.nodes(narrative).map((node) => {
    const blocks = blocksOf(node, form.name);
    const said = valuesOfNode(node, blocks.length > 0 ? workedOutFields(node) : nothing);
    return { startMs: node.startMs, said, blocks };
  });
}

const nothing: ReadonlySet<string> = new Set();
