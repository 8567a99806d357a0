/**
 * Models in TensorFlow.js form, run by WebAssembly (SIMD, one thread) in this process, from the files of
 * @vladmandic/human. That package's own pipeline is not used: it reads all of every face at each frame.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import { installModels } from './catalogue.js';

export interface ModelInput {
  readonly data: Float32Array | Int32Array;
  readonly shape: number[];
}

/** A loaded model: one input in, the wanted outputs out, each with its shape. */
export type RunGraph = (input: ModelInput) => { readonly shape: readonly number[]; readonly data: Float32Array }[];

const modelSchema = z.looseObject({
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(z.looseObject({ weights: z.array(z.looseObject({})) })),
});

/** Loads a model of the package by its file's name; `outputs` by name, or all. MODEL_MISSING when it is not there. */
export async function openGraphModel(name: string, outputs?: readonly string[]): Promise<RunGraph> {
  await backend();
  const folder = join(dirname(packageFile('@vladmandic/human')), '..', 'models');
  const [json, weights] = await Promise.all([read(join(folder, `${name}.json`)), read(join(folder, `${name}.bin`))]);
  const { weightsManifest, ...rest } = modelSchema.parse(JSON.parse(json.toString('utf8')));
  const artifacts = {
    ...rest,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(weights).buffer,
  } as unknown as tf.io.ModelArtifacts;
  const model = await loadGraphModel({ load: async () => artifacts });
  return (input) => run(model, input, outputs);
}

function run(model: GraphModel, { data, shape }: ModelInput, outputs: readonly string[] | undefined) {
  return tf.tidy(() => {
    const input = tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32');
    const answer = model.execute(input, outputs && [...outputs]);
    const tensors = Array.isArray(answer) ? answer : [answer as tf.Tensor];
    return tensors.map((tensor) => ({ shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) }));
  });
}

/** Tensors that are alive in this process. */
export const tensorCount = () => tf.memory().numTensors;

let started: Promise<void> | undefined;
function backend(): Promise<void> {
  started ??= startBackend();
  return started;
}

async function startBackend(): Promise<void> {
  // Node's fetch refuses files, and the backend asks for its program by fetch.
  tf.env().platform.fetch = async (path: string) =>
    new Response(new Uint8Array(await read(path)), { headers: { 'content-type': 'application/wasm' } });
  setWasmPaths(join(dirname(packageFile('@tensorflow/tfjs-backend-wasm')), '/'));
  if (!(await tf.setBackend('wasm'))) throw new FabulaError('MODEL_FAILED', 'WebAssembly could not be started.');
}

const packageFile = (name: string) => createRequire(import.meta.url).resolve(name);

const read = (path: string) =>
  readFile(path).catch((cause) => {
    throw new FabulaError('MODEL_MISSING', 'A file of the face models is not there.', `Run ${installModels}.`, {
      cause,
    });
  });
