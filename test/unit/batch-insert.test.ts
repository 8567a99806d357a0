import assert from 'node:assert/strict';
import Sqlite from 'better-sqlite3';
import { batchInsert } from '../../graph/sqlite/batch-insert.js';

describe('a batch of rows', () => {
  const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => ({ n, name: `row ${n}` }));
  for (const count of [0, 1, 15, 16, 17, 40])
    it(`of ${count} is inserted whole and in order`, () => {
      const db = new Sqlite(':memory:');
      db.exec('CREATE TABLE made (n INTEGER, name TEXT)');
      const batch = batchInsert(db, 'INSERT INTO made', 2)();
      for (const { n, name } of rowsOf(count)) batch.add(n, name);
      batch.flush();
      batch.flush();
      assert.deepEqual(db.prepare('SELECT n, name FROM made ORDER BY rowid').all(), rowsOf(count));
      db.close();
    });
});
