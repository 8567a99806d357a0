import type { Brought, Page, PageRequest } from '../store.js';

/**
 * Answers cross from the database thread as JSON text: bodies are stored as JSON, so a page is put together without
 * parsing them, a string is the cheapest thing to send, and the host parses once.
 */
export type Json<Value> = string & { readonly holds?: Value };

export const jsonOf = <Value>(value: Value): Json<Value> => JSON.stringify(value) as Json<Value>;

/** A list of bodies. */
export const jsonList = <Value>(bodies: readonly string[]): Json<readonly Value[]> => `[${bodies.join(',')}]`;

/** A list in which `null` stands for what is not there. */
export const jsonSlots = <Value>(bodies: readonly (string | undefined)[]): Json<readonly (Value | null)[]> =>
  `[${bodies.map((body) => body ?? 'null').join(',')}]`;

/** A page from `first + 1` rows, and what is brought along with it. */
export function pageOf<Node>(
  rows: readonly { readonly body: string; readonly cursor: string }[],
  { first }: PageRequest,
  brought?: Json<Brought>,
): Json<Page<Node>> {
  const edges = rows.slice(0, first).map(({ body, cursor }) => `{"node":${body},"cursor":"${cursor}"}`);
  const more = brought === undefined ? '' : `,"brought":${brought}`;
  return `{"edges":[${edges.join(',')}],"hasNextPage":${rows.length > first}${more}}`;
}
