import type { NodeRow } from '../rows.js';
import { type NodeWords, wordsIn } from '../texts.js';

/**
 * An episode's nodes as they cross to the database thread, each column a list in the order of `nodesOf`: few large
 * values are cheaper to send than many small ones, and what the host knows is not read from JSON again there.
 */
export interface NodeColumns {
  readonly ids: readonly string[];
  /** The kinds, and how many nodes of each come one after another. */
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Place of each in its list of the narrative. */
  readonly positions: Float64Array;
  readonly bodies: readonly string[];
  readonly rests: readonly string[];
  /** Which node names which: the place of the one named × the number of nodes + the place of the other; ascending. */
  readonly references: Float64Array;
  /** Of those that can be searched, with their places. */
  readonly words: readonly (readonly [place: number, words: NodeWords])[];
  /** The places of those that only repeat what a cue says. */
  readonly echoes: readonly number[];
  /** The pictures that nodes show, with their places. */
  readonly imageIds: readonly (readonly [place: number, imageId: string])[];
}

export function columnsOf(rows: readonly NodeRow[]): NodeColumns {
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  const references: number[] = [];
  const kinds: [string, number][] = [];
  const words: [number, NodeWords][] = [];
  const echoes: number[] = [];
  const imageIds: [number, string][] = [];
  for (const [place, row] of rows.entries()) {
    const run = kinds.at(-1);
    if (run?.[0] === row.kind) run[1]++;
    else kinds.push([row.kind, 1]);
    for (const id of row.references) references.push((places.get(id) ?? Number.NaN) * rows.length + place);
    const found = wordsIn(row.texts, row.echo);
    if (found) words.push([place, found]);
    if (row.echo) echoes.push(place);
    if (row.imageId) imageIds.push([place, row.imageId]);
  }
  return {
    ids: rows.map(({ id }) => id),
    kinds,
    startMs: Float64Array.from(rows, ({ startMs }) => startMs),
    endMs: Float64Array.from(rows, ({ endMs }) => endMs),
    positions: Float64Array.from(rows, ({ position }) => position),
    bodies: rows.map(({ body }) => body),
    rests: rows.map(({ rest }) => rest),
    references: Float64Array.from(references).sort(),
    words,
    echoes,
    imageIds,
  };
}
