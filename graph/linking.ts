/**
 * Who the persons of an episode are among the characters of its series: by what they were before, by name, by face.
 * Pure, and blind to people's edits, so that undoing an edit brings back what this found; edits are replayed over it
 * (casting.ts). A store calls it inside the series' lock.
 */
import { defaultPolicy, type LinkPolicy, likenessOf, type ReadFace, readFaces } from './likeness.js';
import { type Faces, foldName, type Member } from './members.js';
import { pairPersons } from './sameness.js';

/** A person of another episode who may be the same. */
export interface Candidate {
  readonly personId: string;
  /** Where that person looks most like this one; absent for a namesake. */
  readonly appearanceId?: string;
  /** Who linking took that person for. */
  readonly characterId: string;
  /** Cosine distance of the faces; 0 for a namesake. */
  readonly distance: number;
}

/** Who linking takes a person for. */
export interface Link {
  readonly personId: string;
  readonly characterId: string;
  /** Those who were near enough to be weighed, the nearest first. */
  readonly candidates: readonly Candidate[];
}

/** An episode that is linked already. */
export interface LinkedEpisode {
  readonly members: readonly Member[];
  readonly links: readonly Link[];
}

export interface Linking {
  readonly members: readonly Member[];
  readonly faces: Faces;
  /** The episode as it was before. */
  readonly earlier?: LinkedEpisode;
  /** The other episodes of the series. */
  readonly others: readonly (LinkedEpisode & { readonly faces: Faces })[];
  readonly newCharacterId: () => string;
  readonly policy?: LinkPolicy;
}

/** Most candidates that are kept of one character. */
const mostOfOne = 3;

/**
 * In this order, each character going to one person of the episode at most:
 * 1. who a person was before, unless the name it has now is another character's, or contradicts that character's;
 * 2. the character of the series that bears one of its names, the most of them first;
 * 3. the character whose faces are near enough, and nearer than any other's by a margin (`nearestCharacter`), unless
 *    both have names and none in common.
 * Everybody else is somebody new.
 */
export function linkPersons(linking: Linking): Link[] {
  const { members, earlier, others, newCharacterId, policy = defaultPolicy } = linking;
  const characters = charactersOf(others);
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = (member: Member, characterId: string | undefined): void => {
    if (characterId === undefined || taken.has(characterId)) return;
    found.set(member.personId, characterId);
    taken.add(characterId);
  };
  const unlinked = () => members.filter(({ personId }) => !found.has(personId));

  const before = new Map((earlier?.links ?? []).map(({ personId, characterId }) => [personId, characterId]));
  for (const [old, now] of pairPersons(earlier?.members ?? [], members)) {
    const characterId = before.get(old.personId) ?? '';
    const bearers = bearersOf(characters, now);
    if (bearers.length > 0 ? bearers.includes(characterId) : !contradicts(characters.get(characterId), now))
      take(now, characterId || undefined);
  }
  for (const member of unlinked())
    take(
      member,
      bearersOf(characters, member).find((characterId) => !taken.has(characterId)),
    );

  const candidates = candidatesOf(linking, characters, found, policy);
  const nearest = unlinked()
    .map((member) => ({ member, near: candidates.get(member.personId) ?? [] }))
    .toSorted((a, b) => (a.near[0]?.distance ?? 2) - (b.near[0]?.distance ?? 2));
  for (const { member, near } of nearest) take(member, nearestCharacter(near, policy));
  for (const member of unlinked()) take(member, newCharacterId());
  return members.map(({ personId }) => ({
    personId,
    characterId: found.get(personId) ?? newCharacterId(),
    candidates: candidates.get(personId) ?? [],
  }));
}

/** The character of the nearest candidate, where it is near enough and no other character comes within the margin. */
export function nearestCharacter(
  candidates: readonly Pick<Candidate, 'characterId' | 'distance'>[],
  { maxDistance, margin }: LinkPolicy = defaultPolicy,
): string | undefined {
  const ranked = candidates.toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (!best || best.distance > maxDistance) return undefined;
  const rival = ranked.find(({ characterId }) => characterId !== best.characterId);
  return rival && rival.distance - best.distance < margin ? undefined : best.characterId;
}

interface Known {
  readonly members: Member[];
  readonly names: Set<string>;
}

function charactersOf(episodes: readonly LinkedEpisode[]): ReadonlyMap<string, Known> {
  const characters = new Map<string, Known>();
  for (const { members, links } of episodes) {
    const byId = new Map(members.map((member) => [member.personId, member]));
    for (const { personId, characterId } of links) {
      const member = byId.get(personId);
      if (!member) continue;
      const known = characters.get(characterId) ?? { members: [], names: new Set() };
      characters.set(characterId, known);
      known.members.push(member);
      for (const name of member.names) known.names.add(foldName(name));
    }
  }
  return characters;
}

/** The characters that bear a person's names, those that bear more of them first. */
function bearersOf(characters: ReadonlyMap<string, Known>, { names }: Member): string[] {
  if (names.length === 0) return [];
  const folded = new Set(names.map(foldName));
  const bearers = [...characters].map(([id, known]) => ({
    id,
    shared: [...folded].filter((name) => known.names.has(name)).length,
  }));
  return bearers
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared)
    .map(({ id }) => id);
}

const contradicts = (known: Known | undefined, { names }: Member): boolean =>
  known !== undefined &&
  known.names.size > 0 &&
  names.length > 0 &&
  !names.some((name) => known.names.has(foldName(name)));

/** Whom each person could be: those of its name where linking went by name, else those whose faces are like its own. */
function candidatesOf(
  { members, faces, others }: Linking,
  characters: ReadonlyMap<string, Known>,
  found: ReadonlyMap<string, string>,
  policy: LinkPolicy,
): ReadonlyMap<string, readonly Candidate[]> {
  const read = new Map<string, ReadFace[]>();
  for (const episode of [{ faces }, ...others])
    for (const [personId, readings] of Object.entries(episode.faces)) read.set(personId, readFaces(readings));

  const like = (member: Member, characterId: string, known: Known): Candidate[] =>
    known.members
      .flatMap(({ personId }) => {
        const likeness = likenessOf(read.get(member.personId) ?? [], read.get(personId) ?? [], policy);
        return likeness && likeness.distance <= policy.maxDistance + policy.margin
          ? [{ personId, characterId, ...likeness }]
          : [];
      })
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, mostOfOne);

  const namesakes = (member: Member, characterId: string | undefined): Candidate[] => {
    const folded = new Set(member.names.map(foldName));
    const namesake = characters
      .get(characterId ?? '')
      ?.members.find(({ names }) => names.some((name) => folded.has(foldName(name))));
    return namesake && characterId ? [{ personId: namesake.personId, characterId, distance: 0 }] : [];
  };

  return new Map(
    members.map((member) => {
      const named = namesakes(member, found.get(member.personId));
      const alike = () =>
        [...characters]
          .filter(([, known]) => !contradicts(known, member))
          .flatMap(([characterId, known]) => like(member, characterId, known))
          .toSorted((a, b) => a.distance - b.distance);
      return [member.personId, named.length > 0 ? named : alike()];
    }),
  );
}
