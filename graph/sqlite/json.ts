import type { Brought, Page, PageRequest } from '../store.js';

/**
 * Answers cross from the database thread as JSON text: nodes are stored as JSON, so a page is put together without
 * parsing them, a string is the cheapest thing to send, and the host parses once.
 */
export type Json<Value> = string & { readonly holds?: Value };

export const jsonOf = <Value>(value: Value): Json<Value> => JSON.stringify(value) as Json<Value>;

/** A list of what is JSON already. */
export const jsonList = <Value>(values: readonly string[]): Json<readonly Value[]> => `[${values.join(',')}]`;

/** A list in which `null` stands for what is not there. */
export const jsonSlots = <Value>(values: readonly (string | undefined)[]): Json<readonly (Value | null)[]> =>
  `[${values.map((value) => value ?? 'null').join(',')}]`;

/** A page from `first + 1` rows, and what is brought along with it. */
export function pageOf<Node>(
  rows: readonly { readonly json: string; readonly cursor: string }[],
  { first }: PageRequest,
  brought?: Json<Brought>,
): Json<Page<Node>> {
  const edges = rows.slice(0, first).map(({ json, cursor }) => `{"node":${json},"cursor":"${cursor}"}`);
  const more = brought === undefined ? '' : `,"brought":${brought}`;
  return `{"edges":[${edges.join(',')}],"hasNextPage":${rows.length > first}${more}}`;
}
