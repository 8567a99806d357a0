import type { Database } from 'better-sqlite3';
import type { ReleasedFiles } from '../store.js';
import { type Json, jsonOf } from './json.js';

type FileKind = 'IMAGE' | 'MEDIA';

/** Which episode needs which pictures and media, and what nobody needs any more. */
export function fileLedger(db: Database) {
  const held = db.prepare<[number], { hash: string; kind: FileKind }>('SELECT hash, kind FROM file WHERE episode = ?');
  const add = db.prepare('INSERT OR IGNORE INTO file (hash, kind, episode) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM file WHERE hash = ? AND kind = ? AND episode = ?');
  const needed = db.prepare('SELECT 1 FROM file WHERE hash = ? AND kind = ?').pluck();
  const release = db.prepare('INSERT OR IGNORE INTO released (hash, kind) VALUES (?, ?)');
  const forget = db.prepare('DELETE FROM released WHERE hash = ? AND kind = ?');
  const released = db.prepare<[FileKind], string>('SELECT hash FROM released WHERE kind = ? ORDER BY hash').pluck();

  return {
    /** Notes what an episode needs from now on; what it alone needed before is released. */
    setFilesOf(episode: number, imageIds: Iterable<string>, mediaSha256?: string): void {
      const now = new Set([...imageIds].map((hash) => `IMAGE:${hash}`));
      if (mediaSha256) now.add(`MEDIA:${mediaSha256}`);
      for (const { hash, kind } of held.all(episode)) {
        if (now.delete(`${kind}:${hash}`)) continue;
        drop.run(hash, kind, episode);
        if (needed.get(hash, kind) === undefined) release.run(hash, kind);
      }
      for (const file of now) {
        const kind = file.slice(0, 5) as FileKind;
        add.run(file.slice(6), kind, episode);
        forget.run(file.slice(6), kind);
      }
    },

    releasedFiles: (): Json<ReleasedFiles> =>
      jsonOf({ imageIds: released.all('IMAGE'), mediaSha256s: released.all('MEDIA') }),

    forgetReleasedFiles: db.transaction(({ imageIds, mediaSha256s }: ReleasedFiles): void => {
      for (const hash of imageIds) forget.run(hash, 'IMAGE');
      for (const hash of mediaSha256s) forget.run(hash, 'MEDIA');
    }).immediate,
  };
}
