import { type Narrative, type NarrativeList, narrativeLists, nodesOf } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import { type NodeJson, nodeJson, wholeOf } from './node-json.js';

/** JSON of nodes that has been written already. */
export type WrittenNodes = Map<NarrativeNode, NodeJson>;

/** The JSON of each node, in the order of `nodesOf`; what is in `written` is not written again. */
export function jsonOfNodes(narrative: Narrative, written: WrittenNodes = new Map()): readonly NodeJson[] {
  return [...nodesOf(narrative)].map((node) => {
    const json = written.get(node) ?? nodeJson(node);
    written.set(node, json);
    return json;
  });
}

/** A narrative as JSON in UTF-8, put together from that of its nodes: they are encoded one by one, never joined before. */
export function narrativeBytes(narrative: Narrative, json: readonly NodeJson[]): Buffer {
  const pieces = [`{"narrativeVersion":${narrative.narrativeVersion}`];
  for (const episode of json.slice(0, 1)) pieces.push(',"episode":', wholeOf(episode));
  let next = 1;
  for (const list of Object.keys(narrativeLists) as NarrativeList[]) {
    pieces.push(`,"${list}":[`);
    const last = next + narrative[list].length;
    for (const node of json.slice(next, last)) pieces.push(wholeOf(node), ',');
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
