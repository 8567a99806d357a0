import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelHost } from '../../workers/models/child-host.js';
import { damagedFiles, readManifest, readSoundManifest } from '../../workers/models/manifest.js';
import { findPulledModels } from '../../workers/models/pulled-models.js';
import { writeTinyWhisper } from './tiny-whisper.fixture.js';

describe('pulled models', () => {
  let models: string;
  beforeEach(async () => {
    models = await mkdtemp(join(tmpdir(), 'fabula-models-'));
  });
  afterEach(() => rm(models, { recursive: true }));

  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  async function pull(name: string, change: object = {}): Promise<string> {
    const folder = join(models, name);
    await mkdir(join(folder, 'onnx'), { recursive: true });
    await writeFile(join(folder, 'onnx/encoder.onnx'), 'weights');
    const file = { path: 'onnx/encoder.onnx', url: 'https://example.org/e', sha256: sha256('weights'), bytes: 7 };
    const source = 'https://example.org/';
    const manifest = { name, task: 'TRANSCRIBE', purpose: 'speech', licence: 'MIT', source, files: [file], ...change };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    return folder;
  }

  it('are found by their task when they are whole', async () => {
    deepEqual(await findPulledModels(models), {});
    deepEqual(await findPulledModels(join(models, 'nowhere')), {});
    const half = await pull('half');
    await writeFile(join(half, 'onnx/encoder.onnx'), 'wei');
    deepEqual(await findPulledModels(models), {});
    await pull('my-whisper');
    const found = await findPulledModels(models);
    equal(found.TRANSCRIBE?.name, 'my-whisper');
    match(found.TRANSCRIBE?.version ?? '', /^[\da-f]{12}$/);
    await rejects(readManifest(half), {
      code: 'MODEL_MISSING',
      message: /half lacks onnx\/encoder/,
      hint: 'Run `fabula models pull half`.',
    });
  });
  it('are taken in the order of the list, and have another version when a byte is another', async () => {
    for (const name of ['a-whisper', 'whisper-base', 'whisper-small']) await pull(name);
    equal((await findPulledModels(models)).TRANSCRIBE?.name, 'whisper-small');
    await rm(join(models, 'whisper-small'), { recursive: true });
    const { TRANSCRIBE: before } = await findPulledModels(models);
    equal(before?.name, 'whisper-base');
    const other = { path: 'onnx/encoder.onnx', url: 'https://example.org/e', sha256: sha256('Weights'), bytes: 7 };
    await pull('whisper-base', { files: [other] });
    notEqual((await findPulledModels(models)).TRANSCRIBE?.version, before?.version);
  });
  it('are refused when they are changed', async () => {
    const folder = await pull('whisper-base');
    await readSoundManifest(folder);
    await writeFile(join(folder, 'onnx/encoder.onnx'), 'Weights');
    await rejects(readSoundManifest(folder), { code: 'MODEL_MISSING', hint: /models pull whisper-base/ });
  });
  it('may not reach out of their folder', async () => {
    const file = { path: '../other/x', url: 'https://example.org/e', sha256: sha256(''), bytes: 1 };
    await rejects(readManifest(await pull('bad', { files: [file] })), {
      code: 'MODEL_MISSING',
      message: /cannot be read/,
    });
  });
  it('are verified by content', async () => {
    const folder = await pull('whisper-base');
    deepEqual(await damagedFiles(folder), []);
    await writeFile(join(folder, 'onnx/encoder.onnx'), 'Weights');
    deepEqual(await damagedFiles(folder), ['onnx/encoder.onnx']);
  });

  it('say what Whisper lacks: its weights, or the package that runs them', async () => {
    const host = openModelHost({ log: { warn: () => {} } });
    const ask = (folder: string) => host.call('whisper.transcribe', { samples: new Float32Array(16_000), folder });
    try {
      await rejects(ask(join(models, 'nowhere')), { code: 'MODEL_MISSING', message: /nowhere is not here/ });
      await rejects(ask(await pull('whisper-base')), { code: 'MODEL_MISSING', hint: /npm install --prefix/ });
    } finally {
      await host.close();
    }
  });

  it('run as Whisper where @huggingface/transformers is installed', async function () {
    const packages = process.env.FABULA_TEST_TRANSFORMERS;
    if (packages === undefined) {
      console.log('      (skipped: FABULA_TEST_TRANSFORMERS names no node_modules folder that has the package)');
      return this.skip();
    }
    await symlink(packages, join(models, 'node_modules'));
    const folder = join(models, 'tiny-whisper');
    await writeTinyWhisper(folder, 'tiny-whisper');
    deepEqual(await damagedFiles(folder), []);
    const host = openModelHost({ log: { warn: () => {} } });
    const samples = Float32Array.from({ length: 80_000 }, (_, index) => Math.sin(index / 9));
    const segments = [{ startMs: 0, endMs: 800, text: 'hello world' }];
    try {
      deepEqual(await host.call('whisper.transcribe', { samples, folder }), { language: 'zh', segments });
      deepEqual(await host.call('whisper.transcribe', { samples, folder, language: 'en' }), {
        language: 'en',
        segments,
      });
    } finally {
      await host.close();
    }
  });
});
