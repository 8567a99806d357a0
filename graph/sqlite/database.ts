import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { FabulaError } from '../../schema/errors.js';
import { migrations } from './migrations.js';

/** How long a writer waits for another process's write, in milliseconds. */
const busyTimeoutMs = 15_000;

/**
 * From how long a log on its writer copies it into the file itself, if nobody else has (`checkpoints.ts`): it waits for
 * the disk then, and a film writes some thousand pages.
 */
const checkpointPages = 16_000;

/** `PRAGMA application_id` of our files: the letters “Fabu”. */
const applicationId = 0x46616275;

/**
 * Opens (and makes) the file and brings its tables up to date. STORE_TOO_NEW when a newer Fabula wrote it. WAL lets
 * readers go on during a write; a write that was answered survives the death of the process.
 */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true });
  checkAccess(file);
  const db = new Sqlite(file, { timeout: busyTimeoutMs });
  try {
    // In one statement: another opener may be making the tables right now.
    const foreign = 'SELECT count(*) FROM sqlite_master WHERE (SELECT application_id FROM pragma_application_id) <> ?';
    if (db.prepare(foreign).pluck().get(applicationId) !== 0)
      throw new FabulaError('STORE_UNAVAILABLE', 'The graph’s file belongs to some other program.');
    inWalMode(db);
    db.pragma('synchronous = NORMAL');
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** SQLite says CANTOPEN for all that is wrong with a path; the file system tells what is forbidden. */
function checkAccess(file: string): void {
  for (const path of [file, dirname(file)]) if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
}

/** Changing the mode does not wait for other openers as transactions do, so it is asked for again. */
function inWalMode(db: Database): void {
  for (let attempt = 1; ; attempt++)
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (attempt === 100 || !String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
}

function migrate(db: Database): void {
  const version = () => db.pragma('user_version', { simple: true }) as number;
  const steps = db.transaction(() => {
    for (const step of migrations.slice(version()))
      if (typeof step === 'string') db.exec(step);
      else step(db);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migrations.length}`);
  });
  if (version() < migrations.length) steps.immediate();
  if (version() > migrations.length)
    throw new FabulaError(
      'STORE_TOO_NEW',
      `The graph was written by a newer Fabula (schema ${version()}; this one knows ${migrations.length}).`,
      'Update Fabula.',
    );
}
