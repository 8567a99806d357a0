import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { type Artifacts, openArtifacts } from '../../workers/artifacts.js';
import type { StageName } from '../../workers/findings.js';
import { runStages, type StageProgress } from '../../workers/run-stages.js';
import type { Stage, StageContext } from '../../workers/stage.js';

const sha256 = 'a'.repeat(64);

describe('runStages', () => {
  let folder: string;
  let artifacts: Artifacts;
  let calls: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-test-'));
    artifacts = openArtifacts(folder);
    calls = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const stage = (
    name: StageName,
    needs: StageName[],
    run: (context: StageContext) => unknown = () => ({ from: name }),
    version = '1',
  ): Stage =>
    ({
      name,
      version,
      needs,
      settings: (settings: object) => (name === 'cues' ? settings : null),
      run: async (context: StageContext) => {
        calls.push(name);
        return run(context);
      },
    }) as unknown as Stage;

  const run = (stages: Stage[], settings = {}, signal = new AbortController().signal) => {
    const progress: StageProgress[] = [];
    const context = { film: { path: '/film', sha256 }, settings } as unknown as Omit<
      StageContext,
      'progress' | 'signal'
    >;
    const findings = runStages({ stages, artifacts, context, signal, onProgress: (step) => progress.push(step) });
    return { findings, progress };
  };

  const three = () => [stage('probe', []), stage('shots', ['probe']), stage('cues', ['probe', 'shots'])];

  it('runs stages after what they need and gives all findings', async () => {
    const findings = await run(three()).findings;
    assert.deepEqual(calls, ['probe', 'shots', 'cues']);
    assert.deepEqual(findings.cues, { from: 'cues' });
  });

  it('keeps findings: a second run calls no stage and gives the same', async () => {
    const first = await run(three()).findings;
    calls = [];
    const second = run(three());
    assert.deepEqual(await second.findings, first);
    assert.deepEqual(calls, []);
    assert.deepEqual(
      second.progress.map((step) => step.state),
      ['kept', 'kept', 'kept'],
    );
  });

  it('runs again just what a new version or setting touches, and what reads it', async () => {
    await run(three()).findings;
    calls = [];
    await run(three(), { subtitles: 'x' }).findings;
    assert.deepEqual(calls, ['cues']);
    calls = [];
    await run([stage('probe', []), stage('shots', ['probe'], undefined, '2'), stage('cues', ['shots'])]).findings;
    assert.deepEqual(calls, ['shots', 'cues']);
  });

  it('goes on from the finished stages after a failure', async () => {
    const failing = [stage('probe', []), stage('shots', ['probe'], () => Promise.reject(new Error('lost')))];
    await assert.rejects(run(failing).findings, /lost/);
    calls = [];
    await run(three()).findings;
    assert.deepEqual(calls, ['shots', 'cues']);
  });

  it('stops the others at the first failure and throws that one, not their cancellation', async () => {
    let stopped = false;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const waiting = stage(
      'sound',
      [],
      ({ signal }) =>
        new Promise((_, reject) => {
          begin();
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(new FabulaError('CANCELLED', 'stopped'));
          });
        }),
    );
    const failing = stage('shots', [], async () => {
      await begun;
      throw new FabulaError('FFMPEG_FAILED', 'broken');
    });
    await assert.rejects(run([waiting, failing]).findings, { code: 'FFMPEG_FAILED' });
    assert.ok(stopped);
  });

  it('uses a passing finding but does not keep it, nor what was made of it for the one that is sought', async () => {
    let passing = true;
    const stages = () => [
      stage('cues', [], () => (passing ? { from: 'half', passing } : { from: 'whole' })),
      stage('events', ['cues'], () => ({ passing: undefined })),
    ];
    assert.deepEqual((await run(stages()).findings).cues, { from: 'half', passing: true });
    passing = false;
    assert.deepEqual((await run(stages()).findings).cues, { from: 'whole' });
    await run(stages()).findings;
    assert.deepEqual(calls, ['cues', 'events', 'cues', 'events']);
  });

  it('makes a damaged artifact again', async () => {
    await run(three()).findings;
    const names = await readdir(join(folder, sha256));
    await writeFile(join(folder, sha256, names.find((name) => name.startsWith('shots'))!), '{"from": "sho');
    calls = [];
    assert.deepEqual((await run(three()).findings).shots, { from: 'shots' });
    assert.deepEqual(calls, ['shots']);
  });

  it('leaves no half-written artifact behind a stage that was cancelled', async () => {
    const stop = new AbortController();
    const slow = stage(
      'probe',
      [],
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new FabulaError('CANCELLED', 'stopped')));
          stop.abort();
        }),
    );
    await assert.rejects(run([slow], {}, stop.signal).findings, { code: 'CANCELLED' });
    assert.deepEqual(await readdir(folder), []);
  });
});
