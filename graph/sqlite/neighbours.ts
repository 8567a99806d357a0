import type { Database } from 'better-sqlite3';
import type { Character } from '../../schema/character.js';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Series } from '../../schema/series.js';
import { cursorOf, longestPage, readCursor, rowsToRead } from '../pages.js';
import type { Page, PageRequest } from '../store.js';
import { type Json, jsonList, jsonSlots, pageOf } from './json.js';

/** From nodes to the nodes around them, batched: answer n belongs to key n. */
export function neighbourReads(db: Database) {
  const node = db.prepare<[string], string>('SELECT whole FROM node WHERE id = ?').pluck();
  const series = db
    .prepare<[string], string>(
      "SELECT json_object('id', id, 'kind', 'Series', 'title', title) FROM series WHERE id = ?",
    )
    .pluck();
  const parent = db.prepare<[string], { row: number; kind: NodeKind; episode: number }>(
    'SELECT row, kind, episode FROM node WHERE id = ?',
  );
  const ofEpisode = db
    .prepare<[number, string, number], string>(
      'SELECT whole FROM node WHERE episode = ? AND kind = ? ORDER BY start_ms, id LIMIT ?',
    )
    .pluck();
  const ofNode = db
    .prepare<[number, string, number], string>(
      `SELECT n.whole FROM link l JOIN node n ON n.row = l.node
       WHERE l.parent = ? AND l.kind = ? ORDER BY l.start_ms, n.id LIMIT ?`,
    )
    .pluck();
  const characterOf = db
    .prepare<[string], string>(
      `SELECT c.body FROM node n JOIN persona p ON p.person = n.row JOIN node c ON c.row = p.character WHERE n.id = ?`,
    )
    .pluck();
  const personsOf = db
    .prepare<[string], string>(
      `SELECT n.whole FROM node c JOIN persona p ON p.character = c.row JOIN node n ON n.row = p.person
       JOIN episode e ON e.row = p.episode WHERE c.id = ? ORDER BY e.title, e.id`,
    )
    .pluck();

  return {
    nodes: (ids: readonly string[]): Json<readonly (NarrativeNode | Character | Series | null)[]> =>
      jsonSlots(ids.map((id) => node.get(id) ?? series.get(id))),

    childrenOf(
      kind: NodeKind,
      parentIds: readonly string[],
      limit: number,
    ): Json<readonly (readonly NarrativeNode[])[]> {
      const most = Math.min(limit, longestPage);
      return jsonList(
        parentIds.map((id) => {
          const from = parent.get(id);
          if (!from) return '[]';
          const isEpisode = from.kind === 'Episode';
          return jsonList(isEpisode ? ofEpisode.all(from.episode, kind, most) : ofNode.all(from.row, kind, most));
        }),
      );
    },

    charactersOf: (personIds: readonly string[]): Json<readonly (Character | null)[]> =>
      jsonSlots(personIds.map((id) => characterOf.get(id))),

    personsOf: (characterIds: readonly string[]): Json<readonly (readonly NarrativeNode[])[]> =>
      jsonList(characterIds.map((id) => jsonList(personsOf.all(id)))),

    characters: characterList(db),
  };
}

/** Characters by screen time in the episode, in the series, or in all, longest first, then id. */
function characterList(db: Database) {
  type Keys = { of?: string; screenMs: number; id: string; limit: number };
  const list = (from: string, screenMs: string) =>
    db.prepare<[Keys], { json: string; id: string; screenMs: number }>(
      `SELECT n.whole AS json, n.id, ${screenMs} AS screenMs ${from}
       AND (${screenMs} < @screenMs OR (${screenMs} = @screenMs AND n.id > @id)) ORDER BY ${screenMs} DESC, n.id LIMIT @limit`,
    );
  const all = list('FROM character c JOIN node n ON n.row = c.node WHERE 1', 'c.screen_ms');
  const ofSeries = list(
    'FROM character c JOIN node n ON n.row = c.node WHERE c.series = (SELECT row FROM series WHERE id = @of)',
    'c.screen_ms',
  );
  const ofEpisode = list(
    'FROM persona p JOIN node n ON n.row = p.character WHERE p.episode = (SELECT row FROM episode WHERE id = @of)',
    'p.screen_ms',
  );

  return (
    request: PageRequest,
    { episodeId, seriesId }: { episodeId?: string; seriesId?: string },
  ): Json<Page<Character>> => {
    const limit = rowsToRead(request);
    const [screenMs, id] = readCursor('characters', request.after, 'number', 'string') ?? [2 ** 53, ''];
    const keys = { screenMs, id, limit };
    const rows =
      episodeId !== undefined
        ? ofEpisode.all({ ...keys, of: episodeId })
        : seriesId !== undefined
          ? ofSeries.all({ ...keys, of: seriesId })
          : all.all(keys);
    return pageOf(
      rows.map((found) => ({ json: found.json, cursor: cursorOf('characters', found.screenMs, found.id) })),
      request,
    );
  };
}
