/** MediaPipe's face mesh (Kartynnik et al. 2019), from @vladmandic/human: 468 points of a face in three dimensions. */
import { FabulaError } from '../../schema/errors.js';
import { openGraphModel } from './graph-model.js';
import { pixelInput } from './pixel-input.js';
import type { LoadModel } from './registry.js';

const pointValues = 468 * 3;

export const loadFaceMesh: LoadModel<'faces.mesh'> = async () => {
  const run = await openGraphModel('facemesh');
  return async (picture) => {
    const outputs = run(pixelInput(picture, 1 / 255, 0));
    const points = outputs.find(({ shape }) => shape.at(-1) === pointValues)?.data;
    const confidence = outputs.find(({ shape }) => shape.at(-1) === 1)?.data[0];
    if (!points || confidence === undefined) throw new FabulaError('MODEL_FAILED', 'The face mesh gave no answer.');
    return { points, confidence };
  };
};
