/** A job's row as the properties of its node, and back. */
import { type JobRow, jobColumns } from '../job-rows.js';

export type Properties = Readonly<Record<string, unknown>>;

/** Columns are named as SQL names them, properties as the graph does: `created_ms`, `createdMs`. */
const properties = jobColumns.map((column) => ({
  column,
  name: column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
}));

/** What jobs lack that an older Fabula wrote, or writes beside this one. */
const since: Partial<JobRow> = { workers_lost: 0, lost_at: 0, log: '[]' };

export const propertiesOf = (row: JobRow): Properties =>
  Object.fromEntries(properties.map(({ column, name }) => [name, row[column]]));

/** What of a job is another after a move. */
export const changesOf = (before: JobRow, after: JobRow): Properties =>
  Object.fromEntries(
    properties.flatMap(({ column, name }) => (before[column] === after[column] ? [] : [[name, after[column]]])),
  );

export const rowFrom = (found: Properties | null | undefined): JobRow | undefined =>
  found
    ? (Object.fromEntries(
        properties.map(({ column, name }) => [column, found[name] ?? since[column] ?? null]),
      ) as unknown as JobRow)
    : undefined;
