import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ModelLimits, openModelHost } from '../../workers/models/child-host.js';
import type { ModelHost } from '../../workers/models/host.js';
import { sessionsOn } from '../../workers/models/sessions.js';

const oneSecond = Float32Array.from({ length: 512 * 31 }, (_, index) => 0.3 * Math.sin(index / 9));
/** Takes the child many seconds, */
const tenMinutes = Float32Array.from({ length: 512 * 18_750 }, (_, index) => 0.3 * Math.sin(index / 9));
/** and this a good part of one. */
const oneMinute = Float32Array.from({ length: 512 * 1875 }, (_, index) => 0.3 * Math.sin(index / 9));

describe('the model host', () => {
  const warnings: string[] = [];
  const notes: string[] = [];
  let host: ModelHost;
  const open = (limits?: Partial<ModelLimits>) => {
    warnings.length = 0;
    notes.length = 0;
    host = openModelHost({
      log: {
        info: (_, message) => notes.push(message),
        warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`),
      },
      limits,
    });
    return host;
  };
  const listen = (samples = oneSecond, signal?: AbortSignal) => host.call('silero.probabilities', { samples }, signal);

  afterEach(() => host.close());

  it('starts its child at the first request and ends it when closed', async () => {
    open();
    equal(host.pidOf('silero.probabilities'), undefined);
    equal((await listen()).probabilities.length, 31);
    const pid = host.pidOf('silero.probabilities');
    ok(pid && isRunning(pid));
    await host.close();
    ok(!isRunning(pid));
    await rejects(listen(), { code: 'CANCELLED' });
  });

  it('carries a recording on from one stretch to the next', async () => {
    open();
    const whole = await listen();
    const first = await listen(oneSecond.subarray(0, 512 * 10));
    const rest = await host.call('silero.probabilities', { samples: oneSecond.subarray(512 * 10), state: first.state });
    deepEqual([...first.probabilities, ...rest.probabilities], [...whole.probabilities]);
  });

  it('answers even if the child is killed over the request', async () => {
    open();
    const expected = await listen(oneMinute);
    const pid = host.pidOf('silero.probabilities');
    ok(pid);
    const answer = listen(oneMinute);
    await sleep(50);
    process.kill(pid, 'SIGKILL');
    deepEqual(await answer, expected);
    notEqual(host.pidOf('silero.probabilities'), pid);
    match(warnings.join(), /SIGKILL/);
  });

  it('starts a new child if the last one died between requests', async () => {
    open();
    await listen();
    process.kill(host.pidOf('silero.probabilities')!, 'SIGKILL');
    equal((await listen()).probabilities.length, 31);
  });

  it('notices a frozen child and answers from another', async () => {
    open({ silentMs: 3000 });
    await listen();
    const pid = host.pidOf('silero.probabilities');
    process.kill(pid!, 'SIGSTOP');
    equal((await listen()).probabilities.length, 31);
    ok(!isRunning(pid!));
  });

  it('gives up with MODEL_FAILED when the second child fails too', async () => {
    open({ silentMs: 1 });
    await rejects(listen(), { code: 'MODEL_FAILED', message: /silent for 0.001 s/ });
  });

  it('replaces a child that holds too much memory, between requests', async () => {
    open({ rssBytes: 1, callsBeforeReplacing: 2 });
    await listen();
    const pid = host.pidOf('silero.probabilities');
    await listen();
    equal(host.pidOf('silero.probabilities'), undefined);
    await listen();
    notEqual(host.pidOf('silero.probabilities'), pid);
    deepEqual(warnings, []);
  });

  it('cancels at once, and goes on with the next request', async () => {
    open();
    await listen();
    const stop = new AbortController();
    const answer = listen(oneMinute, stop.signal);
    const queued = listen(oneMinute, stop.signal);
    const next = listen();
    stop.abort();
    await rejects(answer, { code: 'CANCELLED' });
    await rejects(queued, { code: 'CANCELLED' });
    equal((await next).probabilities.length, 31);
  });

  it('ends its child over a long request that was cancelled, and answers the next from another', async () => {
    open();
    await listen();
    const pid = host.pidOf('silero.probabilities')!;
    const stop = new AbortController();
    const answer = listen(tenMinutes, stop.signal);
    const next = listen();
    await sleep(100);
    stop.abort();
    await rejects(answer, { code: 'CANCELLED' });
    equal((await next).probabilities.length, 31);
    ok(!isRunning(pid));
    notEqual(host.pidOf('silero.probabilities'), pid);
    deepEqual(warnings, []);
  });

  it('keeps its child where a cancelled request is soon answered', async () => {
    open({ unwantedMs: 30_000 });
    await listen();
    const pid = host.pidOf('silero.probabilities');
    const stop = new AbortController();
    const answer = listen(oneMinute, stop.signal);
    await sleep(20);
    stop.abort();
    await rejects(answer, { code: 'CANCELLED' });
    await listen();
    equal(host.pidOf('silero.probabilities'), pid);
  });

  it('has a child on each GPU, which sees no other, and spreads what is asked', async function () {
    if (process.platform !== 'linux') this.skip();
    host = openModelHost({ log: { warn: () => {} }, gpus: ['0', 'GPU-1'] });
    const luma = new Uint8Array(64 * 64);
    const look = () => host.call('ocr.detect', { luma, width: 64, height: 64 });
    await look();
    await look();
    deepEqual(gpusOfChildren(), ['0'], 'one at a time needs but one');
    await Promise.all([look(), look(), look(), look()]);
    deepEqual(gpusOfChildren(), ['0', 'GPU-1']);
    await host.close();
    deepEqual(gpusOfChildren(), []);
  });

  it('has a child that tells nobody what it does: onnxruntime keeps no ledger for its makers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-telemetry-'));
    const before = process.env.TMPDIR;
    try {
      process.env.TMPDIR = folder;
      open();
      await listen();
      await host.close();
      deepEqual(await readdir(folder), []);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      await rm(folder, { recursive: true });
    }
  });

  it('passes on what a model throws', async () => {
    open();
    const input = { samples: oneSecond, state: new Float32Array(3) };
    await rejects(host.call('silero.probabilities', input), { code: 'MODEL_FAILED', message: /silero/ });
  });

  it('says which weights are missing', async () => {
    open();
    const openSession = sessionsOn(['cpu'], () => {});
    await rejects(openSession('/nowhere/voice.onnx'), { code: 'MODEL_MISSING', message: /voice\.onnx/ });
  });

  it('falls back from execution providers that are not there, and says so once, however many children there are', async () => {
    open({ executionProviders: ['cuda', 'cpu'], rssBytes: 1, callsBeforeReplacing: 1 });
    const luma = new Uint8Array(64 * 64);
    for (let child = 1; child <= 2; child++) {
      deepEqual(await host.call('ocr.detect', { luma, width: 64, height: 64 }), { boxes: [] });
      equal(host.pidOf('ocr.detect'), undefined);
    }
    equal(notes.length, 1);
    match(notes.join(), /^cuda cannot be used: .*Failed to load/);
    deepEqual(warnings, []);
  });

  it('tells which execution providers work here, and why the others do not', async () => {
    open();
    const survey = await host.call('providers.survey', null);
    deepEqual(
      survey.map(({ provider }) => provider),
      ['cuda', 'webgpu', 'cpu'],
    );
    for (const { works, reason } of survey) equal(reason === undefined, works);
    ok(survey.at(-1)?.works);
  });

  for (const how of ['', ', even a frozen one'])
    it(`takes its child with it when it is killed${how}`, async function () {
      if (how && process.platform !== 'linux') this.skip();
      open();
      const program = fileURLToPath(new URL('./model-host-parent.fixture.js', import.meta.url));
      const parent = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const [childPid] = (await once(parent, 'message')) as [number];
      ok(isRunning(childPid));
      if (how) process.kill(childPid, 'SIGSTOP');
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      for (let waits = 0; waits < 40 && isRunning(childPid); waits++) await sleep(50);
      ok(!isRunning(childPid));
    });
});

/** What each model child of this process has in CUDA_VISIBLE_DEVICES. */
function gpusOfChildren(): string[] {
  const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  return pids
    .filter((pid) => isRunning(Number(pid)))
    .flatMap(
      (pid) =>
        /^CUDA_VISIBLE_DEVICES=(.*)$/m.exec(readFileSync(`/proc/${pid}/environ`, 'utf8').replaceAll('\0', '\n'))?.[1] ??
        [],
    )
    .toSorted();
}

/** Whether the process lives (one that is dead and not yet buried does not). */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}
