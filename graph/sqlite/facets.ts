import type { Database } from 'better-sqlite3';
import type { Facet, SearchRequest } from '../store.js';
import { phrasesOf } from '../words.js';
import { type Json, jsonOf } from './json.js';
import { matches, searchTerms } from './search.js';
import { whileWanted } from './stopping.js';

/** Most values of one field that an answer lists. */
const mostValues = 100;

const searchable = "('Shot', 'Scene', 'Event', 'Cue', 'Character')";

/** How many hits fall to each kind, episode and speaker. */
export function facetReads(db: Database) {
  const termsOf = searchTerms(db);
  const episodeRow = db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck();
  const seriesRow = db.prepare<[string], number>('SELECT row FROM series WHERE id = ?').pluck();

  const fields = {
    kind: 'n.kind',
    episode: '(SELECT id FROM episode WHERE row = n.episode)',
    // A line and the event that only repeats it are one line said.
    speaker: `iif(n.echo = 1 AND (@kinds IS NULL OR @kinds LIKE '%"Cue"%'), NULL, coalesce(n.body ->> '$.speakerTag', (SELECT p.body ->> '$.name' FROM node p WHERE p.id = n.body ->> '$.personId')))`,
  };
  const count = (value: string, from: string) =>
    db.prepare<[Record<string, unknown>], { value: string; count: number }>(
      `SELECT value, count(*) AS count FROM (SELECT ${value} AS value ${from}) WHERE value IS NOT NULL
       GROUP BY value ORDER BY count DESC, value LIMIT ${mostValues}`,
    );
  const everything = `
    FROM node AS n WHERE ${whileWanted} AND n.kind IN ${searchable} AND n.episode IN (
      SELECT row FROM episode WHERE (@episode IS NULL OR row = @episode) AND (@series IS NULL OR series = @series))
      AND (@kinds IS NULL OR n.kind IN (SELECT value FROM json_each(@kinds)))`;
  const entries = Object.entries(fields);
  const ofMatches = entries.map(([field, value]) => ({ field, values: count(value, matches) }));
  const ofAll = entries.map(([field, value]) => ({ field, values: count(value, everything) }));

  return {
    facets: db.transaction((request: SearchRequest): Json<readonly Facet[]> => {
      if (phrasesOf(request.text).length > 0) {
        const terms = termsOf(request);
        return jsonOf(ofMatches.map(({ field, values }) => ({ field, values: terms ? values.all(terms) : [] })));
      }
      const { kinds, episodeId, seriesId } = request;
      const scope = {
        episode: episodeId === undefined ? null : (episodeRow.get(episodeId) ?? 0),
        series: seriesId === undefined ? null : (seriesRow.get(seriesId) ?? 0),
        kinds: kinds ? JSON.stringify(kinds) : null,
      };
      return jsonOf(ofAll.map(({ field, values }) => ({ field, values: values.all(scope) })));
    }),
  };
}
