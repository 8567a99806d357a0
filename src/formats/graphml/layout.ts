/** Where the nouns lie in GraphML: the same nodes and relationships that Neo4j holds, so that one picture serves both. */
import { type Reference, references, relationshipNouns } from '../../../schema/edges.js';
import type { NodeKind } from '../../../schema/enums.js';

/** Nouns that are edges, with all their fields. */
export const edgeNouns: Partial<
  Record<NodeKind, { readonly type: string; readonly from: string; readonly to: string }>
> = relationshipNouns;

/** Edges that say again what a field says; whoever reads the file as a network needs them. */
export const plainEdges: Partial<Record<NodeKind, readonly Reference[]>> = {
  ...references,
  Scene: [{ field: 'episodeId', type: 'HAS_SCENE', direction: 'in' }, ...(references.Scene ?? [])],
};

/** What programs that draw networks write beside a node: the first of these fields that it has. */
export const labelFields = ['name', 'title', 'dialogue', 'text', 'location', 'description', 'action'] as const;
