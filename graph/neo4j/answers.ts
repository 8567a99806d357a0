import type { Page, PageRequest } from '../store.js';

/** What a body holds. */
export const parsed = <Node>(body: string): Node => JSON.parse(body) as Node;

export const parsedOrNone = <Node>(body: string | null | undefined): Node | undefined =>
  body == null ? undefined : parsed(body);

/** A page from `first + 1` rows. */
export function pageOf<Node>(
  rows: readonly { readonly body: string; readonly cursor: string }[],
  { first }: PageRequest,
): Page<Node> {
  return {
    edges: rows.slice(0, first).map(({ body, cursor }) => ({ node: parsed<Node>(body), cursor })),
    hasNextPage: rows.length > first,
  };
}
