/** Where the nouns lie in GraphML: the same nodes and relationships that Neo4j holds, so that one picture serves both. */
import type { NodeKind } from '../../../schema/enums.js';

/** Nouns that are edges, with all their fields. */
export const edgeNouns: Partial<
  Record<NodeKind, { readonly type: string; readonly source: string; readonly target: string }>
> = {
  Appearance: { type: 'APPEARS_IN', source: 'personId', target: 'shotId' },
  Relationship: { type: 'RELATES_TO', source: 'fromId', target: 'toId' },
  CausalLink: { type: 'LEADS_TO', source: 'causeId', target: 'effectId' },
};

interface PlainEdge {
  /** The field of the noun that names the other end. */
  readonly field: string;
  readonly type: string;
  /** `in`: from the other end to the noun. */
  readonly direction: 'in' | 'out';
}

/** Edges that say again what a field says; whoever reads the file as a network needs them. */
export const plainEdges: Partial<Record<NodeKind, readonly PlainEdge[]>> = {
  Scene: [
    { field: 'episodeId', type: 'HAS_SCENE', direction: 'in' },
    { field: 'personIds', type: 'IS_IN', direction: 'in' },
  ],
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

/** What programs that draw networks write beside a node: the first of these fields that it has. */
export const labelFields = ['name', 'title', 'dialogue', 'text', 'location', 'description', 'action'] as const;
