/**
 * How a narrative looks in the graph. Most nouns are nodes: their kind and `Node` are their labels. Those that say what
 * one node is to another are relationships. References are relationships too, named so that the story can be read.
 */
import type { NodeKind } from '../../schema/enums.js';

/** Nouns that are relationships, their types, and the fields that name their ends. */
export const relationshipNouns = {
  Appearance: { type: 'APPEARS_IN', from: 'personId', to: 'shotId' },
  Relationship: { type: 'RELATES_TO', from: 'fromId', to: 'toId' },
  CausalLink: { type: 'LEADS_TO', from: 'causeId', to: 'effectId' },
} as const satisfies Partial<Record<NodeKind, { type: string; from: string; to: string }>>;

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

/** What a reference is in the graph: `out` from the node that holds it, `in` to it. */
interface Reference {
  readonly field: string;
  readonly type: string;
  readonly direction: 'out' | 'in';
}

export const references: Readonly<Partial<Record<NodeKind, readonly Reference[]>>> = {
  Scene: [{ field: 'personIds', type: 'IS_IN', direction: 'in' }],
  Shot: [
    { field: 'sceneId', type: 'HAS_SHOT', direction: 'in' },
    { field: 'mainSubjectIds', type: 'FEATURES', direction: 'out' },
  ],
  Keyframe: [{ field: 'shotId', type: 'HAS_KEYFRAME', direction: 'in' }],
  StoryObject: [{ field: 'shotId', type: 'HAS_OBJECT', direction: 'in' }],
  Event: [
    { field: 'sceneId', type: 'IN_SCENE', direction: 'out' },
    { field: 'shotIds', type: 'IN_SHOT', direction: 'out' },
    { field: 'personId', type: 'ACTS_IN', direction: 'in' },
    { field: 'targetIds', type: 'TARGETS', direction: 'out' },
  ],
  EmotionSample: [{ field: 'personId', type: 'FEELS', direction: 'in' }],
  RelationshipTurn: [
    { field: 'fromId', type: 'TURNS', direction: 'in' },
    { field: 'toId', type: 'TOWARDS', direction: 'out' },
    { field: 'eventId', type: 'TURNED_BY', direction: 'out' },
  ],
  Highlight: [{ field: 'setupEventIds', type: 'SETS_UP', direction: 'in' }],
  LayoutIssue: [{ field: 'shotId', type: 'FOUND_IN', direction: 'out' }],
};

const relationshipOf: Readonly<Partial<Record<NodeKind, { readonly type: string }>>> = relationshipNouns;

/** The type of a noun that is a relationship; undefined for a node. */
export const typeOf = (kind: string): string | undefined => relationshipOf[kind as NodeKind]?.type;

/**
 * Tells the planner to look a `Node` up by its id: while a graph is young it believes that an index is empty, and would
 * read all of it.
 */
export const seek = (variable: string): string => `USING INDEX SEEK ${variable}:Node(id)`;

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
