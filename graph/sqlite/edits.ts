import type { Database } from 'better-sqlite3';
import type { Edit } from '../../schema/edit.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { EditWrite } from '../scopes.js';
import type { Page, PageRequest } from '../store.js';
import { type Json, pageOf } from './json.js';

/** Writes edits; must run inside the write transaction. */
export function editWriter(db: Database) {
  const insert = db.prepare('INSERT INTO edit (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  const update = db.prepare('UPDATE edit SET body = ? WHERE id = ? AND body <> ?');
  const concern = db.prepare(
    `INSERT OR IGNORE INTO edit_episode (episode, seq)
     SELECT e.row, edit.seq FROM episode e, edit WHERE e.id = ? AND edit.id = ?`,
  );
  const leave = db.prepare('DELETE FROM edit_episode WHERE episode = ?');
  const removeUnconcerned = db.prepare(
    `DELETE FROM edit WHERE seq IN (SELECT seq FROM edit_episode WHERE episode = ?)
       AND NOT EXISTS (SELECT 1 FROM edit_episode o WHERE o.seq = edit.seq AND o.episode <> ?)`,
  );
  return {
    writeEdits(edits: readonly EditWrite[]): void {
      for (const { edit, episodeIds } of edits) {
        const body = JSON.stringify(edit);
        if (insert.run(edit.id, body).changes === 0) update.run(body, edit.id, body);
        for (const episodeId of episodeIds) concern.run(episodeId, edit.id);
      }
    },

    /** Removes an episode's edits; those that concern others too stay with these. */
    removeEdits(episode: number): void {
      removeUnconcerned.run(episode, episode);
      leave.run(episode);
    },
  };
}

export function editReads(db: Database) {
  const page = db.prepare<[string, number, number], { seq: number; body: string }>(
    `SELECT edit.seq, edit.body FROM edit_episode o JOIN edit ON edit.seq = o.seq
     WHERE o.episode = (SELECT row FROM episode WHERE id = ?) AND o.seq > ? ORDER BY o.seq LIMIT ?`,
  );

  return {
    edits(episodeId: string, request: PageRequest): Json<Page<Edit>> {
      const limit = rowsToRead(request);
      const [after] = readCursor('edits', request.after, 'number') ?? [0];
      const rows = page.all(episodeId, after, limit);
      return pageOf(
        rows.map(({ seq, body }) => ({ json: body, cursor: cursorOf('edits', seq) })),
        request,
      );
    },
  };
}
