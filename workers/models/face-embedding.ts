/** HSE FaceRes (MIT, github.com/HSE-asavchenko/HSE_FaceRec_tf), from @vladmandic/human: identity, gender and age. */
import { FabulaError } from '../../schema/errors.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import { cosineDistance, meanOf, toUnitLength } from '../detectors/unit-vector.js';
import { type ModelInput, openGraphModel } from './graph-model.js';
import type { LoadModel } from './registry.js';

/**
 * The model was trained on blue, green, red, less the means of VGG's training pictures (as Caffe has it). Fed with plain
 * red, green, blue, as the package feeds it, it tells people apart far worse and takes everybody for thirty.
 */
const blueGreenRedMeans = [103.939, 116.779, 123.68] as const;

/** Values that the identity layer, the gender's and the age's put out. */
const identityLength = 1024;
const ageLength = 100;

export const loadFaceEmbedding: LoadModel<'faces.embed'> = async () => {
  const run = await openGraphModel('faceres');
  return async (picture) => {
    const outputs = run(asItIsAndMirrored(picture));
    const both = (length: number) => {
      const values = outputs.find(({ shape }) => shape.at(-1) === length)?.data;
      if (!values) throw new FabulaError('MODEL_FAILED', 'The face embedding gave no answer.');
      return [values.subarray(0, length), values.subarray(length)] as const;
    };
    const [asItIs, mirrored] = both(identityLength);
    const [[male = 0.5], [maleMirrored = 0.5]] = both(1);
    return {
      embedding: direction(meanOf(asItIs, mirrored)),
      mirrorDistance: cosineDistance(direction(asItIs), direction(mirrored)),
      female: 1 - (male + maleMirrored) / 2,
      age: expected(meanOf(...both(ageLength))),
    };
  };
};

/** A face and its mirror image are the same person: two readings for the model, one face for us. */
function asItIsAndMirrored({ rgb, width, height }: RgbPicture): ModelInput {
  const data = new Float32Array(2 * rgb.length);
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0; x < width; x++, from += 3) {
      const mirrored = rgb.length + (y * width + width - 1 - x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = num(rgb, from + 2 - channel) - num(blueGreenRedMeans, channel);
        data[from + channel] = value;
        data[mirrored + channel] = value;
      }
    }
  return { data, shape: [2, height, width, 3] };
}

/** The features come from a rectifier: their square roots tell more (Hellinger's distance; Arandjelović & Zisserman 2012). */
const direction = (features: Float32Array) => toUnitLength(features.map(Math.sqrt));

/** Mean of a distribution over 0, 1, 2… */
const expected = (shares: Float32Array) => shares.reduce((sum, share, value) => sum + share * value, 0);
const num = (values: ArrayLike<number>, index: number) => values[index] as number;
