import type { Highlight } from '../../schema/highlight.js';
import { topOf } from '../pages.js';
import type { HighlightRequest } from '../store.js';
import { parsed } from './answers.js';
import type { Connection } from './connection.js';
import { inEpisode, jsonOf } from './labels.js';

/** The best moments of an episode, of a series, or of all, read in the order of an index: the first rows are the answer. */
export function highlightReads(connection: Connection) {
  return {
    async highlights(request: HighlightRequest): Promise<readonly Highlight[]> {
      const { episodeId, seriesId, minScore = 0, types, isBrief } = request;
      const rows = await connection.read<{ bodies: readonly string[] }>(
        `MATCH ${placeOf(request)} AND n.score >= $minScore ${types ? 'AND n.type IN $types' : ''}
         WITH n ORDER BY n.score DESC, n.id LIMIT $top RETURN collect(${jsonOf('n', isBrief)}) AS bodies`,
        { episodeId, seriesId, minScore, types, top: topOf(request) },
      );
      return (rows[0]?.bodies ?? []).map((body) => parsed<Highlight>(body));
    },
  };
}

/** Where to look, as patterns and the start of a condition. */
function placeOf({ episodeId, seriesId }: HighlightRequest): string {
  if (episodeId === undefined && seriesId === undefined)
    return '(n:Highlight) USING INDEX SEEK n:Highlight(score) WHERE true';
  const of = [
    ...(episodeId === undefined ? [] : ['e.id = $episodeId']),
    ...(seriesId === undefined ? [] : ['e.seriesId = $seriesId']),
  ].join(' AND ');
  return `(e:Episode), (n:Highlight) ${inEpisode('n', 'Highlight', 'e.id')} AND ${of}`;
}
