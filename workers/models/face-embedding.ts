/** HSE FaceRes (MIT, github.com/HSE-asavchenko/HSE_FaceRec_tf), from @vladmandic/human: identity, gender and age. */
import { FabulaError } from '../../schema/errors.js';
import { openGraphModel } from './graph-model.js';
import { pixelInput } from './pixel-input.js';
import type { LoadModel } from './registry.js';

export const loadFaceEmbedding: LoadModel<'faces.embed'> = async () => {
  const run = await openGraphModel('faceres');
  return async (picture) => {
    const outputs = run(pixelInput(picture, 1, 0));
    const values = (length: number) => outputs.find(({ shape }) => shape.at(-1) === length)?.data;
    const [embedding, male, ages] = [values(1024), values(1)?.[0], values(100)];
    if (!embedding || male === undefined || !ages)
      throw new FabulaError('MODEL_FAILED', 'The face embedding gave no answer.');
    return { embedding: toUnitLength(embedding), female: 1 - male, age: expected(ages) };
  };
};

export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** Mean of a distribution over 0, 1, 2… */
const expected = (shares: Float32Array) => shares.reduce((sum, share, value) => sum + share * value, 0);
