/** The inside of a database thread: opens the file, and answers one verb after another. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { FabulaError } from '../../schema/errors.js';
import { occurrencesOf, phrasesOf, wordsOf } from '../words.js';
import { checkpointVerbs } from './checkpoints.js';
import { openDatabase } from './database.js';
import { duringReads } from './during.js';
import { editReads } from './edits.js';
import { episodeReads, seriesWrites } from './episode-reads.js';
import { episodeWrites } from './episode-writes.js';
import { facetReads } from './facets.js';
import { type Failure, failureOf } from './failures.js';
import { fileLedger } from './files.js';
import { groundsReads } from './grounds.js';
import { highlightReads } from './highlights.js';
import { jobReads } from './job-reads.js';
import { jobWrites } from './job-writes.js';
import { listReads } from './lists.js';
import { neighbourReads } from './neighbours.js';
import { searchReads } from './search.js';
import { callSlots } from './stopping.js';

export type Role = 'reads' | 'writes' | 'checkpoints';

/** How much of the file readers see in place, in bytes, where the kernel holds it; what lies beyond they copy, page by page. */
const mappedBytes = 2 ** 30;

/** After so many milliseconds of work, answers to reads no longer wait for the next, to share a message with it. */
const longestMs = 1;

const readVerbs = (db: Database, isStopped: () => boolean) => {
  db.pragma(`mmap_size = ${mappedBytes}`);
  db.function('still_wanted', { deterministic: false }, () => {
    if (isStopped()) throw new FabulaError('CANCELLED', 'Nobody waits for this any more.');
    return 1;
  });
  db.function('has_words', { deterministic: true }, (text, query) => {
    if (typeof text !== 'string' || typeof query !== 'string') return 0;
    const words = wordsOf(text);
    return Number(phrasesOf(query).every((phrase) => occurrencesOf(phrase, words).length > 0));
  });
  const ping = db.prepare('SELECT count(*) FROM clock');
  return {
    ...episodeReads(db),
    ...listReads(db),
    ...highlightReads(db),
    ...duringReads(db),
    ...neighbourReads(db),
    ...searchReads(db),
    ...facetReads(db),
    ...editReads(db),
    ...groundsReads(db),
    ...jobReads(db),
    releasedFiles: fileLedger(db).releasedFiles,
    ping: (): void => void ping.get(),
  };
};

const writeVerbs = (db: Database) => ({
  ...episodeWrites(db),
  ...seriesWrites(db),
  ...jobWrites(db),
  forgetReleasedFiles: fileLedger(db).forgetReleasedFiles,
});

/** What each role answers; the host knows a thread by this type only. */
export interface Verbs {
  readonly reads: ReturnType<typeof readVerbs>;
  readonly writes: ReturnType<typeof writeVerbs>;
  readonly checkpoints: ReturnType<typeof checkpointVerbs>;
}

/** What the thread is asked, in lists; what it answers, in lists. */
export interface Call {
  readonly call: number;
  readonly verb: string;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly call: number;
  readonly answer?: unknown;
  readonly failure?: Failure;
}

const port = parentPort;
if (port) {
  const { file, role, stopped } = workerData as { file: string; role: Role; stopped: SharedArrayBuffer };
  const slots = callSlots(stopped);
  let current = 0;
  try {
    const db = openDatabase(file);
    let answers: Answer[] = [];
    const send = () => {
      if (answers.length === 0) return;
      const sent = answers;
      answers = [];
      try {
        port.postMessage(sent);
      } catch (error) {
        port.postMessage(sent.map(({ call }) => ({ call, failure: failureOf(error) })));
      }
    };
    const made: { readonly [R in Role]: () => Verbs[R] } = {
      reads: () =>
        readVerbs(db, () => {
          // One that takes long asks so; what is answered does not wait for it.
          send();
          return slots.isStopped(current);
        }),
      writes: () => writeVerbs(db),
      checkpoints: () => checkpointVerbs(db),
    };
    const verbs: Record<string, (...args: never[]) => unknown> = made[role]();
    const answerTo = ({ call, verb, args }: Call): Answer => {
      current = call;
      try {
        return { call, answer: verbs[verb]?.(...(args as never[])) };
      } catch (error) {
        return { call, failure: failureOf(error) };
      }
    };
    const answerAll = (calls: readonly Call[]): void => {
      let since = performance.now();
      for (const call of calls) {
        // Reads that waited their turn in vain; a write may be half of a change.
        if (role === 'reads' && slots.isStopped(call.call)) continue;
        // Not in one line: while it is found, `answers` may be sent, and be others.
        const answer = answerTo(call);
        answers.push(answer);
        if (role === 'reads' && performance.now() - since < longestMs) continue;
        send();
        since = performance.now();
      }
      send();
    };
    port.on('message', (message: readonly Call[] | 'close') => {
      if (message !== 'close') return answerAll(message);
      db.close();
      port.close();
    });
    port.postMessage([{ call: 0 }]);
  } catch (error) {
    port.postMessage([{ call: 0, failure: failureOf(error) }]);
    port.close();
  }
}
