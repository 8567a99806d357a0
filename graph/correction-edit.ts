/** Makes the edit of a correction: one field of one node. Pure. */
import type { Edit } from '../schema/edit.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Stamp } from './character-edits.js';

export interface Correction {
  readonly nodeId: string;
  readonly field: string;
  readonly value: unknown;
  readonly author: string;
}

/** Anchored in the node as it is now. */
export function correctionEdit(node: NarrativeNode, { field, value }: Correction, { id, at, author }: Stamp): Edit {
  const { startMs, endMs, atMs } = node as { startMs?: number; endMs?: number; atMs?: number };
  return {
    id,
    kind: 'Edit',
    episodeId: node.episodeId,
    at,
    author,
    operation: { operation: 'CORRECT', field, value },
    anchor: {
      nodeId: node.id,
      kind: node.kind,
      startMs: startMs ?? atMs,
      endMs: endMs ?? (atMs === undefined ? undefined : atMs + 1),
      oldValue: (node as unknown as Record<string, unknown>)[field],
    },
    state: 'APPLIED',
  };
}
