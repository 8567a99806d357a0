/** Makes edits of characters out of what a person asks for, anchored in what the cast is now. Pure. */
import type { Edit, EditAnchor, EditChange, EditCharacter } from '../schema/edit.js';
import type { EditPerson } from '../schema/edit-person.js';
import { FabulaError } from '../schema/errors.js';
import type { CastMember, CastState } from './cast-state.js';
import { foldName, type Moment } from './members.js';
import type { Merging, Renaming, Splitting } from './store.js';

/** When an edit is made, by whom, and its id. */
export interface Stamp {
  readonly id: string;
  readonly at: string;
  readonly author: string;
}

/** Longest name that a person may give a character. */
const longestName = 200;

/** Most moments by which a whole person is known again: the longest ones. */
const mostMoments = 400;

/** INVALID_INPUT for a name that is none, NOT_FOUND for no such character. */
export function renameEdit(state: CastState, { characterId, name }: Renaming, stamp: Stamp): Edit {
  const given = nameIn(name);
  const known = anchorOf(state, characterId);
  const ids = new Set(state.units.map((unit) => unit.characterId));
  const namesakes = [...ids].filter((id) => id !== characterId && foldName(state.nameOf(id) ?? '') === foldName(given));
  return editOf(stamp, { operation: 'RENAME', field: 'name', value: given }, known, {
    others: namesakes.map((id) => anchorOf(state, id)),
  });
}

/** INVALID_INPUT for fewer than two characters, NOT_FOUND for one that is not in the scope. */
export function mergeEdit(state: CastState, { keepId, otherIds }: Merging, stamp: Stamp): Edit {
  const others = [...new Set(otherIds)].filter((id) => id !== keepId);
  if (others.length === 0)
    throw new FabulaError('INVALID_INPUT', 'There is nothing to merge.', 'Name the character to keep, and others.');
  return editOf(stamp, { operation: 'MERGE' }, anchorOf(state, keepId), {
    others: others.map((id) => anchorOf(state, id)),
  });
}

/** INVALID_INPUT for what is not the character's, for nothing, and for all there is of it. */
export function splitEdit(state: CastState, splitting: Splitting, stamp: Stamp): Edit {
  const { characterId, personIds = [], appearanceIds = [], eventIds = [], episodeIds = [], name } = splitting;
  const known = anchorOf(state, characterId);
  const cast = state.cast(state.unitsOf(characterId));
  const wanted = new Set([...personIds, ...episodeIds, ...appearanceIds, ...eventIds]);
  const found = new Set<string>();
  const isWanted = (id: string) => wanted.has(id) && found.add(id) !== undefined;
  let left = 0;
  const taken = cast.flatMap((member): EditPerson[] => {
    const [byPerson, byEpisode] = [isWanted(member.personId), isWanted(member.episodeId)];
    const moments = member.moments.filter(({ nodeId }) => isWanted(nodeId));
    const isWhole = byPerson || byEpisode || (moments.length > 0 && moments.length === member.moments.length);
    if (!isWhole) left++;
    if (isWhole) return [personOf(member)];
    return moments.length > 0 ? [{ ...personOf(member, moments), isPart: true }] : [];
  });
  const [stranger] = [...wanted].filter((id) => !found.has(id));
  if (stranger !== undefined)
    throw new FabulaError(
      'INVALID_INPUT',
      `${stranger.slice(0, 200)} is no person, appearance, event or episode of this character.`,
    );
  if (taken.length === 0)
    throw new FabulaError(
      'INVALID_INPUT',
      'There is nothing to split off.',
      'Name persons, appearances, events or episodes of the character.',
    );
  if (left === 0) throw new FabulaError('INVALID_INPUT', 'Nothing would be left of the character.', 'Rename it.');
  const given = name === undefined ? {} : { field: 'name', value: nameIn(name) };
  return editOf(stamp, { operation: 'SPLIT', ...given }, known, { taken });
}

/** The person that a correction is about, to be known again; undefined for one who is not in the scope. */
export const personAnchor = (state: CastState, personId: string): EditPerson | undefined =>
  state
    .cast()
    .flatMap((member) => (member.personId === personId ? [personOf(member)] : []))
    .at(0);

function nameIn(name: string): string {
  const given = name.replace(/\s+/gu, ' ').trim();
  if (given === '' || given.length > longestName)
    throw new FabulaError('INVALID_INPUT', `A name has 1 to ${longestName} letters.`);
  return given;
}

function anchorOf(state: CastState, characterId: string): EditCharacter {
  const cast = state.cast(state.unitsOf(characterId));
  if (cast.length === 0)
    throw new FabulaError(
      'NOT_FOUND',
      `No character here has the id ${characterId.slice(0, 200)}.`,
      'Only characters of one series, or of one lone episode, can be made one.',
    );
  return { characterId, name: state.nameOf(characterId) ?? '', persons: cast.map((member) => personOf(member)) };
}

function personOf(member: CastMember, part?: readonly Moment[]): EditPerson {
  const { episodeId, personId, name } = member;
  const moments = (part ?? member.moments).toSorted(
    (a, b) => b.endMs - b.startMs - (a.endMs - a.startMs) || a.startMs - b.startMs,
  );
  return { episodeId, personId, ...(name && { name }), moments: part ? moments : moments.slice(0, mostMoments) };
}

function editOf(
  { id, at, author }: Stamp,
  operation: EditChange,
  { characterId, name, persons }: EditCharacter,
  more: Pick<EditAnchor, 'others' | 'taken'>,
): Edit {
  return {
    id,
    kind: 'Edit',
    episodeId: persons[0]?.episodeId ?? '',
    at,
    author,
    operation,
    anchor: { nodeId: characterId, kind: 'Character', oldValue: name, persons, ...more },
    state: 'APPLIED',
  };
}

/** The edit without what it holds of an episode that is deleted: whom it knew there is nobody's business any more. */
export function withoutEpisode(edit: Edit, episodeId: string): Edit {
  const elsewhere = (persons: readonly EditPerson[]) => persons.filter((person) => person.episodeId !== episodeId);
  const { persons, others, taken } = edit.anchor;
  const anchor: EditAnchor = {
    ...edit.anchor,
    ...(persons && { persons: elsewhere(persons) }),
    ...(others && { others: others.map((other) => ({ ...other, persons: elsewhere(other.persons) })) }),
    ...(taken && { taken: elsewhere(taken) }),
  };
  const [first] = episodesOf({ ...edit, anchor }).filter((id) => id !== episodeId);
  return { ...edit, anchor, episodeId: edit.episodeId === episodeId ? (first ?? episodeId) : edit.episodeId };
}

/** The episodes that an edit was made on. */
export const episodesOf = ({ episodeId, anchor }: Edit): string[] => [
  ...new Set([
    episodeId,
    ...[...(anchor.persons ?? []), ...(anchor.taken ?? []), ...(anchor.others ?? []).flatMap((o) => o.persons)].map(
      (person) => person.episodeId,
    ),
  ]),
];
