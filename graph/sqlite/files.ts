import type { Database } from 'better-sqlite3';
import type { ReleasedFiles } from '../store.js';
import { type Json, jsonOf } from './json.js';

type FileKind = 'IMAGE' | 'MEDIA';

export interface File {
  readonly kind: FileKind;
  readonly hash: string;
}

/** Which episode needs which pictures and media, and what nobody needs any more. */
export function fileLedger(db: Database) {
  const add = db.prepare('INSERT OR IGNORE INTO file (hash, kind, episode) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM file WHERE hash = ? AND kind = ? AND episode = ?');
  const needed = db.prepare('SELECT 1 FROM file WHERE hash = ? AND kind = ?').pluck();
  const release = db.prepare('INSERT OR IGNORE INTO released (hash, kind) VALUES (?, ?)');
  const anyReleased = db.prepare('SELECT 1 FROM released LIMIT 1').pluck();
  const forget = db.prepare('DELETE FROM released WHERE hash = ? AND kind = ?');
  const released = db.prepare<[FileKind], string>('SELECT hash FROM released WHERE kind = ? ORDER BY hash').pluck();

  return {
    /** Notes what an episode needs no more and what it needs from now on; the last to need a file releases it. */
    changeFilesOf(episode: number, dropped: readonly File[], added: readonly File[]): void {
      for (const { kind, hash } of dropped) {
        drop.run(hash, kind, episode);
        if (needed.get(hash, kind) === undefined) release.run(hash, kind);
      }
      const isWantedAgain = anyReleased.get() !== undefined;
      for (const { kind, hash } of added) {
        add.run(hash, kind, episode);
        if (isWantedAgain) forget.run(hash, kind);
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
