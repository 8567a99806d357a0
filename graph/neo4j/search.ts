import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import { explainedPage } from '../snippets.js';
import type { Facet, Page, PageRequest, SearchHit, SearchRequest } from '../store.js';
import { columnsOfAny, textColumns } from '../texts.js';
import { phrasesOf } from '../words.js';
import { parsed } from './answers.js';
import type { Connection } from './connection.js';
import { inEpisode, jsonOf, seek } from './labels.js';
import { episodeWord, kindWord, luceneOf, seriesWord, within } from './lucene.js';

/** Most values of one field that an answer of facets lists. */
const mostValues = 100;

interface Place {
  readonly episodeId: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A node, and where to play it: a character has a place of their own, if any. */
type Match = readonly [score: number, body: string, place?: Place | null];

/** What a look at some hits shows: the page, how many they were, and how good the worst of them was. */
interface Look {
  readonly matches: readonly Match[];
  readonly count: number;
  readonly worst: number | null;
}

/** Where to play a character `n`: their first appearance or event of a second or more, in the wanted episode or the first. */
const characterPlace = `MATCH (n)<-[:IS]-(p:Person) WHERE n:Character AND ($episodeId IS NULL OR p.episodeId = $episodeId)
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
 * The best $limit of `n` and `score`, then by id, as `matches`. Hits come best first: how good the last of the page is,
 * is known before any id is read, and ids are read of those alone that are as good. No longer than it must be: the
 * driver sends what has more than 1,400 bytes in two parts, and each wakes the server.
 */
const bestMatches = (
  isContinued: boolean,
  hasCharacters: boolean,
  isBrief?: boolean,
) => `WITH collect(n) AS found, collect(score) AS scores
CALL (found, scores) {
WITH found, scores, scores[$limit - 1] AS least UNWIND range(0, size(found) - 1) AS at
WITH found[at] AS n, scores[at] AS score, least
WHERE ${isContinued ? 'score < $score OR (score = $score AND n.id > $id)' : 'least IS NULL OR score >= least'}
WITH n, score ORDER BY score DESC, n.id LIMIT $limit
RETURN collect([score, ${jsonOf('n', isBrief)}${hasCharacters ? `, CASE WHEN n:Character THEN head(COLLECT { ${characterPlace} }) END` : ''}]) AS matches
}
RETURN matches, scores[-1] AS worst, size(scores) AS count`;

/** Hits that are looked at for each that is wanted, and how many times more in the next look. */
const firstLook = 3;
const growth = 10;

export function searchReads(connection: Connection) {
  /**
   * Looks at ever more hits, until all that were not looked at are worse than the last that is wanted: a common word has
   * thousands, of which few are needed to tell the best.
   */
  async function matchesOf(
    cypher: string,
    wanted: { readonly limit: number; readonly [name: string]: unknown },
  ): Promise<readonly Match[]> {
    for (let most = firstLook * wanted.limit; ; most *= growth) {
      const [look] = await connection.read<Look>(cypher, { ...wanted, most });
      if (!look) return [];
      const { matches, count, worst } = look;
      const last = matches[wanted.limit - 1];
      if (count < most || (last && worst !== null && worst < last[0])) return matches;
    }
  }

  return {
    async search(request: SearchRequest, page: PageRequest): Promise<Page<SearchHit>> {
      const limit = rowsToRead(page);
      const after = readCursor('search', page.after, 'number', 'string', 'number');
      const lucene = luceneFor(request);
      if (lucene === undefined) return { edges: [], hasNextPage: false };
      const { kinds, episodeId = null } = request;
      const hasCharacters = !kinds || kinds.includes('Character');
      const found = await matchesOf(
        `CALL db.index.fulltext.queryNodes('words', $lucene, {limit: $most}) YIELD node AS n, score
${bestMatches(after !== undefined, hasCharacters, page.isBrief)}`,
        { lucene, limit, ...(after && { score: after[0], id: after[1] }), ...(hasCharacters && { episodeId }) },
      );
      // Lucene's scores are positive without bound; the best hit of the whole answer has score 1.
      const best = after?.[2] ?? found[0]?.[0] ?? 1;
      const edges = found.slice(0, page.first).map(([score, body, characterPlace]) => {
        const node = parsed<SearchHit['node']>(body);
        const { episodeId = '', startMs = 0, endMs = 0 } = characterPlace ?? (node as Partial<Place>);
        const hit = { episodeId, startMs, endMs, score: Math.min(1, score / best), node };
        return { node: hit, cursor: cursorOf('search', score, node.id, best) };
      });
      return explainedPage({ edges, hasNextPage: found.length > page.first }, request.text);
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
      ${(['Shot', 'Scene', 'Event', 'Cue'] as const).map((kind) => `MATCH (n:${kind}) ${inEpisode('n', kind, 'e.id')} AND ($kinds IS NULL OR '${kind}' IN $kinds) RETURN n`).join(' UNION ALL ')}
    }`;
}
