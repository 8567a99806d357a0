import type { Appearance } from '../schema/appearance.js';
import type { heavyFields } from '../schema/heavy-fields.js';
import type { NarrativeNode } from '../schema/narrative-node.js';

/** A node's JSON in two objects, as stores keep it. */
export interface NodeJson {
  /** All but the heavy fields. */
  readonly body: string;
  /** The heavy fields. */
  readonly rest: string;
}

export function nodeJson(node: NarrativeNode): NodeJson {
  const { provenance, foreign, pose, ...body } = node as NarrativeNode & Pick<Appearance, 'pose'>;
  const rest = { provenance, foreign, pose } satisfies Record<(typeof heavyFields)[number], unknown>;
  return { body: JSON.stringify(body), rest: JSON.stringify(rest) };
}

/** Both as one object. */
export const wholeOf = ({ body, rest }: NodeJson): string => `${body.slice(0, -1)},${rest.slice(1)}`;
