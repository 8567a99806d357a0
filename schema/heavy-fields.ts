import type { Appearance } from './appearance.js';
import type { NarrativeNode } from './narrative-node.js';

/** What takes up most of many nodes and is seldom asked for: lists can be read without it (`isBrief` in graph/store.ts). */
export const heavyFields = ['provenance', 'foreign', 'pose'] as const satisfies readonly (
  | keyof NarrativeNode
  | keyof Appearance
)[];
