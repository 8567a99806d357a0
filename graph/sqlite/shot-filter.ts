import type { ShotFilter } from '../store.js';
import { phrasesOf } from '../words.js';
import { matchExpression } from './match-expression.js';

/** A part of a WHERE clause over the node `n` of the episode @episode, and the values it names. */
export interface Condition {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The conditions of a filter; all must hold. */
export function shotConditions(filter: ShotFilter): Condition {
  const parts: string[] = [];
  const values: Record<string, unknown> = {};

  if (filter.shotSize) {
    parts.push("n.body ->> '$.shotSize' IN (SELECT value FROM json_each(@shotSizes))");
    values.shotSizes = JSON.stringify(filter.shotSize);
  }
  if (filter.minHighlightScore !== undefined) {
    parts.push("n.body ->> '$.highlightScore' >= @minHighlightScore");
    values.minHighlightScore = filter.minHighlightScore;
  }
  if (filter.emotion) {
    parts.push(`EXISTS (
      SELECT 1 FROM link l JOIN node a ON a.row = l.node
      WHERE l.parent = n.row AND l.kind = 'Appearance' AND a.body ->> '$.emotion' IN (SELECT value FROM json_each(@emotions)))`);
    values.emotions = JSON.stringify(filter.emotion);
  }
  if (filter.characterIds) {
    parts.push(
      filter.characters === 'any'
        ? `${charactersInShot} > 0`
        : `${charactersInShot} = json_array_length(@characterIds)`,
    );
    values.characterIds = JSON.stringify([...new Set(filter.characterIds)]);
  }
  if (filter.location !== undefined) {
    parts.push(`EXISTS (
      SELECT 1 FROM node s WHERE s.id = n.body ->> '$.sceneId' AND has_words(s.body ->> '$.location', @location))`);
    values.location = filter.location;
  }
  if (filter.dialogue !== undefined) {
    const phrases = matchExpression(phrasesOf(filter.dialogue));
    parts.push(phrases ? saidDuringShot : 'n.row < 0');
    if (phrases) values.dialogue = phrases;
  }
  return { sql: parts.map((part) => `AND ${part}`).join('\n'), values };
}

/** How many of the characters are on screen in the shot: by appearance, or as its main subject. */
const charactersInShot = `(
  SELECT count(*) FROM node c JOIN persona p ON p.character = c.row AND p.episode = @episode
  WHERE c.id IN (SELECT value FROM json_each(@characterIds)) AND (
    EXISTS (SELECT 1 FROM link l JOIN node a ON a.row = l.node JOIN node who ON who.id = a.body ->> '$.personId'
            WHERE l.parent = n.row AND l.kind = 'Appearance' AND who.row = p.person)
    OR EXISTS (SELECT 1 FROM link l WHERE l.parent = p.person AND l.kind = 'Shot' AND l.start_ms = n.start_ms AND l.node = n.row)))`;

const saidDuringShot = `EXISTS (
  SELECT 1 FROM (SELECT rowid FROM words WHERE words MATCH 'scope : "e' || CAST(@episode AS INTEGER) || '" AND {said echo} : (' || @dialogue || ')') AS w
  JOIN node line ON line.row = w.rowid WHERE line.start_ms < n.end_ms AND line.end_ms > n.start_ms)`;
