/**
 * What people's looks were rated as, and where they are taken to come from: kept in `foreign`, under `withheld` of the
 * format that it came in, and given to nobody but that format's own writer on this machine.
 */
import type { Narrative, NarrativeList } from '../../schema/narrative.js';
import { narrativeLists } from '../../schema/narrative.js';
import type { Dropped } from './format.js';

/** Why identity embeddings are in no export. */
export const biometric = 'Biometric data stays in the store.';

type Bag = Readonly<Record<string, unknown>>;

const key = 'withheld';

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of what is withheld, in any spelling: `Facial Attractiveness`, `ethnicity`. */
const withheldNames = /attractive|beauty|ethnic|\brac(?:e|ial)\b|skin[ _-]?colou?r|颜值|顏值|种族|種族|民族/iu;

/** A value of JSON without what is withheld; the same value where it holds nothing of the kind. */
export function withoutWithheldNames(value: unknown): unknown {
  if (Array.isArray(value)) {
    const inner = value.map(withoutWithheldNames);
    return inner.some((each, n) => each !== value[n]) ? inner : value;
  }
  if (!isBag(value)) return value;
  const entries = Object.entries(value);
  const open = entries
    .filter(([name]) => !withheldNames.test(name))
    .map(([name, inner]) => [name, withoutWithheldNames(inner)] as const);
  const isWhole = open.length === entries.length && open.every(([name, inner]) => inner === value[name]);
  return isWhole ? value : Object.fromEntries(open);
}

/** What a node keeps of foreign formats, as it may be seen. */
export function servedForeign(foreign: Bag | undefined): Record<string, unknown> | undefined {
  if (!foreign || !holdsWithheld(foreign)) return foreign && { ...foreign };
  const open = Object.entries(foreign).map(([format, kept]) => {
    if (!isBag(kept)) return [format, kept] as const;
    const { [key]: _, ...rest } = kept;
    return [format, rest] as const;
  });
  return Object.fromEntries(open);
}

const holdsWithheld = (foreign: Bag | undefined): boolean =>
  foreign !== undefined && Object.values(foreign).some((kept) => isBag(kept) && key in kept);

/** The narrative as it may be seen. */
export function withoutWithheld(narrative: Narrative): Narrative {
  const lists = Object.keys(narrativeLists) as NarrativeList[];
  const open: Record<string, unknown> = {};
  const served = <Node extends { foreign?: Record<string, unknown> | undefined }>(node: Node): Node =>
    holdsWithheld(node.foreign) ? { ...node, foreign: servedForeign(node.foreign) } : node;
  for (const list of lists)
    open[list] = (narrative[list] as readonly { foreign?: Record<string, unknown> }[]).map(served);
  return { ...narrative, ...open, episode: served(narrative.episode) };
}

/** What `withoutWithheld` takes away. */
export function droppedWithheld(narrative: Narrative): Dropped[] {
  const lists = Object.keys(narrativeLists) as NarrativeList[];
  const nodes = [narrative.episode, ...lists.flatMap((list) => narrative[list] as readonly { foreign?: Bag }[])];
  const count = nodes.filter(({ foreign }) => holdsWithheld(foreign)).length;
  return count === 0
    ? []
    : [{ what: 'foreign.withheld', count, reason: 'What people’s looks were rated as stays in the store.' }];
}
