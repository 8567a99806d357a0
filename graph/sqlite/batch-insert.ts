import type { Database } from 'better-sqlite3';

/** A call of a statement costs as much as the row that it inserts, so several rows go into one. */
const rowsAtOnce = 16;

export interface Batch {
  add(...row: unknown[]): void;
  /** Inserts what has been added and is not yet there. */
  flush(): void;
}

/** Inserts many rows of so many columns; each write takes a batch of its own. `insert` is `INSERT … INTO table`. */
export function batchInsert(db: Database, insert: string, columns: number): () => Batch {
  const row = `(${Array(columns).fill('?').join(', ')})`;
  const one = db.prepare(`${insert} VALUES ${row}`);
  const several = db.prepare(`${insert} VALUES ${Array(rowsAtOnce).fill(row).join(', ')}`);
  return () => {
    let values: unknown[] = [];
    return {
      add(...added) {
        values.push(...added);
        if (values.length < columns * rowsAtOnce) return;
        several.run(...values);
        values = [];
      },
      flush() {
        for (let at = 0; at < values.length; at += columns) one.run(...values.slice(at, at + columns));
        values = [];
      },
    };
  };
}
