import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  type ExecutionProvider,
  type ProviderFailure,
  providersFor,
  reasonOf,
} from '../../workers/models/execution-providers.js';
import { sessionsOn } from '../../workers/models/sessions.js';
import { float, node, onnxModel, value } from './tiny-onnx.fixture.js';

describe('sessions', () => {
  let folder: string;
  let model: string;
  const failures: ProviderFailure[] = [];
  const note = (failure: ProviderFailure) => failures.push(failure);
  const twice = { x: new Tensor('float32', Float32Array.of(3, 4), [2]) };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-sessions-'));
    model = join(folder, 'twice.onnx');
    const graph = { inputs: [value('x', float, ['n'])], outputs: [value('y', float, ['n'])], constants: [] };
    await writeFile(model, onnxModel({ ...graph, nodes: [node('Add', ['x', 'x'], 'y')] }));
    await writeFile(join(folder, 'copy.onnx'), onnxModel({ ...graph, nodes: [node('Add', ['x', 'x'], 'y')] }));
    await writeFile(join(folder, 'broken.onnx'), 'no model');
  });
  beforeEach(() => failures.splice(0));
  after(() => rm(folder, { recursive: true }));

  /** Onnxruntime on the CPU, under the name of a GPU that starts and then fails. */
  const tried: string[] = [];
  const failing = async (path: string, provider: ExecutionProvider) => {
    tried.push(provider);
    const session = await InferenceSession.create(path, { executionProviders: ['cpu'], logSeverityLevel: 3 });
    if (provider === 'cpu') return session;
    return Object.assign(session, { run: () => Promise.reject(new Error('Failed to allocate memory')) });
  };

  it('try the providers of a device in order, and always end at the CPU', () => {
    deepEqual(providersFor('auto'), ['cuda', 'webgpu', 'cpu']);
    deepEqual(providersFor('webgpu'), ['webgpu', 'cpu']);
    deepEqual(providersFor('cpu'), ['cpu']);
  });

  it('take the next provider when one is not there, and do not try that one again', async () => {
    const asked: string[] = [];
    const open = sessionsOn(['cuda', 'webgpu', 'cpu'], note, async (path, provider) => {
      asked.push(provider);
      if (provider !== 'cpu') throw new Error(`no ${provider}`);
      return InferenceSession.create(path, { executionProviders: ['cpu'] });
    });
    for (const name of ['twice.onnx', 'copy.onnx']) {
      const { y } = await (await open(join(folder, name))).run(twice);
      deepEqual([...((y?.data ?? []) as Float32Array)], [6, 8]);
    }
    deepEqual(asked, ['cuda', 'webgpu', 'cpu', 'cpu']);
    deepEqual(failures, [
      { provider: 'cuda', at: 'start', model: 'twice.onnx', reason: 'no cuda' },
      { provider: 'webgpu', at: 'start', model: 'twice.onnx', reason: 'no webgpu' },
    ]);
  });

  it('do not hold it against a provider that a model is broken', async () => {
    const asked: string[] = [];
    const open = sessionsOn(['webgpu', 'cpu'], note, (path, provider) => {
      asked.push(provider);
      return InferenceSession.create(path, { executionProviders: ['cpu'], logSeverityLevel: 4 });
    });
    await rejects(open(join(folder, 'broken.onnx')), { code: 'MODEL_FAILED', message: /broken\.onnx could not be/ });
    await open(model);
    deepEqual(asked, ['webgpu', 'cpu', 'webgpu']);
    deepEqual(failures, []);
  });

  it('run a model on the CPU from then on when the GPU fails under it, and say so once', async () => {
    tried.length = 0;
    const session = await sessionsOn(['webgpu', 'cpu'], note, failing)(model);
    for (let times = 1; times <= 3; times++) {
      const { y } = await session.run(twice);
      deepEqual([...((y?.data ?? []) as Float32Array)], [6, 8]);
    }
    deepEqual(tried, ['webgpu', 'cpu']);
    deepEqual(failures, [{ provider: 'webgpu', at: 'run', model: 'twice.onnx', reason: 'Failed to allocate memory' }]);
  });

  it('keep a model on the GPU when the input is at fault', async () => {
    const session = await sessionsOn(['webgpu', 'cpu'], note, failing)(model);
    await rejects(session.run({ wrong: twice.x }), /allocate/);
    deepEqual(failures, []);
  });

  it('give a model that asks for it to the CPU at once', async () => {
    tried.length = 0;
    await sessionsOn(['cuda', 'cpu'], note, failing)(model, { onCpu: true });
    deepEqual(tried, ['cpu']);
  });

  it('tell what went wrong in one line without the paths of the machine', () => {
    const said =
      '/onnxruntime_src/core/webgpu_context.cc:136 lambda adapter_result.status == Success was false. No GPU at /usr/lib/x.so\n';
    equal(reasonOf(new Error(said)), 'No GPU at …');
    match(reasonOf('one\ntwo'), /^one$/);
  });
});
