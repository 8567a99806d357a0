import { type Narrative, type NarrativeList, narrativeLists, nodesOf } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';

/** JSON of nodes that has been written already. */
export type WrittenNodes = Map<NarrativeNode, string>;

/** The JSON of each node, in the order of `nodesOf`; what is in `written` is not written again. */
export function bodiesOf(narrative: Narrative, written: WrittenNodes = new Map()): readonly string[] {
  const bodies: string[] = [];
  for (const node of nodesOf(narrative)) {
    const body = written.get(node) ?? JSON.stringify(node);
    written.set(node, body);
    bodies.push(body);
  }
  return bodies;
}

/** A narrative as JSON in UTF-8, put together from that of its nodes: they are encoded one by one, never joined before. */
export function narrativeBytes(narrative: Narrative, bodies: readonly string[]): Buffer {
  const pieces = [`{"narrativeVersion":${narrative.narrativeVersion},"episode":${bodies[0]}`];
  let next = 1;
  for (const list of Object.keys(narrativeLists) as NarrativeList[]) {
    pieces.push(`,"${list}":[`);
    const last = next + narrative[list].length;
    for (const body of bodies.slice(next, last)) pieces.push(body, ',');
    if (next < last) pieces.pop();
    pieces.push(']');
    next = last;
  }
  pieces.push('}');
  // A UTF-16 unit is three bytes at most.
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, { length }) => sum + 3 * length, 0));
  return bytes.subarray(
    0,
    pieces.reduce((at, piece) => at + bytes.write(piece, at), 0),
  );
}
