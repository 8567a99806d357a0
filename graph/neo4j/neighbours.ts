import type { Character } from '../../schema/character.js';
import { relationshipNouns } from '../../schema/edges.js';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Series } from '../../schema/series.js';
import { cursorOf, longestPage, readCursor, rowsToRead } from '../pages.js';
import type { Page, PageRequest } from '../store.js';
import { pageOf, parsed, parsedOrNone } from './answers.js';
import type { Connection } from './connection.js';
import { childPatternOf, inEpisode, jsonOf, patternOf, seek } from './labels.js';

const relationships = Object.values(relationshipNouns);

/** From nodes to the nodes around them, batched: answer n belongs to key n. */
export function neighbourReads(connection: Connection) {
  /** Asks a subquery over `id`, which gives a `body` a row, for all ids in one trip. */
  const each = async (
    ids: readonly string[],
    subquery: string,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly (readonly string[])[]> => {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) return [];
    const rows = await connection.read<{ id: string; bodies: readonly string[] }>(
      `UNWIND $ids AS id CALL (id) { ${subquery} } RETURN id, collect(body) AS bodies`,
      { ids: distinct, ...parameters },
    );
    const byId = new Map(rows.map(({ id, bodies }) => [id, bodies]));
    return ids.map((id) => byId.get(id) ?? []);
  };
  const firsts = async <Node>(
    answers: Promise<readonly (readonly string[])[]>,
  ): Promise<readonly (Node | undefined)[]> => (await answers).map(([body]) => parsedOrNone<Node>(body));
  const lists = async (
    answers: Promise<readonly (readonly string[])[]>,
  ): Promise<readonly (readonly NarrativeNode[])[]> =>
    (await answers).map((bodies) => bodies.map((body) => parsed<NarrativeNode>(body)));

  return {
    nodes: (ids: readonly string[]) =>
      firsts<NarrativeNode | Character | Series>(
        each(
          ids,
          `MATCH (n:Node {id: id}) ${seek('n')} RETURN ${jsonOf('n')} AS body
           ${relationships.map(({ type }) => `UNION ALL MATCH ()-[n:${type} {id: id}]->() USING INDEX SEEK n:${type}(id) RETURN ${jsonOf('n')} AS body`).join('\n')}`,
        ),
      ),

    childrenOf(kind: NodeKind, parentIds: readonly string[], limit: number) {
      const children = childPatternOf(kind, 'id');
      const ofNode = `MATCH ${children} WITH DISTINCT n ORDER BY n.startMs, n.id LIMIT $limit RETURN ${jsonOf('n')} AS body UNION ALL`;
      return lists(
        each(
          parentIds,
          `${children && ofNode}
           MATCH (e:Node {id: id}) ${seek('e')} WHERE e:Episode
           MATCH ${patternOf(kind)} ${inEpisode('n', kind, 'id')}
           WITH n ORDER BY n.episodeId, n.startMs, n.id LIMIT $limit RETURN ${jsonOf('n')} AS body`,
          { limit: Math.min(limit, longestPage) },
        ),
      );
    },

    charactersOf: (personIds: readonly string[]) =>
      firsts<Character>(each(personIds, `MATCH (p:Node {id: id})-[:IS]->(c) ${seek('p')} RETURN c.body AS body`)),

    personsOf: (characterIds: readonly string[]) =>
      lists(
        each(
          characterIds,
          `MATCH (c:Node {id: id})<-[:IS]-(p) ${seek('c')} MATCH (e:Node {id: p.episodeId}) ${seek('e')}
           WITH p, e ORDER BY e.title, e.id RETURN ${jsonOf('p')} AS body`,
        ),
      ),

    /** By screen time in the episode, in the series, or in all, longest first, then id. */
    async characters(request: PageRequest, of: { episodeId?: string; seriesId?: string }): Promise<Page<Character>> {
      const limit = rowsToRead(request);
      const [screenMs, id] = readCursor('characters', request.after, 'number', 'string') ?? [2 ** 53, ''];
      const [match, time] =
        of.episodeId !== undefined
          ? [`(p:Person)-[:IS]->(c:Character) ${inEpisode('p', 'Person', '$episodeId')}`, 'p.screenTimeMs']
          : [`(c:Character) WHERE ${of.seriesId === undefined ? 'true' : 'c.seriesId = $seriesId'}`, 'c.screenTimeMs'];
      const rows = await connection.read<{ id: string; screenMs: number; body: string }>(
        `MATCH ${match} AND ${time} <= $screenMs AND (${time} < $screenMs OR c.id > $id)
         RETURN c.id AS id, ${time} AS screenMs, c.body AS body ORDER BY ${time} DESC, c.id LIMIT $limit`,
        { ...of, screenMs, id, limit },
      );
      return pageOf(
        rows.map((found) => ({ body: found.body, cursor: cursorOf('characters', found.screenMs, found.id) })),
        request,
      );
    },
  };
}
