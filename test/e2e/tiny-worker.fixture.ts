/**
 * A worker process whose jobs are tiny: `node tiny-worker.fixture.js STORE REDIS LEDGER CONCURRENCY [LEASE_MS]`. The title of what
 * is to be analysed says how to go about it, and the ledger gets a line for each job begun and each brought to its end.
 */
import { appendFileSync, createReadStream } from 'node:fs';
import { setTimeout as passed } from 'node:timers/promises';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { FabulaError } from '../../schema/errors.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import type { JobHandlers } from '../../workers/job-handlers.js';
import { runFfmpeg } from '../../workers/media/ffmpeg.js';
import { openModelHost } from '../../workers/models/child-host.js';
import { openBullCarrier } from '../../workers/queue/bull.js';

export interface TinyWork {
  readonly ms?: number;
  /** Fails with this code, the first `failures` times. */
  readonly code?: 'REMOTE_FAILED' | 'MEDIA_NOT_VIDEO';
  readonly failures?: number;
  /** Kills its worker. */
  readonly dies?: boolean;
  /** Has ffmpeg, or a model, at work for about so many seconds. */
  readonly ffmpegSeconds?: number;
  readonly modelSeconds?: number;
}

const [file = '', url = '', ledger = '', concurrency = '1', leaseMs] = process.argv.slice(2);
const log = {
  info: () => {},
  warn: (fields: object, message: string) => appendFileSync(ledger, `log ${message} ${JSON.stringify(fields)}\n`),
};
const models = openModelHost({ log, limits: { silentMs: 8_000 } });
const realTime = (seconds: number) => ({
  input: createReadStream('/dev/zero', { end: 64 * 64 * 10 * seconds - 1 }),
  inputOptions: ['-re', '-f', 'rawvideo', '-s', '64x64', '-r', '10', '-pix_fmt', 'gray'],
  outputOptions: ['-f', 'rawvideo'],
});
const failed = new Map<string, number>();
const handlers: Partial<JobHandlers> = {
  async ANALYZE({ media, title }, { signal, confirmHeld, log: said }) {
    const work = JSON.parse(title ?? '{}') as TinyWork;
    const { ms = 0, code, failures = Number.POSITIVE_INFINITY, ffmpegSeconds, modelSeconds } = work;
    appendFileSync(ledger, `begin ${media.path} ${process.pid}\n`);
    if (work.dies) process.kill(process.pid, 'SIGKILL');
    await passed(ms, undefined, { signal });
    if (ffmpegSeconds !== undefined) await runFfmpeg({ ...realTime(ffmpegSeconds), signal, stallMs: 4_000 });
    if (modelSeconds !== undefined) {
      // A minute of sound takes about .3 s.
      const samples = new Float32Array(512 * Math.round(modelSeconds * 6_000));
      await models.call('silero.probabilities', { samples }, signal, said);
    }
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
const bench = {
  store,
  handlers,
  news: carrier.news,
  log,
  retryAfterMs: (failures: number) => [200, 400][failures],
  ...(leaseMs && { leaseMs: Number(leaseMs) }),
};
const worker = carrier.startWorker(bench, Number(concurrency));
process.once('SIGTERM', async () => {
  await worker.close();
  await models.close();
  await carrier.close();
  await store.close();
});
process.stdout.write('ready\n');
