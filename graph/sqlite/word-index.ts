import type { Database } from 'better-sqlite3';
import type { NodeText, TextColumn } from '../texts.js';
import { wordsOf } from '../words.js';

/** A node's words as the full-text index takes them, by its columns. */
export interface NodeWords {
  readonly said: string;
  readonly seen: string;
  readonly name: string;
  readonly echo: string;
}

/** The words of texts; undefined where there are no texts. */
export function wordsIn(texts: readonly NodeText[], isEcho: boolean): NodeWords | undefined {
  if (texts.length === 0) return undefined;
  const words: Record<TextColumn, string> = { said: '', seen: '', name: '' };
  for (const { column, text } of texts) for (const { folded } of wordsOf(text)) words[column] += `${folded} `;
  return isEcho ? { ...words, said: '', echo: words.said } : { ...words, echo: '' };
}

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
