import type { Database } from 'better-sqlite3';
import type { NodeWords } from '../texts.js';

/** Puts words into the full-text index and takes them out again. */
export function wordIndex(db: Database) {
  const insert = db.prepare('INSERT INTO words (rowid, said, seen, name, echo, scope) VALUES (?, ?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM words WHERE rowid = ?');
  return {
    insert(row: number | undefined, { said, seen, name, echo }: NodeWords, scope: string): void {
      insert.run(row, said, seen, name, echo, scope);
    },
    remove(row: number): void {
      remove.run(row);
    },
  };
}
