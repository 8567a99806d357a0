import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Alignment } from './alignment.js';

/** As provenance names it. The version changes whenever the same edit may lay something else over the same cues. */
export const alignment = { by: 'alignment', version: '1' } as const;

/** From here on the script's words win over what was read in the film; below, they are kept as another reading. */
export const wordsWin = 0.5;

export const sourceOf = (similarity: number) => ({ by: alignment.by, confidence: rounded(similarity) });

export const rounded = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100) / 100;

export const scriptName = ({ title, format }: Pick<Alignment, 'title' | 'format'>): string => `“${title}” (${format})`;

/** The node with one more thing that its values rest on. */
export const withNote = <Node extends NarrativeNode>(node: Node, note: string): Node => ({
  ...node,
  provenance: { ...node.provenance, evidence: [...node.provenance.evidence, { note }] },
});
