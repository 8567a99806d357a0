import type { ShotFilter } from '../store.js';
import { type Phrase, phrasesOf } from '../words.js';
import { seek } from './labels.js';
import { episodeWord, luceneOf, within } from './lucene.js';

/** A part of a WHERE clause over the shot `n`, what it needs to be known in the window `w`, and the values they name. */
export interface Condition {
  /** Name in `w` → an expression. */
  readonly known: Readonly<Record<string, string>>;
  readonly where: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The conditions of a filter; all must hold. */
export function shotConditions(episodeId: string, filter: ShotFilter): Condition {
  const known: Record<string, string> = {};
  const parts: string[] = [];
  const values: Record<string, unknown> = { episodeId };

  if (filter.shotSize) {
    parts.push('n.shotSize IN $shotSizes');
    values.shotSizes = filter.shotSize;
  }
  if (filter.minHighlightScore !== undefined) {
    parts.push('n.highlightScore >= $minHighlightScore');
    values.minHighlightScore = filter.minHighlightScore;
  }
  if (filter.emotion) {
    parts.push('EXISTS { (n)<-[a:APPEARS_IN]-() WHERE a.emotion IN $emotions }');
    values.emotions = filter.emotion;
  }
  if (filter.characterIds) {
    // A character is one person of the episode; on screen by appearance, or as the shot's main subject.
    known.persons = `COLLECT { UNWIND $characterIds AS id MATCH (c:Node {id: id})<-[:IS]-(p:Person) ${seek('c')}
        WHERE p.episodeId = $episodeId RETURN p }`;
    const there = 'EXISTS { (p)-[:APPEARS_IN]->(n) } OR EXISTS { (n)-[:FEATURES]->(p) }';
    parts.push(
      filter.characters === 'any'
        ? `any(p IN w.persons WHERE ${there})`
        : `size(w.persons) = size($characterIds) AND all(p IN w.persons WHERE ${there})`,
    );
    values.characterIds = [...new Set(filter.characterIds)];
  }
  if (filter.location !== undefined) {
    parts.push(
      'EXISTS { (scene)-[:HAS_SHOT]->(n) WHERE scene.locationWords IS NOT NULL AND all(part IN $locationWords WHERE scene.locationWords CONTAINS part) }',
    );
    values.locationWords = phrasesOf(filter.location).map(asPart);
  }
  if (filter.dialogue !== undefined) {
    const phrases = phrasesOf(filter.dialogue);
    if (phrases.length === 0) parts.push('n.endMs < 0');
    else {
      known.lines = `COLLECT { CALL db.index.fulltext.queryNodes('words', $dialogue) YIELD node RETURN [node.startMs, node.endMs] }`;
      parts.push('any(line IN w.lines WHERE line[0] < n.endMs AND line[1] > n.startMs)');
      values.dialogue = `${luceneOf(phrases, ['said', 'echo'])} ${within([episodeWord(episodeId)])}`;
    }
  }
  return { known, where: parts.map((part) => `AND ${part}`).join('\n'), values };
}

/** How a phrase stands among words that are parted and surrounded by spaces. */
const asPart = ({ words, prefix }: Phrase): string => ` ${words.join(' ')}${prefix ? '' : ' '}`;
