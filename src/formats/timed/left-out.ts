/** What a format does not hold of a narrative, list by list and field by field. */
import { type Narrative, type NarrativeList, narrativeLists } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Dropped, Format } from '../format.js';
import { saysSomething } from '../script/details.js';
import { droppedForeign } from '../script/dropped-foreign.js';
import { isStandIn, outerTitle, workedOutFields } from '../script/nodes.js';
import { biometric } from '../withheld.js';

/** What a format holds of a list's nodes. */
export interface Held {
  /** Which of them; default: all. */
  readonly nodes?: (node: NarrativeNode) => boolean;
  readonly fields: readonly string[];
  /** Of the other fields: whether this node's value comes back all the same. */
  readonly also?: (field: string, node: NarrativeNode) => boolean;
}

export type Holds = { readonly [List in NarrativeList]?: Held } & {
  readonly episode?: Held;
  /** Whether scenes keep the numbers that their script gave them. */
  readonly sceneNumbers?: boolean;
};

/** Fields that no text has to hold: made again by whoever reads it. */
const made = new Set(
  ['id', 'kind', 'episodeId', 'provenance', 'foreign', 'ordinal', 'source', 'report', 'durationMs', 'seriesId'].concat([
    'sceneId',
    'shotIds',
    'personIds',
    'screenTimeMs',
    'lineCount',
    'provisional',
    'contactSheetId',
    'frameRate',
  ]),
);

/** Each list and field that `holds` does not name and that says something. */
export function leftOut(narrative: Narrative, format: Pick<Format, 'name' | 'title'>, holds: Holds): Dropped[] {
  const noPlace = `${format.title} has no place for that.`;
  const dropped: Dropped[] = [];
  const fieldsLeftOut = (list: string, nodes: readonly NarrativeNode[], held: Held) => {
    for (const [field, count] of countFields(nodes, held))
      dropped.push({ what: `${list}.${field}`, count, reason: noPlace });
  };
  fieldsLeftOut('episode', [narrative.episode], holds.episode ?? nothing);
  for (const list of Object.keys(narrativeLists) as NarrativeList[]) {
    const nodes: readonly NarrativeNode[] = narrative[list].filter((node: NarrativeNode) => !isStandIn(node));
    const { nodes: isHeld = () => true, ...fields } = holds[list] ?? nothing;
    const held = nodes.filter((node) => isHeld(node));
    if (held.length < nodes.length)
      dropped.push({
        what: list,
        count: nodes.length - held.length,
        reason: list === 'embeddings' ? biometric : noPlace,
      });
    fieldsLeftOut(list, held, fields);
  }
  const kept = [format.name, ...(holds.sceneNumbers ? ['screenplay'] : [])];
  return [...dropped, ...droppedForeign(narrative, kept, format.title)];
}

const nothing: Held = { nodes: () => false, fields: [] };

function countFields(nodes: readonly NarrativeNode[], { fields, also }: Held): ReadonlyMap<string, number> {
  const held = new Set([...made, ...fields]);
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const unsaid = new Set(workedOutFields(node));
    for (const { field, by } of node.provenance.fields ?? []) if (by === outerTitle) unsaid.add(field);
    for (const [field, value] of Object.entries(node))
      if (!held.has(field) && !unsaid.has(field) && saysSomething(value) && !also?.(field, node))
        counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return counts;
}
