import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Grounds, PlacedEdit, Revision, Scope, Seek } from '../scopes.js';
import { type Json, jsonOf } from './json.js';

interface Place {
  readonly series: number | null;
  readonly episode: number | null;
}

export function groundsReads(db: Database) {
  const places: Record<Seek['of'], ReturnType<typeof prepare>> = {
    episode: prepare('SELECT series, row AS episode FROM episode WHERE id = ?'),
    node: prepare('SELECT e.series, e.row AS episode FROM node n JOIN episode e ON e.row = n.episode WHERE n.id = ?'),
    edit: prepare(
      `SELECT e.series, e.row AS episode FROM edit JOIN edit_episode o ON o.seq = edit.seq
       JOIN episode e ON e.row = o.episode WHERE edit.id = ? LIMIT 1`,
    ),
    character: prepare('SELECT c.series, c.episode FROM node n JOIN character c ON c.node = n.row WHERE n.id = ?'),
    series: prepare('SELECT row AS series, NULL AS episode FROM series WHERE id = ?'),
  };
  function prepare(sql: string) {
    return db.prepare<[string], Place>(sql);
  }
  const seriesHead = db.prepare<[number], Revision>('SELECT id AS seriesId, revision FROM series WHERE row = ?');
  const episodeHead = db.prepare<[number | null], Revision>('SELECT revision FROM episode WHERE row = ?');
  const castings = db.prepare<[Place], { id: string; members: string; links: string; people: string; faces: string }>(
    `SELECT e.id, c.members, c.links, c.people, c.faces FROM episode e JOIN casting c ON c.episode = e.row
     WHERE e.series = @series OR (@series IS NULL AND e.row = @episode) ORDER BY e.row`,
  );
  const castEdits = db.prepare<[Place], { seq: number; body: string }>(
    `SELECT DISTINCT edit.seq, edit.body FROM episode e JOIN edit_episode o ON o.episode = e.row
     JOIN edit ON edit.seq = o.seq
     WHERE (e.series = @series OR (@series IS NULL AND e.row = @episode))
       AND (edit.body ->> '$.operation.operation' NOT IN ('CORRECT', 'ALIGN') OR edit.body ->> '$.anchor.persons' IS NOT NULL)
     ORDER BY edit.seq`,
  );
  const ground = db.prepare<[string], { base: Buffer; people: string }>(
    'SELECT e.base, c.people FROM episode e JOIN casting c ON c.episode = e.row WHERE e.id = ?',
  );
  const editsOf = db.prepare<[string], { seq: number; body: string }>(
    `SELECT edit.seq, edit.body FROM episode e JOIN edit_episode o ON o.episode = e.row JOIN edit ON edit.seq = o.seq
     WHERE e.id = ? ORDER BY o.seq`,
  );
  const episodeId = db.prepare<[number], string>('SELECT id FROM episode WHERE row = ?').pluck();
  const placed = (rows: readonly { seq: number; body: string }[]) =>
    `[${rows.map(({ seq, body }) => `{"seq":${seq},"edit":${body}}`).join(',')}]`;
  const headOf = ({ series, episode }: Place): Revision =>
    (series === null ? episodeHead.get(episode) : seriesHead.get(series)) ?? { revision: 0 };
  const groundsOf = (id: string): string => {
    const found = ground.get(id);
    if (!found) return 'null';
    const { base, people } = found;
    const head = `"episodeId":${JSON.stringify(id)},"cast":${people},"edits":${placed(editsOf.all(id))}`;
    return `{${head},"base":${inflateRawSync(base).toString()}}`;
  };

  return {
    /** The scope of something; null where that is not there. Faces are biometric data and stay in the store. */
    scope: db.transaction(({ of, id }: Seek, withFaces: boolean): Json<Scope | null> => {
      const place = places[of].get(id);
      if (!place) return jsonOf(null);
      const head = JSON.stringify(headOf(place)).slice(1, -1);
      const episodes = castings
        .all(place)
        .map(
          ({ id: episode, members, links, people, faces }) =>
            `{"episodeId":${JSON.stringify(episode)},"members":${members},"links":${links},"cast":${people},"faces":${withFaces ? faces : '{}'}}`,
        );
      return `{${head},"episodes":[${episodes.join(',')}],"edits":${placed(castEdits.all(place))}}`;
    }),

    /** What these episodes are derived from; null for one that is not there. */
    grounds: (ids: readonly string[]): Json<readonly (Grounds | null)[]> => `[${ids.map(groundsOf).join(',')}]`,

    /** The edits of each of these episodes. */
    editsOf: (ids: readonly string[]): Json<readonly (readonly PlacedEdit[])[]> =>
      `[${ids.map((id) => placed(editsOf.all(id))).join(',')}]`,

    /** What the episode of a node or edit is derived from, and the revision of its scope. */
    groundsAround: db.transaction((of: 'node' | 'edit', id: string): Json<(Revision & Grounds) | null> => {
      const place = places[of].get(id);
      const episode = place?.episode == null ? undefined : episodeId.get(place.episode);
      if (!place || episode === undefined) return jsonOf(null);
      return `{${JSON.stringify(headOf(place)).slice(1, -1)},${groundsOf(episode).slice(1)}`;
    }),
  };
}
