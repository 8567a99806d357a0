/** Carries one edit of characters out on who is who. */
import type { Edit } from '../schema/edit.js';
import type { CastState, Unit } from './cast-state.js';
import { foldName } from './members.js';

/** Does what an edit says. The unit by which to tell whom it applies to; undefined for an orphan. */
export function replay(state: CastState, edit: Edit): Unit | undefined {
  const { operation, anchor } = edit;
  switch (operation.operation) {
    case 'CORRECT':
      return anchor.persons?.flatMap((person) => state.find(person)?.units[0] ?? [])[0];
    case 'ALIGN':
      return undefined;
    case 'RENAME':
      return rename(state, edit);
    case 'MERGE':
      return merge(state, edit);
    case 'SPLIT':
      return split(state, edit);
    default:
      throw new Error(`No such operation: ${operation.operation satisfies never} of ${anchor.nodeId}`);
  }
}

const by = ({ id, author }: Edit) => ({ editId: id, author });

function settle(members: readonly { readonly units: readonly Unit[] }[]): void {
  for (const { units } of members) for (const unit of units) unit.isSettled = true;
}

function rename(state: CastState, edit: Edit): Unit | undefined {
  const { anchor, operation } = edit;
  const found = state.findCharacter({ characterId: anchor.nodeId, persons: anchor.persons ?? [] });
  if (!found || typeof operation.value !== 'string') return undefined;
  settle(found.members);
  state.namings.set(found.characterId, { name: operation.value, ...by(edit) });
  joinNamesakes(state, edit, found.characterId, operation.value);
  return state.unitsOf(found.characterId)[0];
}

/** Whoever comes later under the name that people gave is that character, as long as nobody has said otherwise. */
function joinNamesakes(state: CastState, { anchor }: Edit, characterId: string, name: string): void {
  const known = new Set((anchor.others ?? []).map((other) => state.findCharacter(other)?.characterId));
  const strangers = state.units.filter(
    (unit) =>
      unit.characterId !== characterId &&
      !known.has(unit.characterId) &&
      unit.moves.length === 0 &&
      !state.namings.has(unit.characterId) &&
      foldName(unit.member.name ?? '') === foldName(name),
  );
  for (const { characterId: stranger } of strangers) {
    const units = state.unitsOf(stranger);
    const episodes = new Set(state.unitsOf(characterId).map(({ member }) => member.episodeId));
    if (units.every(({ member }) => !episodes.has(member.episodeId))) state.move(units, characterId);
  }
}

function merge(state: CastState, edit: Edit): Unit | undefined {
  const { anchor } = edit;
  const keep = state.findCharacter({ characterId: anchor.nodeId, persons: anchor.persons ?? [] });
  const others = (anchor.others ?? []).flatMap((other) => state.findCharacter(other) ?? []);
  if (!keep || others.length === 0) return undefined;
  for (const { characterId, members } of [keep, ...others]) {
    settle(members);
    if (characterId === keep.characterId) continue;
    const naming = state.namings.get(characterId);
    if (naming && state.nameOf(keep.characterId) === undefined) state.namings.set(keep.characterId, naming);
    state.move(state.unitsOf(characterId), keep.characterId, by(edit));
  }
  return state.unitsOf(keep.characterId)[0];
}

function split(state: CastState, edit: Edit): Unit | undefined {
  const characterId = splitCharacterId(edit.id);
  const taken: Unit[] = [];
  for (const person of edit.anchor.taken ?? []) {
    if (!person.isPart) {
      taken.push(...(state.find(person)?.units ?? []));
      continue;
    }
    for (const [unit, moments] of state.findMoments(person))
      taken.push(moments.size === unit.moments.length ? unit : state.cut(unit, moments, edit.id));
  }
  if (taken.length === 0) return undefined;
  settle((edit.anchor.persons ?? []).flatMap((person) => state.find(person) ?? []));
  settle([{ units: taken }]);
  state.move(taken, characterId, by(edit));
  if (typeof edit.operation.value === 'string')
    state.namings.set(characterId, { name: edit.operation.value, ...by(edit) });
  return taken[0];
}

/** The character that an edit of a split makes. */
const splitCharacterId = (editId: string): string => editId.replace(/^edit:/, 'character:');
