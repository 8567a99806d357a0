import type { Database } from 'better-sqlite3';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { FoundHit } from '../snippets.js';
import type { Page, PageRequest, SearchRequest } from '../store.js';
import { phrasesOf } from '../words.js';
import { type Json, jsonOf, pageOf } from './json.js';
import { matchExpression } from './match-expression.js';
import { whileWanted } from './stopping.js';

/** Parameters of a search for SQL; see `matches`. */
export interface SearchTerms {
  readonly match: string;
  readonly kinds: string | null;
  readonly series: number | null;
  readonly [name: string]: unknown;
}

/**
 * Which `n` are wanted, over @kinds (a JSON list, or NULL for all) and @series (a row, or NULL). A character is of a
 * series; everything else is of its episode's.
 */
const isWanted = `${whileWanted}
    AND (@kinds IS NULL OR n.kind IN (SELECT value FROM json_each(@kinds)))
    AND (@series IS NULL OR @series = CASE n.kind
      WHEN 'Character' THEN (SELECT series FROM character WHERE node = n.row)
      ELSE (SELECT series FROM episode WHERE row = n.episode) END)`;

/** All nodes that match, as SQL over @match and what is wanted. */
export const matches = `FROM words JOIN node AS n ON n.row = words.rowid WHERE words MATCH @match AND ${isWanted}`;

/** Turns a request into terms; undefined when nothing can match. */
export function searchTerms(db: Database) {
  const episodeRow = db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck();
  const seriesRow = db.prepare<[string], number>('SELECT row FROM series WHERE id = ?').pluck();
  return ({ text, kinds, episodeId, seriesId }: SearchRequest): SearchTerms | undefined => {
    const phrases = matchExpression(phrasesOf(text));
    const episode = episodeId === undefined ? null : episodeRow.get(episodeId);
    const series = seriesId === undefined ? null : seriesRow.get(seriesId);
    if (phrases === '' || episode === undefined || series === undefined) return undefined;
    // A line is found as its cue; only where cues are not looked for, events that repeat them count.
    const columns = !kinds || kinds.includes('Cue') ? '{said seen name}' : '{said seen name echo}';
    const scope = episode === null ? '' : `scope : "e${episode}" AND `;
    return { match: `${scope}${columns} : (${phrases})`, kinds: kinds ? JSON.stringify(kinds) : null, series };
  };
}

interface Match {
  readonly row: number;
  readonly id: string;
  readonly rank: number;
  /** The rank of the worst hit that was looked at, and how many were. */
  readonly worst: number;
  readonly looked: number;
  readonly json: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly episodeId: string | null;
}

/** The hits of @match, as the index alone knows them; asks whether to go on, as `whileWanted` does. */
const inIndex = 'FROM words WHERE words MATCH @match AND (rowid & 511 OR still_wanted())';

/** Hits that are looked at for each that is wanted, and how many times more in the next look. */
const firstLook = 3;
const growth = 10;

export function searchReads(db: Database) {
  const termsOf = searchTerms(db);
  const placeOf = characterPlace(db);
  // A look takes the best @most of the index alone: to see the node of every hit takes longer than to rate them all.
  const finding = (json: string) =>
    db.prepare<[SearchTerms], Match>(
      `WITH look AS MATERIALIZED (
         SELECT rowid AS row, rank ${inIndex}
         ORDER BY +rank LIMIT @most)
       SELECT n.row, n.id, hit.rank, hit.worst, hit.looked, ${json} AS json, n.start_ms AS startMs, n.end_ms AS endMs, e.id AS episodeId
       FROM (SELECT n.row, n.id, look.rank, (SELECT max(rank) FROM look) AS worst, (SELECT count(*) FROM look) AS looked
             FROM look JOIN node AS n ON n.row = look.row
             WHERE ${isWanted} AND (look.rank > @rank OR (look.rank = @rank AND n.id > @id))
             ORDER BY look.rank, n.id LIMIT @limit) AS hit
       JOIN node AS n ON n.row = hit.row LEFT JOIN episode AS e ON e.row = n.episode
       ORDER BY hit.rank, n.id`,
    );
  const find = { brief: finding('n.body'), whole: finding('n.whole') };

  const counting = db.prepare<[SearchTerms], number>(`SELECT count(*) ${inIndex}`).pluck();

  /** Looks at ever more hits, until all that were not looked at are worse than the last that is wanted. */
  function matchesOf(json: 'brief' | 'whole', wanted: SearchTerms & { readonly limit: number }): readonly Match[] {
    for (let most = firstLook * wanted.limit; ; most *= growth) {
      const found = find[json].all({ ...wanted, most });
      const last = found[wanted.limit - 1];
      // Where nothing is found, nothing says how much was looked at.
      const looked = found[0]?.looked ?? counting.get(wanted) ?? 0;
      if (looked < most || (last && last.rank < last.worst)) return found;
    }
  }

  return {
    search(request: SearchRequest, page: PageRequest): Json<Page<FoundHit>> {
      const limit = rowsToRead(page);
      const after = readCursor('search', page.after, 'number', 'string', 'number');
      const terms = termsOf(request);
      if (!terms) return pageOf([], page);
      const [rank, id] = after ?? [-Number.MAX_VALUE, ''];
      const found = matchesOf(page.isBrief ? 'brief' : 'whole', { ...terms, rank, id, limit });
      // FTS5 ranks are negative without bound; the best hit of the whole answer has score 1.
      const best = after?.[2] ?? found[0]?.rank ?? -1;
      const hits = found.map((match) => {
        const { episodeId, startMs, endMs } = match.episodeId === null ? placeOf(match.row, request.episodeId) : match;
        const hit = jsonOf({ episodeId, startMs, endMs, score: best === 0 ? 1 : Math.min(1, match.rank / best) });
        return {
          json: `${hit.slice(0, -1)},"node":${match.json}}`,
          cursor: cursorOf('search', match.rank, match.id, best),
        };
      });
      return pageOf(hits, page);
    },
  };
}

/** Where to play a character: their first appearance or event of a second or more, in the wanted episode or the first. */
function characterPlace(db: Database) {
  interface Place {
    readonly episodeId: string;
    readonly startMs: number;
    readonly endMs: number;
  }
  const person = db.prepare<[number, string | null, string | null], Place & { row: number }>(
    `SELECT p.person AS row, e.id AS episodeId, 0 AS startMs, e.duration_ms AS endMs
     FROM persona p JOIN episode e ON e.row = p.episode
     WHERE p.character = ? AND (? IS NULL OR e.id = ?) ORDER BY e.title, e.id LIMIT 1`,
  );
  const first = db.prepare<[number], Pick<Place, 'startMs' | 'endMs'>>(
    `SELECT n.start_ms AS startMs, n.end_ms AS endMs FROM link l JOIN node n ON n.row = l.node
     WHERE l.parent = ? AND l.kind IN ('Appearance', 'Event')
     ORDER BY n.end_ms - n.start_ms < 1000, l.start_ms LIMIT 1`,
  );
  return (character: number, episodeId: string | undefined): Place => {
    const found = person.get(character, episodeId ?? null, episodeId ?? null);
    if (!found) return { episodeId: episodeId ?? '', startMs: 0, endMs: 0 };
    return { ...found, ...first.get(found.row) };
  };
}
