/**
 * What a node keeps of the JSON that it was read from, in its `foreign`: the value without the nodes inside it, so that
 * keys that we have no noun for, and the order of all, come out again.
 */
import type { JsonObject } from '../json-script/fitting.js';
import type { Layout } from '../json-script/layout.js';

export const formatName = 'omniscript';

export interface Kept {
  /** The value, lists of nodes in it emptied. */
  readonly source: unknown;
  /** Which of its list it was, from 0. */
  readonly at?: number;
  /** Of the document. */
  readonly layout?: Layout;
  /** By list: what stands in it and is no node, each with where. */
  readonly others?: Readonly<Record<string, readonly (readonly [at: number, value: unknown])[]>>;
}

interface Keeping {
  readonly foreign?: JsonObject | undefined;
}

export const keep = (kept: Kept): JsonObject => ({ [formatName]: kept });

export function keptOf({ foreign }: Keeping): Kept | undefined {
  const kept = foreign?.[formatName];
  return typeof kept === 'object' && kept !== null && 'source' in kept ? (kept as Kept) : undefined;
}
