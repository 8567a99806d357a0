/**
 * People's merges, splits and names, replayed over what linking found in a series or a lone episode. Pure: the same
 * analyses, links and edits always give the same cast, so that edits can be undone in any order.
 */
import type { Edit } from '../schema/edit.js';
import type { CastPerson, EpisodeCast } from '../schema/episode-cast.js';
import { conflictsOf } from './cast-conflicts.js';
import { CastState, type ScopeEpisode, type Unit } from './cast-state.js';
import { nearestCharacter } from './linking.js';
import { replay } from './replay-edit.js';

export interface Casting {
  /** Episode → who is who in it. */
  readonly casts: ReadonlyMap<string, EpisodeCast>;
  /** The edits with what became of each. */
  readonly edits: readonly Edit[];
  /** Who is who now, to make further edits of. */
  readonly state: CastState;
  /** Edit → the episodes in which it changes who is who, or what they are called. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Replays edits of characters, in the order they were made; of corrections, which pass through, it finds the persons
 * that they are about.
 */
export function castScope(episodes: readonly ScopeEpisode[], edits: readonly Edit[]): Casting {
  const state = new CastState(episodes);
  const applied = new Map<string, Unit>();
  for (const edit of edits) {
    const unit = edit.state === 'UNDONE' ? undefined : replay(state, edit);
    if (unit) applied.set(edit.id, unit);
  }
  rematch(state, episodes);
  const states = edits.map((edit): Edit => {
    if (!isOfCharacters(edit)) return edit;
    const { appliedTo: _, conflicts: __, ...kept } = edit;
    if (edit.state === 'UNDONE') return kept;
    const unit = applied.get(edit.id);
    if (!unit) return { ...kept, state: 'ORPHANED' };
    const conflicts = conflictsOf(state, edit, unit.characterId, edits);
    return {
      ...kept,
      state: 'APPLIED',
      appliedTo: unit.characterId,
      ...(conflicts.length > 0 && { conflicts }),
    };
  });
  const casts = castsOf(state, episodes, correctedIn(edits, applied));
  return { casts, edits: states, state, reach: reachOf(state, casts) };
}

/** Whether an edit says who is who; corrections and aligned scripts say what is in an episode. */
export const isOfCharacters = ({ operation: { operation } }: Edit): boolean =>
  operation !== 'CORRECT' && operation !== 'ALIGN';

/**
 * Where people have moved those by whom linking judged a person nobody has spoken of, it is judged again, by the same
 * policy: who looks like somebody taken out of a character goes along, and who could not be told between two that are
 * one now is that one.
 */
function rematch(state: CastState, episodes: readonly ScopeEpisode[]): void {
  const wholes = new Map(state.units.filter(({ isPart }) => !isPart).map((unit) => [unit.id, unit]));
  const byMoment = new Map(state.units.flatMap((unit) => unit.moments.map(({ nodeId }) => [nodeId, unit] as const)));
  for (const { links } of episodes)
    for (const { personId, candidates } of links) {
      const unit = wholes.get(personId);
      if (!unit || unit.isSettled) continue;
      const now = candidates.flatMap((candidate) => {
        const other = byMoment.get(candidate.appearanceId ?? '') ?? wholes.get(candidate.personId);
        return other ? [{ ...candidate, characterId: other.characterId, was: candidate.characterId }] : [];
      });
      if (now.every(({ characterId, was }) => characterId === was)) continue;
      const characterId = nearestCharacter(now);
      const isTaken = state.units.some(
        (other) =>
          other !== unit && other.characterId === characterId && other.member.episodeId === unit.member.episodeId,
      );
      if (characterId !== undefined && !isTaken) state.move([unit], characterId);
    }
}

function reachOf(state: CastState, casts: ReadonlyMap<string, EpisodeCast>): Map<string, Set<string>> {
  const reach = new Map<string, Set<string>>();
  const reaches = (editId: string, episodeId: string) =>
    reach.set(editId, (reach.get(editId) ?? new Set()).add(episodeId));
  for (const { moves, member } of state.units) for (const { editId } of moves) reaches(editId, member.episodeId);
  for (const [episodeId, { renamed }] of casts) for (const editId of Object.keys(renamed)) reaches(editId, episodeId);
  return reach;
}

/** Episode → correction → the person it is about. */
function correctedIn(edits: readonly Edit[], applied: ReadonlyMap<string, Unit>) {
  const corrected = new Map<string, Record<string, string>>();
  for (const edit of edits) {
    const unit = applied.get(edit.id);
    if (!unit || isOfCharacters(edit)) continue;
    const { episodeId } = unit.member;
    corrected.set(episodeId, { ...corrected.get(episodeId), [edit.id]: unit.id });
  }
  return corrected;
}

function castsOf(
  state: CastState,
  episodes: readonly ScopeEpisode[],
  corrected: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Map<string, EpisodeCast> {
  const cast = state.cast();
  return new Map(
    episodes.map(({ episodeId }) => {
      const there = cast.filter((member) => member.episodeId === episodeId);
      const home = new Map(there.flatMap(({ personId, units }) => units.map((unit) => [unit.id, personId] as const)));
      const renamed: Record<string, string[]> = {};
      const moments: Record<string, string> = {};
      const persons = there.map(({ personId, characterId, units }): CastPerson => {
        const naming = state.namings.get(characterId);
        if (naming) renamed[naming.editId] = [...(renamed[naming.editId] ?? []), personId];
        for (const unit of units)
          if (unit.isPart && home.get(unit.member.personId) !== personId)
            for (const { nodeId } of unit.moments) moments[nodeId] = personId;
        const author = units.flatMap(({ moves }) => moves).at(-1)?.author;
        return {
          id: personId,
          characterId,
          wholes: units.filter(({ isPart }) => !isPart).map(({ id }) => id),
          parts: [...new Set(units.filter(({ isPart }) => isPart).map(({ member }) => member.personId))],
          ...(author && { author }),
        };
      });
      return [episodeId, { persons, moments, renamed, corrected: corrected.get(episodeId) ?? {} }];
    }),
  );
}
