import type { Character } from '../schema/character.js';
import type { Person } from '../schema/person.js';

/** What is shown of a character, from the persons that it is, the longest on screen first. */
export function describeCharacter(
  scope: Pick<Character, 'id' | 'seriesId' | 'episodeId'>,
  persons: readonly { readonly person: Person /** Its place among its episode’s. */; readonly position: number }[],
): Character {
  const name = persons.find(({ person }) => person.name)?.person.name ?? `Person ${(persons[0]?.position ?? 0) + 1}`;
  const aliases = new Set(persons.flatMap(({ person }) => namesOf(person)));
  aliases.delete(name);
  const portraitId = persons.find(({ person }) => person.portraitId)?.person.portraitId;
  return { ...scope, kind: 'Character', name, aliases: [...aliases], portraitId };
}

const namesOf = ({ name, aliases }: Person): string[] => [...(name ? [name] : []), ...aliases].filter((n) => n.trim());
