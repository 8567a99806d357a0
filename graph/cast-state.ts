/** Who is who while people's edits are replayed: persons, whole or in part, and the characters that they are. */
import type { EditCharacter } from '../schema/edit.js';
import type { EditPerson } from '../schema/edit-person.js';
import type { LinkedEpisode } from './linking.js';
import type { Member, Moment } from './members.js';
import { isSamePlace, samenessOf } from './sameness.js';

/** An episode of the scope (a series, or one lone episode). */
export interface ScopeEpisode extends LinkedEpisode {
  readonly episodeId: string;
}

/** A person of the analysis, or moments that were taken out of one. */
export interface Unit {
  /** Id of the person, should it lead the one that is shown. */
  readonly id: string;
  readonly member: Member;
  readonly isPart: boolean;
  moments: readonly Moment[];
  characterId: string;
  /** Those who joined a character later stand behind those who were there. */
  order: number;
  /** What edits did to it, in order. */
  readonly moves: { readonly editId: string; readonly from: string; readonly to: string; readonly author: string }[];
  /** Whether an edit that holds speaks of it: then people have decided who it is. */
  isSettled: boolean;
}

/** What a person named a character. */
export interface Naming {
  readonly name: string;
  readonly editId: string;
  readonly author: string;
}

/** All units of one character in one episode: one person of the effective narrative. */
export interface CastMember {
  readonly personId: string;
  readonly episodeId: string;
  readonly name?: string;
  readonly characterId: string;
  readonly moments: readonly Moment[];
  readonly units: readonly Unit[];
}

export class CastState {
  readonly namings = new Map<string, Naming>();
  #units: readonly Unit[];
  #joined = 0;

  constructor(episodes: readonly ScopeEpisode[]) {
    this.#units = episodes.flatMap(({ members, links }) => {
      const characterOf = new Map(links.map(({ personId, characterId }) => [personId, characterId]));
      return members.map((member): Unit => {
        const { personId: id, moments } = member;
        const characterId = characterOf.get(id) ?? `character of ${id}`;
        return { id, member, isPart: false, moments, characterId, order: 0, moves: [], isSettled: false };
      });
    });
  }

  get units(): readonly Unit[] {
    return this.#units;
  }

  unitsOf = (characterId: string): readonly Unit[] => this.#units.filter((unit) => unit.characterId === characterId);

  /** The persons that are shown, by episode in the order of the scope, then in the order of the analysis. */
  cast(units: readonly Unit[] = this.#units): CastMember[] {
    const groups = new Map<string, Unit[]>();
    for (const unit of units) {
      const key = JSON.stringify([unit.member.episodeId, unit.characterId]);
      groups.set(key, [...(groups.get(key) ?? []), unit]);
    }
    return [...groups.values()].flatMap((group) => {
      const inOrder = group.toSorted((a, b) => Number(a.isPart) - Number(b.isPart) || a.order - b.order);
      const [lead] = inOrder;
      if (!lead) return [];
      const name = inOrder.find(({ isPart, member }) => !isPart && member.name)?.member.name;
      return [
        {
          personId: lead.id,
          episodeId: lead.member.episodeId,
          ...(name && { name }),
          characterId: lead.characterId,
          moments: inOrder.flatMap(({ moments }) => moments),
          units: inOrder,
        },
      ];
    });
  }

  /** The name that is shown: what people say, else what the analysis read in the person who is longest on screen. */
  nameOf(characterId: string): string | undefined {
    const named = this.unitsOf(characterId).filter(({ isPart, member }) => !isPart && member.name);
    const [first] = named.toSorted((a, b) => b.member.screenTimeMs - a.member.screenTimeMs);
    return this.namings.get(characterId)?.name ?? first?.member.name;
  }

  /** Who a person of an edit is now: whoever shares most with it. */
  find(person: EditPerson): CastMember | undefined {
    const there = this.cast(this.#units.filter(({ member }) => member.episodeId === person.episodeId));
    const sighted = { ...person, name: person.name ?? undefined };
    const ranked = there
      .map((member) => ({ member, sureness: samenessOf(sighted, member) }))
      .filter(({ sureness }) => sureness > 0)
      .toSorted((a, b) => b.sureness - a.sureness);
    return ranked[0]?.member;
  }

  /** Which character that of an edit is now, and the persons by whom it was known again. */
  findCharacter(anchor: Omit<EditCharacter, 'name'>): { characterId: string; members: CastMember[] } | undefined {
    const members = anchor.persons.flatMap((person) => this.find(person) ?? []);
    const votes = new Map<string, number>();
    for (const { characterId, moments } of members)
      votes.set(
        characterId,
        (votes.get(characterId) ?? 0) + 1 + moments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      );
    const [best] = [...votes].toSorted(
      ([a, x], [b, y]) => y - x || Number(b === anchor.characterId) - Number(a === anchor.characterId),
    );
    const isThere = this.unitsOf(anchor.characterId).length > 0;
    const characterId = best?.[0] ?? (isThere ? anchor.characterId : undefined);
    return (characterId && {
      characterId,
      members: members.filter((member) => member.characterId === characterId),
    }) as ReturnType<CastState['findCharacter']>;
  }

  /** Which moments, of which units, those of an edit are now. */
  findMoments({ episodeId, moments }: EditPerson): Map<Unit, Set<Moment>> {
    const found = new Map<Unit, Set<Moment>>();
    const there = this.#units.filter(({ member }) => member.episodeId === episodeId);
    for (const wanted of moments) {
      const ranked = there
        .flatMap((unit) => unit.moments.map((moment) => ({ unit, moment, likeness: likeness(wanted, moment) })))
        .filter((candidate) => candidate.likeness > 0)
        .toSorted((a, b) => b.likeness - a.likeness);
      const [best] = ranked;
      if (best) found.set(best.unit, (found.get(best.unit) ?? new Set()).add(best.moment));
    }
    return found;
  }

  move(units: readonly Unit[], to: string, by?: { readonly editId: string; readonly author: string }): void {
    for (const unit of units) {
      if (unit.characterId === to) continue;
      if (by) unit.moves.push({ ...by, from: unit.characterId, to });
      unit.order = ++this.#joined;
      unit.characterId = to;
    }
  }

  /** Takes moments out of a unit that has others too; what one edit takes from one person is one unit. */
  cut(unit: Unit, moments: ReadonlySet<Moment>, editId: string): Unit {
    const id = `${unit.member.personId}:part:${editId.replace(/^edit:/, '')}`;
    unit.moments = unit.moments.filter((moment) => !moments.has(moment));
    const known = this.#units.find((candidate) => candidate.id === id);
    if (known) {
      known.moments = [...known.moments, ...moments];
      return known;
    }
    const part: Unit = { ...unit, id, isPart: true, moments: [...moments], moves: [...unit.moves] };
    this.#units = [...this.#units, part];
    return part;
  }
}

/** Share of the shorter one's time that two moments have in common, from a half on; nearer for one id. */
function likeness(wanted: Moment, moment: Moment): number {
  const sharedMs = Math.min(wanted.endMs, moment.endMs) - Math.max(wanted.startMs, moment.startMs);
  const shorterMs = Math.min(wanted.endMs - wanted.startMs, moment.endMs - moment.startMs);
  if (wanted.kind !== moment.kind || sharedMs * 2 < shorterMs || sharedMs <= 0) return 0;
  if (!isSamePlace(wanted.faceBox, moment.faceBox)) return 0;
  return sharedMs / shorterMs + Number(wanted.nodeId === moment.nodeId);
}
