import { type Narrative, nodesOf } from '../../../schema/narrative.js';
import type { Dropped } from '../format.js';

/** What other formats than these keep in their nodes, and a format of this title has no place for. */
export function droppedForeign(narrative: Narrative, kept: readonly string[], title: string): Dropped[] {
  const count = [...nodesOf(narrative)].filter(({ foreign }) =>
    Object.keys(foreign ?? {}).some((key) => !kept.includes(key)),
  ).length;
  return count > 0
    ? [{ what: 'foreign', count, reason: `What other formats hold beyond our nouns has no place in ${title}.` }]
    : [];
}
