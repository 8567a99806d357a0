/**
 * What a node keeps of the JSON that it was read from, in its `foreign`: the value without the nodes inside it, so that
 * keys that we have no noun for, and the order of all, come out again.
 */
import type { JsonObject } from './fitting.js';

export const formatName = 'omniscript';

/** How the text of a document is laid out. */
export interface Layout {
  readonly indent: number | string;
  /** Behind the last bracket. */
  readonly end: string;
}

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

const normal = (key: string) => key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The object's own spelling of a key: `audio_cue`, `audioCue`, `Audio Cue`; undefined where it has none. */
export function keyIn(object: JsonObject, key: string): string | undefined {
  if (Object.hasOwn(object, key)) return key;
  const wanted = normal(key);
  return Object.keys(object).find((other) => normal(other) === wanted);
}

/** A member of an object under any spelling of its key. */
export function memberOf(object: JsonObject, key: string): { readonly key: string; readonly value: unknown } {
  const own = keyIn(object, key) ?? key;
  return { key: own, value: object[own] };
}
