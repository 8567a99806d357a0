import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Edit } from '../../schema/edit.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Page, PageRequest } from '../store.js';
import { type Json, jsonList, jsonOf } from './json.js';
import { cursorOf, pageOf, readCursor, rowsToRead } from './pages.js';

/** Makes an episode's edits what the list says; must run inside the write transaction. */
export function editWriter(db: Database) {
  const held = db.prepare<[number], { id: string; body: string }>('SELECT id, body FROM edit WHERE episode = ?');
  const insert = db.prepare('INSERT INTO edit (id, episode, body) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE edit SET body = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM edit WHERE id = ?');
  return function writeEdits(episode: number, edits: readonly Edit[]): void {
    const before = new Map(held.all(episode).map(({ id, body }) => [id, body]));
    for (const edit of edits) {
      const body = JSON.stringify(edit);
      if (!before.has(edit.id)) insert.run(edit.id, episode, body);
      else if (before.get(edit.id) !== body) update.run(body, edit.id);
      before.delete(edit.id);
    }
    for (const id of before.keys()) remove.run(id);
  };
}

/** What an effective narrative is derived from, and the revision at which it was so. */
export interface Grounds {
  readonly revision: number;
  readonly edits: readonly Edit[];
  /** Absent when it was not asked for. */
  readonly base?: Narrative;
}

export function editReads(db: Database) {
  const episodeOf = {
    episode: db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck(),
    node: db.prepare<[string], number>('SELECT episode FROM node WHERE id = ? AND episode IS NOT NULL').pluck(),
    edit: db.prepare<[string], number>('SELECT episode FROM edit WHERE id = ?').pluck(),
  };
  const revision = db.prepare<[number], number>('SELECT revision FROM episode WHERE row = ?').pluck();
  const base = db.prepare<[number], Buffer>('SELECT base FROM episode WHERE row = ?').pluck();
  const bodies = db.prepare<[number], string>('SELECT body FROM edit WHERE episode = ? ORDER BY seq').pluck();
  const page = db.prepare<[string, number, number], { seq: number; body: string }>(
    `SELECT seq, body FROM edit WHERE episode = (SELECT row FROM episode WHERE id = ?) AND seq > ?
     ORDER BY seq LIMIT ?`,
  );

  return {
    /** The grounds of the episode that has this id, or that this node or edit belongs to. */
    grounds: db.transaction((of: keyof typeof episodeOf, id: string, withBase: boolean): Json<Grounds | null> => {
      const episode = episodeOf[of].get(id);
      if (episode === undefined) return jsonOf(null);
      const blob = withBase ? base.get(episode) : undefined;
      const narrative = blob ? `,"base":${inflateRawSync(blob).toString()}` : '';
      return `{"revision":${revision.get(episode)},"edits":${jsonList(bodies.all(episode))}${narrative}}`;
    }),

    edits(episodeId: string, request: PageRequest): Json<Page<Edit>> {
      const limit = rowsToRead(request);
      const [after] = readCursor('edits', request.after, 'number') ?? [0];
      const rows = page.all(episodeId, after, limit);
      return pageOf(
        rows.map(({ seq, body }) => ({ body, cursor: cursorOf('edits', seq) })),
        request,
      );
    },
  };
}
