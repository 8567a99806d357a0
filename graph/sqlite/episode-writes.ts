import type { Database } from 'better-sqlite3';
import type { Edit } from '../../schema/edit.js';
import { FabulaError } from '../../schema/errors.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import { characterLinker } from './characters.js';
import { editWriter } from './edits.js';
import { type File, fileLedger } from './files.js';
import { type Json, jsonOf } from './json.js';
import { nodeWriter } from './nodes.js';
import { type NodeRow, rowsOf } from './rows.js';

/** An episode as it crosses to the database thread. */
export interface EpisodeWrite {
  /** The effective narrative as JSON: one string is the cheapest thing to send. */
  readonly effective: string;
  /** The base narrative's JSON, deflated; absent where it stays as it is. */
  readonly base?: Uint8Array;
  /** All edits of the episode with their new states. */
  readonly edits: readonly Edit[];
  /** The revision that this was derived from, 0 for none; a write over any other is refused as stale. */
  readonly revision: number;
}

interface Held {
  readonly row: number;
  readonly revision: number;
  readonly media: string | null;
}

const images = (hashes: readonly string[]): File[] => hashes.map((hash) => ({ kind: 'IMAGE', hash }));
const films = (hash: string | null): File[] => (hash === null ? [] : [{ kind: 'MEDIA', hash }]);

/** Writes whole episodes: each in one transaction, so that readers see the old or the new one and never half. */
export function episodeWrites(db: Database) {
  const writeNodes = nodeWriter(db);
  const { charactersBefore, linkPersons } = characterLinker(db);
  const { changeFilesOf } = fileLedger(db);
  const writeEdits = editWriter(db);
  const held = db.prepare<[string], Held>('SELECT row, revision, media FROM episode WHERE id = ?');
  const tick = db.prepare<[], number>('UPDATE clock SET revision = revision + 1 RETURNING revision').pluck();
  const seriesRow = db.prepare<[string], number>('SELECT row FROM series WHERE id = ?').pluck();
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
  const rowOf = db.prepare<[string], number>('SELECT row FROM node WHERE id = ?').pluck();
  const remove = db.prepare('DELETE FROM episode WHERE row = ?');

  const personsOf = (nodes: readonly NodeRow[]) =>
    nodes.flatMap(({ id, kind, body }) => {
      const row = kind === 'Person' ? rowOf.get(id) : undefined;
      return row === undefined ? [] : [{ row, person: JSON.parse(body) as Person }];
    });

  const writeEpisode = db.transaction((write: EpisodeWrite): Json<'written' | 'stale'> => {
    const narrative = JSON.parse(write.effective) as Narrative;
    const { episode } = narrative;
    const nodes = rowsOf(narrative);
    const before = held.get(episode.id);
    if ((before?.revision ?? 0) !== write.revision) return jsonOf('stale' as const);
    const series = episode.seriesId === undefined ? null : seriesRow.get(episode.seriesId);
    if (series === undefined) throw new FabulaError('NOT_FOUND', `No series has the id ${episode.seriesId}.`);
    const media = episode.media?.sha256 ?? null;
    const twin = media === null ? undefined : sameMedia.get(media, series ?? 0, episode.id);
    if (twin) throw new FabulaError('CONFLICT', `This film is in the graph already, as ${twin}.`);

    const values = [series, episode.title, media, episode.durationMs, tick.get() ?? 0, write.base] as const;
    const row = before ? before.row : insert.get(episode.id, ...values);
    if (row === undefined) throw new Error('SQLite gave a new episode no row.');
    if (before) update.run(...values, row);

    const earlier = charactersBefore(row);
    const pictures = writeNodes(row, nodes);
    linkPersons({ series, episode: row }, personsOf(nodes), earlier);
    const shown = new Set(nodes.map(({ imageId }) => imageId));
    changeFilesOf(
      row,
      [
        ...images(pictures.goneImageIds.filter((hash) => !shown.has(hash))),
        ...films(before?.media === media ? null : (before?.media ?? null)),
      ],
      [...images(pictures.freshImageIds), ...films(media)],
    );
    writeEdits(row, write.edits);
    return jsonOf('written' as const);
  });

  const deleteEpisode = db.transaction((id: string): Json<boolean> => {
    const episode = held.get(id);
    if (!episode) return jsonOf(false);
    const earlier = charactersBefore(episode.row);
    const { goneImageIds } = writeNodes(episode.row, []);
    linkPersons({ series: null, episode: episode.row }, [], earlier);
    changeFilesOf(episode.row, [...images(goneImageIds), ...films(episode.media)], []);
    writeEdits(episode.row, []);
    remove.run(episode.row);
    tick.get();
    return jsonOf(true);
  });

  return { writeEpisode: writeEpisode.immediate, deleteEpisode: deleteEpisode.immediate };
}
