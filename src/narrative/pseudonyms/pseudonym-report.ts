/** What pseudonymisation did and was not sure of, without a single original name. */
import type { DetailKind } from './private-details.js';

export interface PseudonymReport {
  /** How many people were named, and by how many names and parts of names. */
  readonly people: number;
  readonly names: number;
  /** By where it stood (`Event.dialogue`) and what it was. */
  readonly replaced: readonly { readonly where: string; readonly what: 'name' | DetailKind; readonly count: number }[];
  /** Replaced, though they may have been words: a sentence's first, or among capitals only. */
  readonly doubtful: readonly Place[];
  /** Left, because they were words there: `will`, `grace`. */
  readonly leftAsWords: readonly Place[];
  /** Left: words with a capital inside of sentences that are nobody's known name, but could be somebody's. */
  readonly perhapsNames: readonly Place[];
  /** What was taken out whole. */
  readonly removed: readonly { readonly what: string; readonly count: number; readonly reason: string }[];
}

/** A field of a node, by the id that the node has now. */
export interface Place {
  readonly nodeId: string;
  readonly field: string;
  readonly count: number;
}

/** Counts by key, in the order of first sight. */
export class Tally<Key extends object> {
  readonly #counts = new Map<string, Key & { count: number }>();

  add(key: Key, count = 1): void {
    const name = JSON.stringify(key);
    const known = this.#counts.get(name);
    if (known) known.count += count;
    else this.#counts.set(name, { ...key, count });
  }

  get all(): (Key & { readonly count: number })[] {
    return [...this.#counts.values()];
  }
}
