/** What does not fit about an edit of characters, in the cast as it is now. */
import type { Edit, EditConflict } from '../schema/edit.js';
import type { CastState, Unit } from './cast-state.js';
import { foldName, type Moment } from './members.js';
import { isSamePlace } from './sameness.js';

/** Conflicts of one edit that applies to a character, the gravest first. */
export function conflictsOf(state: CastState, edit: Edit, characterId: string, edits: readonly Edit[]): EditConflict[] {
  switch (edit.operation.operation) {
    case 'CORRECT':
    case 'ALIGN':
      return [];
    case 'RENAME':
      return [...nameTaken(state, edit, characterId), ...namedOtherwise(edit, characterId, edits)];
    case 'MERGE':
      return [...inOneFrame(state, edit), ...twoNames(state, edit, characterId), ...against(state, edit, edits)];
    case 'SPLIT':
      return [...nameTaken(state, edit, characterId), ...against(state, edit, edits)];
    default:
      return edit.operation.operation satisfies never;
  }
}

/** Those whom an edit moved, and who are still where it put them. */
const movedBy = (state: CastState, { id }: Edit): Unit[] =>
  state.units.filter(({ moves, characterId }) => {
    const at = moves.findIndex((move) => move.editId === id);
    return at >= 0 && moves[at]?.to === characterId;
  });

function* inOneFrame(state: CastState, edit: Edit): Generator<EditConflict> {
  const seen = new Set<string>();
  for (const unit of movedBy(state, edit)) {
    const { episodeId } = unit.member;
    const others = state
      .unitsOf(unit.characterId)
      .filter((other) => other !== unit && other.member.episodeId === episodeId);
    const clash = others.flatMap((other) => firstClash(unit, other) ?? [])[0];
    if (!clash || seen.has(episodeId)) continue;
    seen.add(episodeId);
    yield {
      conflict: 'SAME_FRAME',
      detail: 'Two who are one now are on screen at the same time, in two places.',
      episodeId,
      ...clash,
    };
  }
}

/** When two are first seen at once with faces in different places. */
function firstClash(unit: Unit, other: Unit): { startMs: number; endMs: number } | undefined {
  const seen = (moments: readonly Moment[]) => moments.filter(({ kind, faceBox }) => kind === 'Appearance' && faceBox);
  const clashes = seen(unit.moments).flatMap((a) =>
    seen(other.moments).flatMap((b) => {
      const [startMs, endMs] = [Math.max(a.startMs, b.startMs), Math.min(a.endMs, b.endMs)];
      return startMs < endMs && !isSamePlace(a.faceBox, b.faceBox) ? [{ startMs, endMs }] : [];
    }),
  );
  return clashes.toSorted((a, b) => a.startMs - b.startMs)[0];
}

/** Whether those who came and those who were there have names, and none in common; settled once people name them. */
function* twoNames(state: CastState, edit: Edit, characterId: string): Generator<EditConflict> {
  const came = new Set(movedBy(state, edit));
  const names = (units: readonly Unit[]) =>
    units.filter(({ isPart }) => !isPart).flatMap(({ member }) => (member.name ? [member] : []));
  const [arrived] = names([...came]);
  const there = names(state.unitsOf(characterId).filter((unit) => !came.has(unit)));
  const [lead] = there;
  if (!arrived?.name || !lead?.name || state.namings.has(characterId)) return;
  const known = new Set(there.flatMap((member) => member.names.map(foldName)));
  if (arrived.names.some((name) => known.has(foldName(name)))) return;
  const [moment] = arrived.moments;
  yield {
    conflict: 'TWO_NAMES',
    detail: `One is called ${lead.name}, the other ${arrived.name}.`,
    episodeId: arrived.episodeId,
    ...(moment && { startMs: moment.startMs, endMs: moment.endMs }),
  };
}

function* nameTaken(state: CastState, edit: Edit, characterId: string): Generator<EditConflict> {
  const naming = state.namings.get(characterId);
  if (naming?.editId !== edit.id) return;
  const others = new Set(state.units.map((unit) => unit.characterId).filter((id) => id !== characterId));
  for (const other of others)
    if (foldName(state.nameOf(other) ?? '') === foldName(naming.name)) {
      yield {
        conflict: 'NAME_TAKEN',
        detail: `Another character is called ${naming.name} too. If they are one, merge them.`,
        characterId: other,
      };
      return;
    }
}

/** Whether somebody else named the same character otherwise. */
function* namedOtherwise(edit: Edit, characterId: string, edits: readonly Edit[]): Generator<EditConflict> {
  for (const other of edits)
    if (
      other.id !== edit.id &&
      other.state !== 'UNDONE' &&
      other.operation.operation === 'RENAME' &&
      other.author !== edit.author &&
      (other.appliedTo === characterId || other.anchor.nodeId === edit.anchor.nodeId) &&
      foldName(String(other.operation.value)) !== foldName(String(edit.operation.value))
    ) {
      yield {
        conflict: 'CONTRADICTION',
        detail: `${other.author} named the same character ${String(other.operation.value)}. The later edit holds.`,
        against: other.id,
      };
      return;
    }
}

/** Whether a merge brings back whom a split took out, or a split takes out whom a merge brought. */
function* against(state: CastState, edit: Edit, edits: readonly Edit[]): Generator<EditConflict> {
  for (const { moves } of state.units) {
    const at = moves.findIndex((move) => move.editId === edit.id);
    const mine = moves[at];
    if (!mine) continue;
    const isMerge = edit.operation.operation === 'MERGE';
    const earlier = moves.slice(0, at).findLast((move) => (isMerge ? move.from === mine.to : move.to === mine.from));
    const other = edits.find(({ id }) => id === earlier?.editId);
    if (!other || other.operation.operation === edit.operation.operation) continue;
    yield {
      conflict: 'CONTRADICTION',
      detail: isMerge
        ? `${other.author} took them apart. The later edit holds.`
        : `${other.author} made them one. The later edit holds.`,
      against: other.id,
    };
    return;
  }
}
