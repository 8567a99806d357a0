/**
 * People's corrections, replayed over what was analysed. Edits are kept apart from the base narrative, so that any of
 * them can be undone, in any order, and so that a new analysis does not lose them.
 */

import { checkCorrection } from '../../schema/correction.js';
import type { Cue } from '../../schema/cue.js';
import type { Edit } from '../../schema/edit.js';
import { FabulaError } from '../../schema/errors.js';
import type { Event } from '../../schema/event.js';
import { type Narrative, type NarrativeList, narrativeLists, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { anchorEdits } from './anchors.js';
import { carryLines } from './carry-line.js';
import { correctField } from './correct-field.js';

/**
 * The base with all edits applied, in the order they were made (a later one wins over an earlier one of the same
 * field), and the edits with what became of each. The base itself comes back where no edit changes anything.
 */
export function replayEdits(
  base: Narrative,
  edits: readonly Edit[],
): { readonly corrected: Narrative; readonly edits: readonly Edit[] } {
  const originals = new Map<string, NarrativeNode>();
  for (const node of nodesOf(base)) originals.set(node.id, node);
  const findTarget = anchorEdits(base);
  const changed = new Map<string, NarrativeNode>();
  const now = (original: NarrativeNode) => changed.get(original.id) ?? original;

  const states = edits.map((edit): Edit => {
    const { appliedTo: _, ...kept } = edit;
    if (edit.state === 'UNDONE') return kept;
    const original = findTarget(edit.anchor, edit.operation.field);
    if (!original || !fits(edit)) return { ...kept, state: 'ORPHANED' };
    const { field, value } = edit.operation;
    const before = now(original);
    changed.set(original.id, correctField(before, original, field, value));
    if (original.kind === 'Cue' && field === 'text') {
      const lines = linesOn(original.id, base.events);
      const said = lines.map((line) => (now(line) as Event).dialogue ?? '');
      for (const [n, text] of carryLines(said, (before as Cue).text, String(value)).entries()) {
        const line = lines[n];
        if (line && text !== undefined && text !== said[n])
          changed.set(line.id, correctField(now(line), line, 'dialogue', text));
      }
    }
    return { ...kept, state: 'APPLIED', appliedTo: original.id };
  });
  return { corrected: withNodes(base, changed), edits: states };
}

/** False for an edit whose field or words have left the schema since it was made. */
function fits({ anchor, operation }: Edit): boolean {
  try {
    checkCorrection(anchor.kind, operation.field, operation.value ?? null);
    return true;
  } catch (error) {
    if (error instanceof FabulaError) return false;
    throw error;
  }
}

/** The LINE events that rest on a cue: a corrected cue corrects them too, as far as they still say what it said. */
const linesOn = (cueId: string, events: readonly Event[]): readonly Event[] =>
  events.filter(
    ({ type, provenance }) => type === 'LINE' && provenance.evidence.some(({ nodeId }) => nodeId === cueId),
  );

function withNodes(base: Narrative, changed: ReadonlyMap<string, NarrativeNode>): Narrative {
  if (changed.size === 0) return base;
  const kinds = new Set([...changed.values()].map(({ kind }) => kind));
  const lists = Object.entries(narrativeLists) as [NarrativeList, NarrativeNode['kind']][];
  const replaced = lists
    .filter(([, kind]) => kinds.has(kind))
    .map(([list]) => [list, base[list].map((node) => changed.get(node.id) ?? node)]);
  const episode = changed.get(base.episode.id) ?? base.episode;
  return { ...base, episode, ...Object.fromEntries(replaced) } as Narrative;
}
