import { relationshipNouns } from '../../schema/edges.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import type { Link } from '../linking.js';
import type { Faces, Member } from '../members.js';
import type { Grounds, PlacedEdit, Revision, Scope, Seek } from '../scopes.js';
import { parsed } from './answers.js';
import type { Connection } from './connection.js';
import { seek } from './labels.js';
import { type Bytes, narrativeIn } from './packing.js';

const relationships = Object.values(relationshipNouns);

/** Where something is: the episode, or the series where it is of none. */
const places: Readonly<Record<Seek['of'], string>> = {
  episode: `MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Episode`,
  node: `CALL {
      MATCH (n:Node {id: $id}) ${seek('n')} WHERE NOT n:Character RETURN n.episodeId AS episodeId
     ${relationships.map(({ type }) => `UNION MATCH ()-[n:${type} {id: $id}]->() USING INDEX SEEK n:${type}(id) RETURN n.episodeId AS episodeId`).join('\n')}
    }
    MATCH (e:Node {id: episodeId}) ${seek('e')}`,
  edit: 'MATCH (:Edit {id: $id})-[:CHANGES]->(e:Episode) WITH e LIMIT 1',
  character: `MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Character`,
  series: `MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Series`,
};

/** The scope of the place `e`, whose revision is read before all else: a write in between is then found out. */
const headOf = (of: Seek['of']) => `${places[of]}
  WITH e, CASE WHEN e:Series THEN e.id ELSE e.seriesId END AS seriesId
  OPTIONAL MATCH (s:Scope {id: coalesce(seriesId, e.episodeId)})
  WITH e, s, seriesId, coalesce(s.revision, 0) AS revision`;

const editsCypher = 'MATCH (e)<-[:CHANGES]-(x:Edit) RETURN {seq: x.seq, body: x.body} ORDER BY x.seq';

const groundsCypher = `MATCH (e)-[:ANALYSED_AS]->(a:Analysis)
  RETURN e.id AS episodeId, a.base AS base, a.people AS people, COLLECT { ${editsCypher} } AS edits`;

interface FoundEdit {
  readonly seq: number;
  readonly body: string;
}

interface FoundGrounds {
  readonly episodeId: string;
  readonly base: Bytes;
  readonly people: string;
  readonly edits: readonly FoundEdit[];
}

interface FoundScope {
  readonly seriesId: string | null;
  readonly revision: number;
  readonly edits: readonly FoundEdit[];
  readonly episodes: readonly { episodeId: string; members: string; links: string; people: string; faces: string }[];
}

export function groundsReads(connection: Connection) {
  return {
    async scope({ of, id }: Seek, withFaces: boolean): Promise<Scope | null> {
      const [found] = await connection.readLarge<FoundScope>(
        `${headOf(of)}
         RETURN seriesId, revision,
           COLLECT { MATCH (s)<-[:OF]-(a:Analysis) RETURN a {.episodeId, .members, .links, .people,
             faces: CASE WHEN $withFaces THEN a.faces ELSE '{}' END} ORDER BY a.since, a.episodeId } AS episodes,
           COLLECT { MATCH (s)<-[:OF]-(:Analysis)<-[:ANALYSED_AS]-(:Episode)<-[:CHANGES]-(x:Edit) WHERE x.isOfCast
             WITH DISTINCT x RETURN {seq: x.seq, body: x.body} ORDER BY x.seq } AS edits`,
        { id, withFaces },
      );
      if (!found) return null;
      const episodes = found.episodes.map(({ episodeId, members, links, people, faces }) => ({
        episodeId,
        members: parsed<readonly Member[]>(members),
        links: parsed<readonly Link[]>(links),
        cast: parsed<EpisodeCast>(people),
        faces: parsed<Faces>(faces),
      }));
      return { ...revisionOf(found), episodes, edits: found.edits.map(placed) };
    },

    async grounds(ids: readonly string[]): Promise<readonly (Grounds | null)[]> {
      const found = await connection.readLarge<FoundGrounds>(
        `UNWIND $ids AS id MATCH (e:Node {id: id}) ${seek('e')} ${groundsCypher}`,
        {
          ids,
        },
      );
      const byId = new Map(found.map((one) => [one.episodeId, groundsFrom(one)]));
      return ids.map((id) => byId.get(id) ?? null);
    },

    async editsOf(ids: readonly string[]): Promise<readonly (readonly PlacedEdit[])[]> {
      const found = await connection.read<Pick<FoundGrounds, 'episodeId' | 'edits'>>(
        `UNWIND $ids AS id MATCH (e:Node {id: id}) ${seek('e')} RETURN id AS episodeId, COLLECT { ${editsCypher} } AS edits`,
        { ids },
      );
      const byId = new Map(found.map(({ episodeId, edits }) => [episodeId, edits.map(placed)]));
      return ids.map((id) => byId.get(id) ?? []);
    },

    async groundsAround(of: 'node' | 'edit', id: string): Promise<(Revision & Grounds) | null> {
      const [found] = await connection.readLarge<FoundGrounds & Pick<FoundScope, 'seriesId' | 'revision'>>(
        `${headOf(of)} ${groundsCypher}, seriesId, revision`,
        { id },
      );
      return found ? { ...revisionOf(found), ...groundsFrom(found) } : null;
    },
  };
}

const placed = ({ seq, body }: FoundEdit): PlacedEdit => ({ seq, edit: parsed(body) });

const revisionOf = ({ seriesId, revision }: Pick<FoundScope, 'seriesId' | 'revision'>): Revision =>
  seriesId === null ? { revision } : { seriesId, revision };

const groundsFrom = ({ episodeId, base, people, edits }: FoundGrounds): Grounds => ({
  ...{ episodeId, base: narrativeIn(base), cast: parsed<EpisodeCast>(people), edits: edits.map(placed) },
});
