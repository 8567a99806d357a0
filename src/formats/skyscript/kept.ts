/** What a node keeps of the JSON that it was read from, in its `foreign`. */
import type { JsonObject } from '../json-script/fitting.js';
import type { Layout } from '../json-script/layout.js';
import { withoutWithheldNames } from '../withheld.js';

export const formatName = 'skyscript';

/** How the cases of a document stand: by name, as a list, or one by itself. */
export type Form = 'named' | 'list' | 'single';

export interface Kept extends Partial<Layout> {
  /** Of a case without its people and objects, of one of these, or of the line that a person has. */
  readonly source?: unknown;
  /** Name of the case. */
  readonly name?: string;
  /** Which of its list it was, from 0. */
  readonly at?: number;
  /** By list of the case, or of the document: what stands in it and is no node. */
  readonly others?: Readonly<Record<string, readonly Other[]>>;
  /** Of the document. */
  readonly form?: Form;
}

/** Where it stood, what it was, and under which name. */
export type Other = readonly [at: number, value: unknown, name?: string];

interface Keeping {
  readonly foreign?: JsonObject | undefined;
}

/** What is withheld of `source` and `others` is kept under a name of its own, which is not served: the whole of them. */
export function keep({ source, others, ...more }: Kept): JsonObject {
  const whole = { ...(source !== undefined && { source }), ...(others !== undefined && { others }) };
  const open = withoutWithheldNames(whole) as typeof whole;
  return { [formatName]: { ...open, ...more, ...(open !== whole && { withheld: whole }) } };
}

/** What a node keeps; whole where what is withheld is still there. */
export function keptOf({ foreign }: Keeping): Kept | undefined {
  const found = foreign?.[formatName];
  if (typeof found !== 'object' || found === null) return undefined;
  const { withheld, ...open } = found as Kept & { readonly withheld?: Kept };
  return { ...open, ...withheld };
}

/** What the node was read from. */
export const sourceOf = (node: Keeping): JsonObject | undefined => keptOf(node)?.source as JsonObject | undefined;
