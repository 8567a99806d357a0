import type { Database } from 'better-sqlite3';
import type { Episode } from '../../schema/episode.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import { FabulaError } from '../../schema/errors.js';
import type { EpisodeWrite, ScopeWrite } from '../scopes.js';
import { characterWriter } from './characters.js';
import { editWriter } from './edits.js';
import { type File, fileLedger } from './files.js';
import { type Json, jsonOf } from './json.js';
import { columnsOf, type NodeColumns } from './node-columns.js';
import { nodeWriter } from './nodes.js';
import { vectorWriter } from './vectors.js';

/** An episode as it crosses to the database thread. */
export type EpisodeText = Omit<EpisodeWrite, 'effective' | 'json' | 'cast' | 'analysis'> & {
  readonly episode: Episode;
  readonly nodes: NodeColumns;
  readonly persons: EpisodeCast['persons'];
  readonly cast: string;
  readonly analysis?: Pick<NonNullable<EpisodeWrite['analysis']>, 'base' | 'vectors'> & {
    readonly members: string;
    readonly faces: string;
    readonly links: string;
  };
};
export type ScopeText = Omit<ScopeWrite, 'episodes'> & { readonly episodes: readonly EpisodeText[] };

interface Held {
  readonly row: number;
  readonly revision: number;
  readonly media: string | null;
}

const images = (hashes: readonly string[]): File[] => hashes.map((hash) => ({ kind: 'IMAGE', hash }));
const films = (hash: string | null): File[] => (hash === null ? [] : [{ kind: 'MEDIA', hash }]);

/** Writes whole episodes: each change in one transaction, so that readers see all of it or nothing. */
export function episodeWrites(db: Database) {
  const writeNodes = nodeWriter(db);
  const { unlinkPersons, linkPersons, describeCharacters } = characterWriter(db);
  const writeVectors = vectorWriter(db);
  const { changeFilesOf } = fileLedger(db);
  const { writeEdits, removeEdits } = editWriter(db);
  const held = db.prepare<[string], Omit<Held, 'revision'>>('SELECT row, media FROM episode WHERE id = ?');
  const loneRevision = db
    .prepare<[string], number>('SELECT revision FROM episode WHERE id = ? AND series IS NULL')
    .pluck();
  const tick = db.prepare<[], number>('UPDATE clock SET revision = revision + 1 RETURNING revision').pluck();
  const seriesHead = db.prepare<[string], Omit<Held, 'media'>>('SELECT row, revision FROM series WHERE id = ?');
  const touchSeries = db.prepare('UPDATE series SET revision = ? WHERE row = ?');
  const touchLone = db.prepare('UPDATE episode SET revision = ? WHERE id = ? AND series IS NULL');
  const sameMedia = db
    .prepare<[string, number, string], string>(
      'SELECT id FROM episode WHERE media = ? AND ifnull(series, 0) = ? AND id <> ?',
    )
    .pluck();
  const insert = db
    .prepare<[string, number | null, string, string | null, number, number, Uint8Array | undefined], number>(
      'INSERT INTO episode (id, series, title, media, duration_ms, revision, base) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING row',
    )
    .pluck();
  const update = db.prepare(
    'UPDATE episode SET series = ?, title = ?, media = ?, duration_ms = ?, revision = ?, base = ifnull(?, base) WHERE row = ?',
  );
  const insertCasting = db.prepare('INSERT OR REPLACE INTO casting VALUES (?, ?, ?, ?, ?)');
  const updateCasting = db.prepare('UPDATE casting SET people = ? WHERE episode = ?');
  const removeCasting = db.prepare('DELETE FROM casting WHERE episode = ?');
  const remove = db.prepare('DELETE FROM episode WHERE row = ?');

  /** Writes one episode; returns the characters that its persons were or are. */
  const writeEpisode = (write: EpisodeText, series: number | null, revision: number): readonly number[] => {
    const { episode, nodes } = write;
    const before = held.get(episode.id);
    const media = episode.media?.sha256 ?? null;
    const twin = media === null ? undefined : sameMedia.get(media, series ?? 0, episode.id);
    if (twin) throw new FabulaError('CONFLICT', `This film is in the graph already, as ${twin}.`);

    const values = [series, episode.title, media, episode.durationMs, revision, write.analysis?.base] as const;
    const row = before ? before.row : insert.get(episode.id, ...values);
    if (row === undefined) throw new Error('SQLite gave a new episode no row.');
    if (before) update.run(...values, row);

    const earlier = unlinkPersons(row);
    const pictures = writeNodes(row, nodes);
    const now = linkPersons(series, row, write.persons);
    const { analysis, cast } = write;
    if (analysis) {
      insertCasting.run(row, analysis.members, analysis.faces, analysis.links, cast);
      if (analysis.vectors) writeVectors(row, analysis.vectors);
    } else updateCasting.run(cast, row);
    const shown = new Set(nodes.imageIds.map(([, imageId]) => imageId));
    changeFilesOf(
      row,
      [
        ...images(pictures.goneImageIds.filter((hash) => !shown.has(hash))),
        ...films(before?.media === media ? null : (before?.media ?? null)),
      ],
      [...images(pictures.freshImageIds), ...films(media)],
    );
    return [...earlier, ...now];
  };

  const removeEpisode = (id: string): readonly number[] => {
    const episode = held.get(id);
    if (!episode) return [];
    const earlier = unlinkPersons(episode.row);
    const { goneImageIds } = writeNodes(episode.row, columnsOf([]));
    changeFilesOf(episode.row, [...images(goneImageIds), ...films(episode.media)], []);
    removeEdits(episode.row);
    removeCasting.run(episode.row);
    writeVectors(episode.row, {});
    remove.run(episode.row);
    return earlier;
  };

  /** The scope's lock is this transaction: who derived from what has changed since is told so, and derives anew. */
  const writeScope = db.transaction((write: ScopeText): Json<'written' | 'stale'> => {
    const { seriesId, episodes, removedEpisodeId } = write;
    const series = seriesId === undefined ? null : seriesHead.get(seriesId);
    if (series === undefined) throw new FabulaError('NOT_FOUND', `No series has the id ${seriesId}.`);
    const lone = write.loneEpisodeId ?? '';
    if ((series ? series.revision : (loneRevision.get(lone) ?? 0)) !== write.revision) return jsonOf('stale' as const);
    const revision = tick.get() ?? 0;
    if (series) touchSeries.run(revision, series.row);
    else touchLone.run(revision, lone);
    const touched = episodes.flatMap((episode) => writeEpisode(episode, series?.row ?? null, revision));
    writeEdits(write.edits);
    if (removedEpisodeId !== undefined) touched.push(...removeEpisode(removedEpisodeId));
    describeCharacters(touched);
    return jsonOf('written' as const);
  });

  return { writeScope: writeScope.immediate };
}
