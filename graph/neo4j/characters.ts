import type { CastPerson } from '../../schema/episode-cast.js';
import type { Person } from '../../schema/person.js';
import { describeCharacter } from '../describe-character.js';
import { textsOf } from '../texts.js';
import type { Run } from './connection.js';
import { wordsFor } from './elements.js';
import { inEpisode, seek } from './labels.js';
import { episodeWord, seriesWord } from './lucene.js';

/** Takes an episode's persons from their characters, before their nodes change. Returns whom they were. */
export async function unlinkPersons(run: Run, episodeId: string): Promise<readonly string[]> {
  const rows = await run<{ id: string }>(
    `MATCH (p:Person)-[r:IS]->(c:Character) ${inEpisode('p', 'Person', '$episodeId')} DELETE r RETURN DISTINCT c.id AS id`,
    { episodeId },
  );
  return rows.map(({ id }) => id);
}

/** Makes an episode's persons who the cast says, making characters that are new. Returns whom they are. */
export async function linkPersons(
  run: Run,
  { seriesId, episodeId }: { readonly seriesId?: string; readonly episodeId: string },
  cast: readonly CastPerson[],
  persons: readonly Person[],
): Promise<readonly string[]> {
  const place = new Map(persons.map(({ id, screenTimeMs }, position) => [id, { position, screenTimeMs }]));
  await run(
    `UNWIND $rows AS row MATCH (p:Node {id: row.id}) ${seek('p')}
     MERGE (c:Node {id: row.characterId}) SET c:Character, c += $scope CREATE (p)-[r:IS]->(c) SET r = row.place`,
    {
      rows: cast.map(({ id, characterId }) => ({ id, characterId, place: place.get(id) ?? {} })),
      scope: seriesId === undefined ? { seriesId: null, episodeId } : { seriesId, episodeId: null },
    },
  );
  return cast.map(({ characterId }) => characterId);
}

interface Found {
  readonly id: string;
  readonly seriesId: string | null;
  readonly episodeId: string | null;
  readonly parts: readonly { readonly body: string; readonly position: number; readonly episodeId: string }[];
}

/** Brings characters up to date; removes those that nobody is any more. */
export async function describeCharacters(run: Run, ids: Iterable<string>): Promise<void> {
  const found = await run<Found>(
    `UNWIND $ids AS id MATCH (c:Node {id: id}) ${seek('c')}
     RETURN c.id AS id, c.seriesId AS seriesId, c.episodeId AS episodeId, COLLECT {
       MATCH (p:Person)-[r:IS]->(c) RETURN {body: p.body, position: r.position, episodeId: p.episodeId}
       ORDER BY r.screenTimeMs DESC, p.id } AS parts`,
    { ids: [...new Set(ids)] },
  );
  const gone = found.filter(({ parts }) => parts.length === 0).map(({ id }) => id);
  if (gone.length > 0)
    await run(`UNWIND $ids AS id MATCH (c:Node {id: id}) ${seek('c')} DETACH DELETE c`, { ids: gone });
  const rows = found.filter(({ parts }) => parts.length > 0).map(propertiesOf);
  if (rows.length > 0) await run(`UNWIND $rows AS row MATCH (c:Node {id: row.id}) ${seek('c')} SET c = row`, { rows });
}

function propertiesOf({ id, seriesId, episodeId, parts }: Found) {
  const persons = parts.map(({ body, position }) => ({ person: JSON.parse(body) as Person, position }));
  const character = describeCharacter(
    { id, ...(seriesId !== null && { seriesId }), ...(episodeId !== null && { episodeId }) },
    persons,
  );
  const scope = parts.map((part) => episodeWord(part.episodeId)).join(' ');
  return {
    ...{ id, seriesId: character.seriesId, episodeId: character.episodeId, name: character.name },
    aliases: character.aliases.length > 0 ? character.aliases : undefined,
    portraitId: character.portraitId,
    screenTimeMs: persons.reduce((sum, { person }) => sum + person.screenTimeMs, 0),
    body: JSON.stringify(character),
    ...wordsFor(
      { kind: 'Character', texts: textsOf(character), echo: false },
      seriesId === null ? scope : `${scope} ${seriesWord(seriesId)}`,
    ),
  };
}
