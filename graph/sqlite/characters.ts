import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Character } from '../../schema/character.js';
import type { Person } from '../../schema/person.js';
import { wordIndex } from './nodes.js';
import { textsOf } from './texts.js';

/** A person of the episode being written, with its row. */
export interface PersonRow {
  readonly row: number;
  readonly person: Person;
}

/** Where characters are matched: a series, or a lone episode. */
interface Scope {
  readonly series: number | null;
  readonly episode: number;
}

interface Part {
  readonly body: string;
  readonly position: number;
  readonly episode: number;
}

/**
 * Links persons to characters. Must run inside the write transaction, whose lock makes matching safe against another
 * load into the same series.
 *
 * A person with a name is the character of the scope that bears it (as name or alias, without case). Without such a
 * match a person stays who it was before, as long as that contradicts nobody: it has no name, or nobody else is that
 * character. Otherwise it is somebody new. Within an episode no two persons are one character.
 */
export function characterLinker(db: Database) {
  const words = wordIndex(db);
  const before = db.prepare<[number], { id: string; character: number }>(
    'SELECT n.id, p.character FROM persona p JOIN node n ON n.row = p.person WHERE p.episode = ?',
  );
  const unlinkEpisode = db.prepare('DELETE FROM persona WHERE episode = ?');
  const named = db
    .prepare<[string, string], number>(
      `SELECT character FROM character_name WHERE scope = ? AND folded IN (SELECT value FROM json_each(?))
       GROUP BY character ORDER BY count(*) DESC, character`,
    )
    .pluck();
  const inScope = db
    .prepare<[number, number | null, number | null, number], number>(
      'SELECT 1 FROM character WHERE node = ? AND (series = ? OR (? IS NULL AND episode = ?))',
    )
    .pluck();
  const hasPersons = db.prepare<[number], number>('SELECT 1 FROM persona WHERE character = ?').pluck();
  const lastRow = db.prepare<[], number>('SELECT ifnull(max(row), 0) FROM node').pluck();
  const insertNode = db.prepare(
    "INSERT INTO node (row, id, episode, kind, start_ms, end_ms, position, echo, body) VALUES (?, ?, NULL, 'Character', 0, 0, 0, 0, '{}')",
  );
  const insertCharacter = db.prepare('INSERT INTO character (node, series, episode, screen_ms) VALUES (?, ?, ?, 0)');
  const link = db.prepare('INSERT INTO persona (person, character, episode, screen_ms) VALUES (?, ?, ?, ?)');
  const partsOf = db.prepare<[number], Part>(
    `SELECT n.body, n.position, p.episode FROM persona p JOIN node n ON n.row = p.person
     WHERE p.character = ? ORDER BY p.screen_ms DESC, n.id`,
  );
  const belongsTo = db.prepare<[number], { id: string; series: string | null; episode: string | null; scope: string }>(
    `SELECT n.id, s.id AS series, e.id AS episode, ifnull('s' || c.series, 'e' || c.episode) AS scope
     FROM character c JOIN node n ON n.row = c.node
     LEFT JOIN series s ON s.row = c.series LEFT JOIN episode e ON e.row = c.episode WHERE c.node = ?`,
  );
  const setBody = db.prepare('UPDATE node SET body = ? WHERE row = ?');
  const setScreenTime = db.prepare('UPDATE character SET screen_ms = ? WHERE node = ?');
  const deleteNames = db.prepare('DELETE FROM character_name WHERE character = ?');
  const insertName = db.prepare('INSERT OR IGNORE INTO character_name (scope, folded, character) VALUES (?, ?, ?)');
  const deleteCharacter = db.prepare('DELETE FROM character WHERE node = ?');
  const deleteNode = db.prepare('DELETE FROM node WHERE row = ?');

  const newCharacter = ({ series, episode }: Scope): number => {
    const row = (lastRow.get() ?? 0) + 1;
    insertNode.run(row, `character:${randomUUID()}`);
    insertCharacter.run(row, series, series === null ? episode : null);
    return row;
  };

  const characterFor = (person: Person, scope: Scope, earlier: number | undefined, taken: ReadonlySet<number>) => {
    const isFree = (character: number) => !taken.has(character);
    const names = namesOf(person).map(foldName);
    const scopeName = scope.series === null ? `e${scope.episode}` : `s${scope.series}`;
    const bearers = names.length > 0 ? named.all(scopeName, JSON.stringify(names)).filter(isFree) : [];
    if (earlier !== undefined && bearers.includes(earlier)) return earlier;
    if (bearers[0] !== undefined) return bearers[0];
    const mayStay =
      earlier !== undefined &&
      isFree(earlier) &&
      inScope.get(earlier, scope.series, scope.series, scope.episode) !== undefined &&
      (names.length === 0 || hasPersons.get(earlier) === undefined);
    return mayStay ? earlier : newCharacter(scope);
  };

  const describe = (character: number): void => {
    words.remove(character);
    deleteNames.run(character);
    const parts = partsOf.all(character).map((part) => ({ ...part, person: JSON.parse(part.body) as Person }));
    const { id, series, episode, scope } = belongsTo.get(character) ?? {};
    if (parts.length === 0 || id === undefined || scope === undefined) {
      deleteCharacter.run(character);
      deleteNode.run(character);
      return;
    }
    const name = parts.find(({ person }) => person.name)?.person.name ?? `Person ${(parts[0]?.position ?? 0) + 1}`;
    const allNames = new Set(parts.flatMap(({ person }) => namesOf(person)));
    for (const known of allNames) insertName.run(scope, foldName(known), character);
    allNames.delete(name);
    const body: Character = {
      id,
      kind: 'Character',
      ...(series !== null && { seriesId: series }),
      ...(episode !== null && { episodeId: episode }),
      name,
      aliases: [...allNames],
      portraitId: parts.find(({ person }) => person.portraitId)?.person.portraitId,
    };
    setBody.run(JSON.stringify(body), character);
    setScreenTime.run(
      parts.reduce((sum, { person }) => sum + person.screenTimeMs, 0),
      character,
    );
    words.insert(character, textsOf(body), false, parts.map((part) => `e${part.episode}`).join(' '));
  };

  return {
    /** Who was who before the episode's nodes are written: person id → character. */
    charactersBefore: (episode: number): ReadonlyMap<string, number> =>
      new Map(before.all(episode).map(({ id, character }) => [id, character])),

    /** Links the episode's persons anew, and brings up to date, or removes, every character that this touches. */
    linkPersons(scope: Scope, persons: readonly PersonRow[], earlier: ReadonlyMap<string, number>): void {
      unlinkEpisode.run(scope.episode);
      const taken = new Set<number>();
      const namedFirst = persons.toSorted((a, b) => Number(!a.person.name) - Number(!b.person.name));
      for (const { row, person } of namedFirst) {
        const character = characterFor(person, scope, earlier.get(person.id), taken);
        taken.add(character);
        link.run(row, character, scope.episode, person.screenTimeMs);
      }
      for (const character of new Set([...earlier.values(), ...taken])) describe(character);
    },
  };
}

const namesOf = ({ name, aliases }: Person): string[] => [...(name ? [name] : []), ...aliases].filter((n) => n.trim());

const foldName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
