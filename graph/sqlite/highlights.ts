import type { Database } from 'better-sqlite3';
import type { Highlight } from '../../schema/highlight.js';
import { topOf } from '../pages.js';
import type { HighlightRequest } from '../store.js';
import { type Json, jsonList } from './json.js';
import { whileWanted } from './stopping.js';

/** The best moments of an episode, of a series, or of all, read in the order of an index: the first rows are the answer. */
export function highlightReads(db: Database) {
  const list = (from: string) => ({ brief: statement('n.body', from), whole: statement('n.whole', from) });
  const statement = (json: string, from: string) =>
    db
      .prepare<[Readonly<Record<string, unknown>>], string>(
        `SELECT ${json} ${from} n.kind = 'Highlight' AND ${whileWanted} AND n.body ->> '$.score' >= @minScore
           AND (@types IS NULL OR n.body ->> '$.type' IN (SELECT value FROM json_each(@types)))
         ORDER BY n.body ->> '$.score' DESC, n.id LIMIT @top`,
      )
      .pluck();
  const all = list('FROM node AS n INDEXED BY highlight_by_score WHERE');
  const inEpisodes = (episodes: string) =>
    list(`FROM episode AS e CROSS JOIN node AS n INDEXED BY node_by_time ON n.episode = e.row WHERE ${episodes} AND`);
  const ofEpisode = inEpisodes(
    'e.id = @episodeId AND (@seriesId IS NULL OR e.series = (SELECT row FROM series WHERE id = @seriesId))',
  );
  const ofSeries = inEpisodes('e.series = (SELECT row FROM series WHERE id = @seriesId)');

  return {
    highlights(request: HighlightRequest): Json<readonly Highlight[]> {
      const { episodeId = null, seriesId = null, minScore = 0, types, isBrief } = request;
      const read = episodeId !== null ? ofEpisode : seriesId !== null ? ofSeries : all;
      const values = { episodeId, seriesId, minScore, types: types ? JSON.stringify(types) : null };
      return jsonList(read[isBrief ? 'brief' : 'whole'].all({ ...values, top: topOf(request) }));
    },
  };
}
