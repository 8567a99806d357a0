import type { Character } from '../../schema/character.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import { explainMatch } from '../snippets.js';
import type { Facet, Page, PageRequest, SearchHit, SearchRequest } from '../store.js';
import { columnsOfAny, textColumns, textsOf } from '../texts.js';
import { phrasesOf } from '../words.js';
import { parsed } from './answers.js';
import type { Connection } from './connection.js';
import { jsonOf, seek } from './labels.js';
import { episodeWord, kindWord, luceneOf, seriesWord, within } from './lucene.js';

/** Most values of one field that an answer of facets lists. */
const mostValues = 100;

interface Place {
  readonly episodeId: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A node, and where to play it: a character has a place of their own, if any. */
type Match = readonly [score: number, body: string, place: Place | null];

/** Where to play a character `n`: their first appearance or event of a second or more, in the wanted episode or the first. */
const characterPlace = `
  MATCH (n)<-[:IS]-(p:Person) WHERE n:Character AND ($episodeId IS NULL OR p.episodeId = $episodeId)
  MATCH (e:Node {id: p.episodeId}) ${seek('e')} WITH p, e ORDER BY e.title, e.id LIMIT 1
  CALL (p) {
    MATCH (p)-[m:APPEARS_IN]->() RETURN m.startMs AS startMs, m.endMs AS endMs
   UNION
    MATCH (p)-[:ACTS_IN|TARGETS]-(m:Event) RETURN m.startMs AS startMs, m.endMs AS endMs
   UNION
    RETURN null AS startMs, null AS endMs
  }
  WITH e, startMs, endMs ORDER BY coalesce(endMs - startMs, 0) < 1000, startMs LIMIT 1
  RETURN {episodeId: e.id, startMs: coalesce(startMs, 0), endMs: coalesce(endMs, e.durationMs)} AS place`;

/**
 * The best $limit of all `n` and `score`, then by id: ids are read of those alone whose score is good enough. `isSure`
 * unless $most were asked for and found, the last of them as good as one of these: then there may be others as good.
 */
const bestMatches = `
  WITH collect(n) AS found, collect(score) AS scores
  WITH found, scores, COLLECT { UNWIND scores AS score RETURN score ORDER BY score DESC LIMIT $limit } AS best
  WITH found, scores, best, $most IS NULL OR size(scores) < $most OR scores[-1] < best[-1] AS isSure
  CALL (found, scores, best) {
    UNWIND range(0, size(found) - 1) AS place
    WITH found[place] AS n, scores[place] AS score, best WHERE score >= best[-1]
    RETURN n, score ORDER BY score DESC, n.id LIMIT $limit
  }`;

/** Hits that are asked for at first, best first: a common word has thousands, which are seldom needed to tell the best. */
const mostAtFirst = (limit: number) => 10 * limit;

export function searchReads(connection: Connection) {
  return {
    async search(request: SearchRequest, page: PageRequest): Promise<Page<SearchHit>> {
      const limit = rowsToRead(page);
      const after = readCursor('search', page.after, 'number', 'string', 'number');
      const lucene = luceneFor(request);
      if (lucene === undefined) return { edges: [], hasNextPage: false };
      const [score, id] = after ?? [Number.MAX_VALUE, ''];
      const ask = async (most?: number) => {
        const [row] = await connection.read<{ matches: readonly Match[]; isSure: boolean }>(
          `CALL db.index.fulltext.queryNodes('words', $lucene${most === undefined ? '' : ', {limit: $most}'}) YIELD node AS n, score
           ${after ? 'WHERE score < $score OR (score = $score AND n.id > $id)' : ''}
           ${bestMatches}
           RETURN isSure, collect([score, ${jsonOf('n')}, CASE WHEN n:Character THEN head(COLLECT { ${characterPlace} }) END]) AS matches`,
          { lucene, score, id, limit, most: most ?? null, episodeId: request.episodeId ?? null },
        );
        return row ?? { matches: [], isSure: true };
      };
      const first = after ? undefined : await ask(mostAtFirst(limit));
      const { matches: found } = first?.isSure ? first : await ask();
      // Lucene's scores are positive without bound; the best hit of the whole answer has score 1.
      const best = after?.[2] ?? found[0]?.[0] ?? 1;
      const phrases = phrasesOf(request.text);
      const edges = found.slice(0, page.first).map(([score, body, characterPlace]) => {
        const node = parsed<NarrativeNode | Character>(body);
        const { episodeId = '', startMs = 0, endMs = 0 } = characterPlace ?? (node as Partial<Place>);
        const why = explainMatch(textsOf(node), phrases);
        const hit = { episodeId, startMs, endMs, ...why, score: Math.min(1, score / best), node } as SearchHit;
        return { node: hit, cursor: cursorOf('search', score, node.id, best) };
      });
      return { edges, hasNextPage: found.length > page.first };
    },

    async facets(request: SearchRequest): Promise<readonly Facet[]> {
      const lucene = luceneFor(request);
      const hasText = phrasesOf(request.text).length > 0;
      if (hasText && lucene === undefined) return noFacets;
      const { kinds, episodeId, seriesId } = request;
      const nodes = hasText
        ? "CALL db.index.fulltext.queryNodes('words', $lucene) YIELD node AS n"
        : everything(request);
      const [found] = await connection.read<Record<string, Facet['values']>>(
        `${Object.entries(fields)
          .map(([field, value]) => `CALL () { ${nodes} ${counted(value)} AS ${field} }`)
          .join('\n')}
         RETURN ${Object.keys(fields)}`,
        {
          lucene,
          kinds: kinds ?? null,
          episodeId,
          seriesId,
          countsEchoes: kinds !== undefined && !kinds.includes('Cue'),
        },
      );
      return Object.keys(fields).map((field) => ({ field, values: found?.[field] ?? [] }));
    },
  };
}

/** The request as a Lucene query; undefined where nothing can match. */
function luceneFor({ text, kinds, episodeId, seriesId }: SearchRequest): string | undefined {
  const phrases = phrasesOf(text);
  if (phrases.length === 0 || kinds?.length === 0) return undefined;
  // A line is found as its cue; only where cues are not looked for, events that repeat them count.
  const searched = kinds ? columnsOfAny(kinds) : textColumns;
  const hasEchoes = kinds && !kinds.includes('Cue') && searched.has('said');
  const columns = [...searched, ...(hasEchoes ? (['echo'] as const) : [])];
  return [
    luceneOf(phrases, columns),
    ...(kinds ? [within(kinds.map(kindWord))] : []),
    ...(episodeId === undefined ? [] : [within([episodeWord(episodeId)])]),
    ...(seriesId === undefined ? [] : [within([seriesWord(seriesId)])]),
  ].join(' ');
}

/** What is counted, as an expression over the node `n`. */
const fields = {
  kind: "head([label IN labels(n) WHERE label <> 'Node'])",
  episode: 'CASE WHEN n:Character THEN null ELSE n.episodeId END',
  // A line and the event that only repeats it are one line said.
  speaker: `CASE WHEN n.echoWords IS NOT NULL AND NOT $countsEchoes THEN null
    ELSE coalesce(n.speakerTag, head(COLLECT { MATCH (n)<-[:ACTS_IN]-(p:Person) RETURN p.name })) END`,
} as const;

const noFacets: readonly Facet[] = Object.keys(fields).map((field) => ({ field, values: [] }));

/** Counts nodes as they come: a list of them, to be gone through for each field, takes more memory than a server has. */
const counted = (value: string) => `
  WITH ${value} AS value, count(*) AS count WHERE value IS NOT NULL
  WITH value, count ORDER BY count DESC, value LIMIT ${mostValues} RETURN collect({value: value, count: count})`;

/** All nodes that search could find, but characters, which are of no episode. */
function everything({ episodeId, seriesId }: SearchRequest): string {
  const of = episodeId !== undefined ? 'e.id = $episodeId' : 'true';
  return `MATCH (e:Episode) WHERE ${of} ${seriesId === undefined ? '' : 'AND e.seriesId = $seriesId'}
    CALL (e) {
      ${['Shot', 'Scene', 'Event', 'Cue'].map((kind) => `MATCH (n:${kind}) USING INDEX SEEK n:${kind}(episodeId, startMs) WHERE n.episodeId = e.id AND n.startMs >= 0 AND ($kinds IS NULL OR '${kind}' IN $kinds) RETURN n`).join(' UNION ALL ')}
    }`;
}
