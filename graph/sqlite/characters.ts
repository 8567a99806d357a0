import type { Database } from 'better-sqlite3';
import type { CastPerson } from '../../schema/episode-cast.js';
import type { Person } from '../../schema/person.js';
import { describeCharacter } from '../describe-character.js';
import { textsOf, wordsIn } from '../texts.js';
import { wordIndex } from './word-index.js';

interface Part {
  readonly body: string;
  readonly position: number;
  readonly episode: number;
}

/** Keeps characters, and who is them; must run inside the write transaction. */
export function characterWriter(db: Database) {
  const words = wordIndex(db);
  const unlinkEpisode = db
    .prepare<[number], number>('DELETE FROM persona WHERE episode = ? RETURNING character')
    .pluck();
  const rowOf = db.prepare<[string], number>('SELECT row FROM node WHERE id = ?').pluck();
  const lastRow = db.prepare<[], number>('SELECT ifnull(max(row), 0) FROM node').pluck();
  const insertNode = db.prepare(
    "INSERT INTO node (row, id, episode, kind, start_ms, end_ms, position, echo, body) VALUES (?, ?, NULL, 'Character', 0, 0, 0, 0, '{}')",
  );
  const insertCharacter = db.prepare('INSERT INTO character (node, series, episode, screen_ms) VALUES (?, ?, ?, 0)');
  const setScope = db.prepare('UPDATE character SET series = ?, episode = ? WHERE node = ?');
  const link = db.prepare(
    `INSERT INTO persona (person, character, episode, screen_ms)
     SELECT row, ?, episode, body ->> '$.screenTimeMs' FROM node WHERE id = ?`,
  );
  const partsOf = db.prepare<[number], Part>(
    `SELECT n.body, n.position, p.episode FROM persona p JOIN node n ON n.row = p.person
     WHERE p.character = ? ORDER BY p.screen_ms DESC, n.id`,
  );
  const belongsTo = db.prepare<[number], { id: string; series: string | null; episode: string | null }>(
    `SELECT n.id, s.id AS series, e.id AS episode FROM character c JOIN node n ON n.row = c.node
     LEFT JOIN series s ON s.row = c.series LEFT JOIN episode e ON e.row = c.episode WHERE c.node = ?`,
  );
  const setBody = db.prepare('UPDATE node SET body = ? WHERE row = ?');
  const setScreenTime = db.prepare('UPDATE character SET screen_ms = ? WHERE node = ?');
  const deleteCharacter = db.prepare('DELETE FROM character WHERE node = ?');
  const deleteNode = db.prepare('DELETE FROM node WHERE row = ?');

  const describe = (character: number): void => {
    words.remove(character);
    const parts = partsOf.all(character);
    const { id, series, episode } = belongsTo.get(character) ?? {};
    if (parts.length === 0 || id === undefined) {
      deleteCharacter.run(character);
      deleteNode.run(character);
      return;
    }
    const persons = parts.map(({ body, position }) => ({ person: JSON.parse(body) as Person, position }));
    const body = describeCharacter(
      { id, ...(series !== null && { seriesId: series }), ...(episode !== null && { episodeId: episode }) },
      persons,
    );
    setBody.run(JSON.stringify(body), character);
    setScreenTime.run(
      persons.reduce((sum, { person }) => sum + person.screenTimeMs, 0),
      character,
    );
    const found = wordsIn(textsOf(body), false);
    if (found) words.insert(character, found, parts.map((part) => `e${part.episode}`).join(' '));
  };

  return {
    /** Takes the episode's persons from their characters, before their nodes change. Returns whom they were. */
    unlinkPersons: (episode: number): readonly number[] => unlinkEpisode.all(episode),

    /** Makes the episode's persons who the cast says, making characters that are new. Returns whom they are. */
    linkPersons(series: number | null, episode: number, persons: readonly CastPerson[]): readonly number[] {
      return persons.map(({ id, characterId }) => {
        const lone = series === null ? episode : null;
        const held = rowOf.get(characterId);
        const row = held ?? (lastRow.get() ?? 0) + 1;
        if (held === undefined) {
          insertNode.run(row, characterId);
          insertCharacter.run(row, series, lone);
        } else setScope.run(series, lone, row);
        link.run(row, id);
        return row;
      });
    },

    /** Brings characters up to date; removes those that nobody is any more. */
    describeCharacters(characters: Iterable<number>): void {
      for (const character of new Set(characters)) describe(character);
    },
  };
}
