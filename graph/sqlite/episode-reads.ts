import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Episode } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { type Narrative, narrativeLists, narrativeVersion } from '../../schema/narrative.js';
import type { Series } from '../../schema/series.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { Page, PageRequest } from '../store.js';
import { type Json, jsonList, jsonOf, jsonSlots, pageOf } from './json.js';
import { vectorReads, withVector } from './vectors.js';

const seriesJson = "json_object('id', id, 'kind', 'Series', 'title', title)";

export function episodeReads(db: Database) {
  const vectorsOf = vectorReads(db);
  const row = db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck();
  const base = db.prepare<[number], Buffer>('SELECT base FROM episode WHERE row = ?').pluck();
  const nodes = db.prepare<[number], { kind: string; json: string }>(
    'SELECT kind, whole AS json FROM node WHERE episode = ? ORDER BY kind, position',
  );
  const episode = db.prepare<[string], string>("SELECT whole FROM node WHERE id = ? AND kind = 'Episode'").pluck();
  const byMedia = db
    .prepare<[string, string | null], string>(
      `SELECT n.whole FROM episode e JOIN node n ON n.id = e.id
       WHERE e.media = ? AND ifnull(e.series, 0) = ifnull((SELECT row FROM series WHERE id = ?), 0)`,
    )
    .pluck();
  const list = (scope: string) =>
    db.prepare<
      [{ series?: string; title: string; id: string; limit: number }],
      { json: string; title: string; id: string }
    >(
      `SELECT n.whole AS json, e.title, e.id FROM episode e JOIN node n ON n.id = e.id
       WHERE ${scope} (e.title, e.id) > (@title, @id) ORDER BY e.title, e.id LIMIT @limit`,
    );
  const all = list('');
  const ofSeries = list('e.series = (SELECT row FROM series WHERE id = @series) AND');
  const series = db.prepare<[string], string>(`SELECT ${seriesJson} FROM series WHERE id = ?`).pluck();

  return {
    readNarrative: db.transaction((id: string, layer: 'base' | 'effective'): Json<Narrative | null> => {
      const found = row.get(id);
      if (found === undefined) return jsonOf(null);
      const vectors = vectorsOf(found);
      if (layer === 'base') return filled(inflateRawSync(base.get(found) ?? Buffer.alloc(0)).toString(), vectors);
      const held = new Map<string, string[]>();
      for (const { kind, json } of nodes.all(found)) {
        const list = held.get(kind);
        if (list) list.push(json);
        else held.set(kind, [json]);
      }
      const lists = Object.entries(narrativeLists).map(
        ([name, kind]) =>
          `"${name}":${jsonList((held.get(kind) ?? []).map((json) => (name === 'embeddings' ? withVector(json, vectors) : json)))}`,
      );
      const head = `"narrativeVersion":${narrativeVersion},"episode":${held.get('Episode')?.[0]}`;
      return `{${head},${lists.join(',')}}`;
    }),

    episode: (id: string): Json<Episode | null> => episode.get(id) ?? 'null',

    findEpisode: (sha256: string, seriesId?: string): Json<Episode | null> =>
      byMedia.get(sha256, seriesId ?? null) ?? 'null',

    episodes(request: PageRequest, seriesId?: string): Json<Page<Episode>> {
      const limit = rowsToRead(request);
      const [title, id] = readCursor('episodes', request.after, 'string', 'string') ?? ['', ''];
      const rows =
        seriesId === undefined ? all.all({ title, id, limit }) : ofSeries.all({ series: seriesId, title, id, limit });
      return pageOf(
        rows.map((found) => ({ json: found.json, cursor: cursorOf('episodes', found.title, found.id) })),
        request,
      );
    },

    series: (ids: readonly string[]): Json<readonly (Series | null)[]> => jsonSlots(ids.map((id) => series.get(id))),
  };
}

/** A base narrative's JSON with its vectors in it again. */
function filled(text: string, vectors: ReadonlyMap<string, readonly number[]>): string {
  if (vectors.size === 0) return text;
  const narrative = JSON.parse(text) as Narrative;
  const embeddings = narrative.embeddings.map((one) => ({ ...one, vector: vectors.get(one.id) ?? [] }));
  return JSON.stringify({ ...narrative, embeddings });
}

export function seriesWrites(db: Database) {
  const insert = db.prepare('INSERT OR IGNORE INTO series (id, title) VALUES (?, ?)');
  const byTitle = db.prepare<[string], string>(`SELECT ${seriesJson} FROM series WHERE title = ?`).pluck();
  return {
    ensureSeries: db.transaction((title: string): Json<Series> => {
      insert.run(`series:${randomUUID()}`, title);
      return byTitle.get(title) ?? 'null';
    }).immediate,

    putSeries: db.transaction(({ id, title }: Series): void => {
      insert.run(id, title);
      const held = JSON.parse(byTitle.get(title) ?? 'null') as Series | null;
      if (held?.id !== id) throw new FabulaError('CONFLICT', `Another series has the title ${title}.`);
    }).immediate,
  };
}
