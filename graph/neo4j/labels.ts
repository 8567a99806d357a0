/**
 * How a narrative looks in the graph. Most nouns are nodes: their kind and `Node` are their labels. Those that say what
 * one node is to another are relationships. References are relationships too, named so that the story can be read.
 */
import { references, relationshipNouns } from '../../schema/edges.js';
import type { NodeKind } from '../../schema/enums.js';

/** Nouns of a narrative that are nodes. */
export const nodeNouns = [
  'Episode',
  'Scene',
  'Shot',
  'Keyframe',
  'Person',
  'StoryObject',
  'SpeechInterval',
  'SignalTrack',
  'IdentityEmbedding',
  'Cue',
  'Event',
  'EmotionSample',
  'RelationshipTurn',
  'Highlight',
  'LayoutIssue',
  'Counterfactual',
] as const satisfies readonly NodeKind[];

const relationshipOf: Readonly<Partial<Record<NodeKind, { readonly type: string }>>> = relationshipNouns;

/** The type of a noun that is a relationship; undefined for a node. */
export const typeOf = (kind: string): string | undefined => relationshipOf[kind as NodeKind]?.type;

/**
 * Tells the planner to look a `Node` up by its id: while a graph is young it believes that an index is empty, and would
 * read all of it.
 */
export const seek = (variable: string): string => `USING INDEX SEEK ${variable}:Node(id)`;

/**
 * The nodes or relationships of a kind that an episode has, from a moment on, as a hint and the start of a condition: by
 * the index that has them in order of `episodeId, startMs, id`, so that a list in that order sorts nothing. (A planner
 * takes an index only where there is a condition on each of its properties.)
 */
export const inEpisode = (variable: string, kind: NodeKind, episodeId: string, fromMs = '0'): string =>
  `USING INDEX SEEK ${variable}:${typeOf(kind) ?? kind}(episodeId, startMs, id)
   WHERE ${variable}.episodeId = ${episodeId} AND ${variable}.startMs >= ${fromMs} AND ${variable}.id IS NOT NULL`;

/** The JSON of a node, as it is read: whole, or without its heavy fields (heavy-fields.ts). */
export const jsonOf = (variable: string, isBrief = false): string =>
  isBrief
    ? `${variable}.body`
    : `CASE WHEN ${variable}.rest IS NULL THEN ${variable}.body
       ELSE left(${variable}.body, size(${variable}.body) - 1) + ',' + substring(${variable}.rest, 1) END`;

/** Matches all `n` of a kind; never anything but a noun of the list goes into Cypher. */
export function patternOf(kind: NodeKind): string {
  const type = typeOf(kind);
  if (type) return `()-[n:${type}]->()`;
  if (!(nodeNouns as readonly string[]).includes(kind)) throw new Error(`${kind} is no noun of a narrative.`);
  return `(n:${kind})`;
}

/** Matches the `n` of a kind that name the node $id in a reference. */
export function childPatternOf(kind: NodeKind, id: string): string {
  const around = childrenAround(kind, `(parent:Node {id: ${id}})`, 'n');
  if (around) return `${around} ${seek('parent')}`;
  // A face's vector is of an appearance, and nothing can be tied to a relationship.
  return kind === 'IdentityEmbedding' ? `(n:IdentityEmbedding {appearanceId: ${id}})` : '';
}

/** Matches the children of a kind that name the node `parent` in a reference; empty where none can. */
export function childrenAround(kind: NodeKind, parent = '(n)', child = 'c'): string {
  const type = typeOf(kind);
  if (type) return `${parent}-[${child}:${type}]-()`;
  const types = (references[kind] ?? []).map((reference) => reference.type);
  return types.length > 0 ? `${parent}-[:${types.join('|')}]-(${child}:${kind})` : '';
}

/** From the nodes `n` of a kind to the `m` that a reference of theirs names, as clauses. */
export function referencePattern(kind: NodeKind, field: string): string {
  const ends = (relationshipNouns as Readonly<Partial<Record<NodeKind, { from: string; to: string }>>>)[kind];
  if (ends && (ends.from === field || ends.to === field))
    return `WITH ${ends.from === field ? 'startNode' : 'endNode'}(n) AS m`;
  const reference = references[kind]?.find((one) => one.field === field);
  if (!reference) throw new Error(`${kind} has no reference ${field}.`);
  return reference.direction === 'out' ? `MATCH (n)-[:${reference.type}]->(m)` : `MATCH (n)<-[:${reference.type}]-(m)`;
}
