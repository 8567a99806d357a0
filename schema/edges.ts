/**
 * What ties the nouns of a narrative together where it is drawn as a network, in Neo4j and in GraphML alike: nouns that
 * say what one node is to another, and references, under names with which the story can be read.
 */
import type { NodeKind } from './enums.js';

/** Nouns that are relationships, their types, and the fields that name their ends. */
export const relationshipNouns = {
  Appearance: { type: 'APPEARS_IN', from: 'personId', to: 'shotId' },
  Relationship: { type: 'RELATES_TO', from: 'fromId', to: 'toId' },
  CausalLink: { type: 'LEADS_TO', from: 'causeId', to: 'effectId' },
} as const satisfies Partial<Record<NodeKind, { type: string; from: string; to: string }>>;

/** What a reference is in the graph: `out` from the node that holds it, `in` to it. */
export interface Reference {
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
