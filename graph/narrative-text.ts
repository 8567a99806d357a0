import { type Narrative, type NarrativeList, narrativeLists } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';

/** A narrative as JSON in which each node can be found: it is written once and never parsed for a part of it. */
export interface NarrativeText {
  readonly text: string;
  /** Where the JSON of each node begins and ends in it, in the order of `nodesOf`. */
  readonly places: Uint32Array;
}

/** JSON of nodes that has been written already. */
export type WrittenNodes = Map<NarrativeNode, string>;

/** Writes a narrative; nodes that another one shared with it before are not written again. */
export function narrativeText(narrative: Narrative, written: WrittenNodes = new Map()): NarrativeText {
  const parts: string[] = [];
  const places: number[] = [];
  let length = 0;
  const add = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  const addNode = (node: NarrativeNode) => {
    const known = written.get(node) ?? JSON.stringify(node);
    written.set(node, known);
    places.push(length, length + known.length);
    add(known);
  };
  add(`{"narrativeVersion":${narrative.narrativeVersion},"episode":`);
  addNode(narrative.episode);
  for (const list of Object.keys(narrativeLists) as NarrativeList[]) {
    add(`,"${list}":[`);
    for (const [n, node] of narrative[list].entries()) {
      if (n > 0) add(',');
      addNode(node);
    }
    add(']');
  }
  add('}');
  return { text: parts.join(''), places: Uint32Array.from(places) };
}

/** The JSON of the nodes, in the order of `nodesOf`. */
export const bodiesIn = ({ text, places }: NarrativeText): readonly string[] =>
  Array.from({ length: places.length / 2 }, (_, n) => text.slice(places[2 * n], places[2 * n + 1]));
