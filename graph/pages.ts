import { FabulaError } from '../schema/errors.js';
import type { Brought, Page, PageRequest } from './store.js';

export const longestPage = 100;

/** How many rows to read: one more than asked, to know whether a next page exists. */
export function rowsToRead({ first }: PageRequest): number {
  if (!Number.isInteger(first) || first < 1 || first > longestPage)
    throw new FabulaError('INVALID_INPUT', `A page has 1 to ${longestPage} entries, not ${first}.`);
  return first + 1;
}

/** The length of a list that has no pages. */
export function topOf({ top }: { readonly top: number }): number {
  if (!Number.isInteger(top) || top < 1 || top > longestPage)
    throw new FabulaError('INVALID_INPUT', `A list has 1 to ${longestPage} entries, not ${top}.`);
  return top;
}

/** An opaque cursor: the name of the list and the values that it is ordered by. */
export const cursorOf = (list: string, ...keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/** A node that lists give in order of time, then id. */
interface Timed {
  readonly id: string;
  readonly startMs: number;
}

/** An entry of such a list. Few ask for its cursor, which takes as long to make as the node to read: so only then. */
class TimedEdge<Node extends Timed> {
  readonly #list: string;

  constructor(
    list: string,
    readonly node: Node,
  ) {
    this.#list = list;
  }

  get cursor(): string {
    return cursorOf(this.#list, this.node.startMs, this.node.id);
  }

  toJSON(): Page<Node>['edges'][number] {
    return { node: this.node, cursor: this.cursor };
  }
}

/** What was read for a page of such a list: one node more than it holds, if another follows. */
export interface TimedNodes<Node> {
  readonly nodes: readonly Node[];
  readonly brought?: Brought;
}

export const timedPage = <Node extends Timed>(
  list: string,
  { nodes, brought }: TimedNodes<Node>,
  { first }: PageRequest,
): Page<Node> => ({
  edges: nodes.slice(0, first).map((node) => new TimedEdge(list, node)),
  hasNextPage: nodes.length > first,
  ...(brought && { brought }),
});

/** The values in a cursor; INVALID_INPUT for a cursor that this list did not give out. */
export function readCursor<const Kinds extends readonly ('string' | 'number')[]>(
  list: string,
  after: string | undefined,
  ...kinds: Kinds
): { [K in keyof Kinds]: Kinds[K] extends 'string' ? string : number } | undefined {
  if (after === undefined) return undefined;
  const [name, ...keys] = decode(after);
  const fits = name === list && keys.length === kinds.length && kinds.every((kind, n) => typeof keys[n] === kind);
  if (!fits) throw new FabulaError('INVALID_INPUT', 'The cursor is not one that this list gave out.');
  return keys as { [K in keyof Kinds]: Kinds[K] extends 'string' ? string : number };
}

/** The nodes of a whole list, page after page; `read` gives one of its pages. Errors as `read`. */
export async function* pagesOf<Node>(
  read: (page: PageRequest) => Promise<Page<Node>>,
): AsyncGenerator<readonly Node[]> {
  for (let after: string | undefined, more = true; more; ) {
    const { edges, hasNextPage } = await read({ first: longestPage, ...(after !== undefined && { after }) });
    yield edges.map(({ node }) => node);
    after = edges.at(-1)?.cursor;
    more = hasNextPage;
  }
}

function decode(cursor: string): unknown[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    return [];
  }
}
