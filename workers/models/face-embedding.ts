/** HSE FaceRes (MIT, github.com/HSE-asavchenko/HSE_FaceRec_tf), from @vladmandic/human: identity, gender and age. */
import { FabulaError } from '../../schema/errors.js';
import { cutSquare, type RgbPicture, squareAround } from '../detectors/rgb-picture.js';
import { cosineDistance, meanOf, toUnitLength } from '../detectors/unit-vector.js';
import { type ModelInput, openGraphModel } from './graph-model.js';
import type { LoadModel } from './registry.js';

/**
 * The model was trained on blue, green, red, less the means of VGG's training pictures (as Caffe has it). Fed with plain
 * red, green, blue, as the package feeds it, it tells people apart far worse and takes everybody for thirty.
 */
const blueGreenRedMeans = [103.939, 116.779, 123.68] as const;

/** Values that the identity layer puts out, and the age's. */
const identityLength = 1024;
const ageLength = 100;

/** A face this many pixels wide still shows who it is, though not every hair. */
const coarseSidePx = 40;

export const loadFaceEmbedding: LoadModel<'faces.embed'> = async () => {
  const run = await openGraphModel('faceres');
  return async (picture) => {
    const outputs = run(asInput([picture, mirrored(picture), coarsened(picture)]));
    const each = (length: number) => {
      const values = outputs.find(({ shape }) => shape.at(-1) === length)?.data;
      if (!values) throw new FabulaError('MODEL_FAILED', 'The face embedding gave no answer.');
      const [plain, mirror, coarse] = [0, 1, 2].map((at) => values.subarray(at * length, (at + 1) * length));
      return { plain: plain ?? values, mirror: mirror ?? values, coarse: coarse ?? values };
    };
    const features = each(identityLength);
    const male = each(1);
    const ages = each(ageLength);
    const plain = direction(features.plain);
    const moved = [features.mirror, features.coarse].map((other) => cosineDistance(plain, direction(other)));
    return {
      embedding: direction(meanOf(features.plain, features.mirror)),
      unsteadiness: moved.reduce((sum, distance) => sum + distance, 0) / moved.length,
      female: 1 - num(meanOf(male.plain, male.mirror), 0),
      age: expected(meanOf(ages.plain, ages.mirror)),
    };
  };
};

function asInput(pictures: readonly RgbPicture[]): ModelInput {
  const [first] = pictures;
  const data = new Float32Array(pictures.reduce((sum, { rgb }) => sum + rgb.length, 0));
  let to = 0;
  for (const { rgb } of pictures)
    for (let from = 0; from < rgb.length; from += 3)
      for (let channel = 0; channel < 3; channel++)
        data[to++] = num(rgb, from + 2 - channel) - num(blueGreenRedMeans, channel);
  return { data, shape: [pictures.length, first?.height ?? 0, first?.width ?? 0, 3] };
}

function mirrored({ rgb, width, height }: RgbPicture): RgbPicture {
  const turned = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      turned.set(rgb.subarray(from, from + 3), (y * width + width - 1 - x) * 3);
    }
  return { rgb: turned, width, height };
}

/** The same picture without its details. */
function coarsened(picture: RgbPicture): RgbPicture {
  const small = cutSquare(picture, squareAround(picture), coarseSidePx);
  return cutSquare(small, squareAround(small), picture.width);
}

/** The features come from a rectifier: their square roots tell more (Hellinger's distance; Arandjelović & Zisserman 2012). */
const direction = (features: Float32Array) => toUnitLength(features.map(Math.sqrt));

/** Mean of a distribution over 0, 1, 2… */
const expected = (shares: Float32Array) => shares.reduce((sum, share, value) => sum + share * value, 0);
const num = (values: ArrayLike<number>, index: number) => values[index] as number;
