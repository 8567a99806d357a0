/** Makes the edit of a script that was aligned to a film. Pure. */
import type { Edit } from '../schema/edit.js';
import type { Stamp } from './character-edits.js';

export interface Aligning {
  readonly episodeId: string;
  /** What was found; the derivation reads it. */
  readonly alignment: object;
  readonly author: string;
}

export const isAlignment = ({ operation }: Edit): boolean => operation.operation === 'ALIGN';

/** Anchored in the episode: where its lines are, the alignment itself says. */
export const alignmentEdit = ({ episodeId, alignment }: Aligning, { id, at, author }: Stamp): Edit => ({
  ...{ id, kind: 'Edit', episodeId, at, author, state: 'APPLIED' },
  operation: { operation: 'ALIGN', value: alignment },
  anchor: { nodeId: episodeId, kind: 'Episode' },
});
