/**
 * A worker process whose jobs are tiny: `node tiny-worker.fixture.js STORE REDIS LEDGER CONCURRENCY`. The title of what
 * is to be analysed says how to go about it, and the ledger gets a line for each job begun and each brought to its end.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as passed } from 'node:timers/promises';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { FabulaError } from '../../schema/errors.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import type { JobHandlers } from '../../workers/job-handlers.js';
import { openBullCarrier } from '../../workers/queue/bull.js';

export interface TinyWork {
  readonly ms?: number;
  /** Fails with this code, the first `failures` times. */
  readonly code?: 'REMOTE_FAILED' | 'MEDIA_NOT_VIDEO';
  readonly failures?: number;
}

const [file = '', url = '', ledger = '', concurrency = '1'] = process.argv.slice(2);
const log = {
  info: () => {},
  warn: (fields: object, message: string) => appendFileSync(ledger, `log ${message} ${JSON.stringify(fields)}\n`),
};
const failed = new Map<string, number>();
const handlers: Partial<JobHandlers> = {
  async ANALYZE({ media, title }, { signal, confirmHeld }) {
    const { ms = 0, code, failures = Number.POSITIVE_INFINITY } = JSON.parse(title ?? '{}') as TinyWork;
    appendFileSync(ledger, `begin ${media.path} ${process.pid}\n`);
    await passed(ms, undefined, { signal });
    const before = failed.get(media.path) ?? 0;
    failed.set(media.path, before + 1);
    if (code && before < failures) throw new FabulaError(code, 'As the test wants it.');
    await confirmHeld();
    signal.throwIfAborted();
    appendFileSync(ledger, `end ${media.path} ${process.pid}\n`);
    return { result: { by: process.pid } };
  },
};
const store = await openSqliteStore({ file, derive: deriveNarrative });
const carrier = await openBullCarrier(url, log);
const bench = { store, handlers, news: carrier.news, log, retryAfterMs: (failures: number) => [200, 400][failures] };
const worker = carrier.startWorker(bench, Number(concurrency));
process.once('SIGTERM', async () => {
  await worker.close();
  await carrier.close();
  await store.close();
});
process.stdout.write('ready\n');
