/**
 * People's corrections, replayed over what was analysed. Edits are kept apart from the base narrative, so that any of
 * them can be undone, in any order, and so that a new analysis does not lose them.
 */

import { checkCorrection } from '../../schema/correction.js';
import type { Cue } from '../../schema/cue.js';
import type { Edit } from '../../schema/edit.js';
import type { NodeKind } from '../../schema/enums.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import { FabulaError } from '../../schema/errors.js';
import type { Event } from '../../schema/event.js';
import { emptyNarrative, type Narrative, type NarrativeList, narrativeLists, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Person } from '../../schema/person.js';
import { anchorEdits } from './anchors.js';
import { carryLines } from './carry-line.js';
import { correctField } from './correct-field.js';
import { recast } from './recast.js';

/**
 * The base with the cast and all edits applied, these in the order they were made (a later one wins over an earlier one
 * of the same field), and the edits with what became of each; what became of edits of characters is the cast's to say.
 * The base itself comes back where nothing changes anything.
 */
export function replayEdits(
  base: Narrative,
  edits: readonly Edit[],
  cast?: EpisodeCast,
): { readonly corrected: Narrative; readonly edits: readonly Edit[] } {
  const homes = new Map(cast?.persons.flatMap(({ id, wholes }) => wholes.map((whole) => [whole, id] as const)));
  const isMergedAway = (edit: Edit) => {
    const id = cast?.corrected[edit.id] ?? edit.anchor.nodeId;
    return (homes.get(id) ?? id) !== id;
  };
  // What was said of somebody who is merged into another was said before the merge, and gives way to it.
  const early = replayOn(base, base, edits, isMergedAway, cast && { ...cast, renamed: {} });
  const recasted = cast ? recast(early.corrected, cast) : early.corrected;
  const late = replayOn(base, recasted, early.edits, (edit) => !isMergedAway(edit), cast);
  return {
    corrected: late.corrected,
    edits: late.edits.map((edit) => ({
      ...edit,
      ...(edit.appliedTo && isMergedAway(edit) && { appliedTo: homes.get(edit.appliedTo) ?? edit.appliedTo }),
    })),
  };
}

/**
 * Corrections that found nothing in what was analysed, replayed over the events that were derived from it: these are
 * found again by id or time like any other, among events of their sort.
 */
export function replayOnDerived(
  corrected: Narrative,
  derived: Narrative,
  edits: readonly Edit[],
): { readonly effective: Narrative; readonly edits: readonly Edit[] } {
  if (derived === corrected || edits.every(({ state }) => state !== 'ORPHANED')) return { effective: derived, edits };
  const told = new Set(corrected.events.map(({ id }) => id));
  const events = derived.events.filter(({ id }) => !told.has(id));
  const sorts = new Set(events.map(({ id }) => sortOf(id)));
  const isMeant = ({ state, anchor }: Edit) => state === 'ORPHANED' && sorts.has(sortOf(anchor.nodeId));
  const added = { ...emptyNarrative(derived.episode), events };
  const { corrected: replayed, edits: states } = replayOn(added, added, edits, isMeant, undefined);
  const changed = new Map(replayed.events.map((event) => [event.id, event]));
  return { effective: withNodes(derived, changed), edits: states };
}

/** `<episode>:entrance:0003000` → `entrance`. */
const sortOf = (id: string) => /:([a-z]+):\d+(?::\d+)?$/.exec(id)?.[1];

/** Replays those edits that are meant, over a narrative whose nodes are found as the analysis has them. */
function replayOn(
  base: Narrative,
  narrative: Narrative,
  edits: readonly Edit[],
  isMeant: (edit: Edit) => boolean,
  cast: EpisodeCast | undefined,
): { readonly corrected: Narrative; readonly edits: readonly Edit[] } {
  if (edits.length === 0) return { corrected: narrative, edits };
  const originals = new Map<string, NarrativeNode>();
  for (const node of nodesOf(narrative)) originals.set(node.id, node);
  const findInBase = anchorEdits(base);
  const findHere = narrative === base ? findInBase : anchorEdits(narrative);
  const findTarget = ({ id, anchor }: Edit, field: string) =>
    cast && anchor.persons
      ? originals.get(cast.corrected[id] ?? '')
      : (originals.get(findInBase(anchor, field)?.id ?? '') ?? findHere(anchor, field));
  const changed = new Map<string, NarrativeNode>();
  const now = (original: NarrativeNode) => changed.get(original.id) ?? original;

  const states = edits.map((edit): Edit => {
    const { operation, field, value } = edit.operation;
    if (operation !== 'CORRECT') {
      for (const id of cast?.renamed[edit.id] ?? []) {
        const person = originals.get(id);
        if (person) changed.set(id, named(now(person) as Person, person, String(value)));
      }
      return edit;
    }
    if (!isMeant(edit)) return edit;
    const { appliedTo: _, ...kept } = edit;
    if (edit.state === 'UNDONE') return kept;
    const original = field === undefined ? undefined : findTarget(edit, field);
    if (!original || field === undefined || !fits(edit.anchor.kind, field, value))
      return { ...kept, state: 'ORPHANED' };
    const before = now(original);
    changed.set(original.id, correctField(before, original, field, value));
    if (original.kind === 'Cue' && field === 'text') {
      const lines = linesOn(original.id, narrative.events);
      const said = lines.map((line) => (now(line) as Event).dialogue ?? '');
      for (const [n, text] of carryLines(said, (before as Cue).text, String(value)).entries()) {
        const line = lines[n];
        if (line && text !== undefined && text !== said[n])
          changed.set(line.id, correctField(now(line), line, 'dialogue', text));
      }
    }
    return { ...kept, state: 'APPLIED', appliedTo: original.id };
  });
  return { corrected: withNodes(narrative, changed), edits: states };
}

const named = (person: Person, original: NarrativeNode, name: string): Person => ({
  ...correctField(person, original, 'name', name),
  aliases: person.aliases.filter((alias) => alias !== name),
  provisional: false,
});

/** False for a correction whose field or words have left the schema since it was made. */
function fits(kind: NodeKind, field: string, value: unknown): boolean {
  try {
    checkCorrection(kind, field, value ?? null);
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
