import type { Database } from 'better-sqlite3';
import { type Asking, DatabaseThread } from './database-thread.js';

/** Fewest pages that are worth waiting until the disk has them. */
const worthwhilePages = 2_000;

/** How many nodes are written between two looks at the log. */
const betweenLooks = 10_000;

interface Log {
  /** Pages in the log, and those of them that the file has too. */
  readonly log: number;
  readonly checkpointed: number;
}

export const checkpointVerbs = (db: Database) => ({
  /** Copies what the log holds into the file, where that is much; nobody waits for it or is made to wait. */
  checkpoint(): void {
    const [{ log, checkpointed } = { log: 0, checkpointed: 0 }] = db.pragma('wal_checkpoint(NOOP)') as Log[];
    if (log - checkpointed >= worthwhilePages) db.pragma('wal_checkpoint(PASSIVE)');
  },
});

/**
 * Has the log copied into the file by a thread of its own while the writer goes on; otherwise, every few films, it
 * would wait until the disk has them. The thread is started by the first large write. It is of no account for what is
 * safe: a writer that finds a long log checkpoints it itself (`database.ts`), which is also when the log starts anew.
 */
export function checkpointer(file: string) {
  let thread: Promise<Asking<'checkpoints'>> | undefined;
  let unseen = 0;
  let isAsked = false;

  const ask = async (): Promise<void> => {
    isAsked = true;
    try {
      thread ??= DatabaseThread.open(file, 'checkpoints');
      await (await thread).ask('checkpoint');
    } catch {
      // SQLite makes nothing of a checkpoint that fails, either: the log still holds everything.
    } finally {
      isAsked = false;
    }
  };

  return {
    /** Says how many nodes were written just now. */
    written(nodes: number): void {
      unseen += nodes;
      if (unseen < betweenLooks || isAsked) return;
      unseen = 0;
      void ask();
    },
    async close(): Promise<void> {
      const opened = await thread?.catch(() => undefined);
      await opened?.close();
    },
  };
}
