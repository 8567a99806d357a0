/** Arriaga et al. 2017 (MIT, github.com/oarriaga/face_classification), from @vladmandic/human: what a face shows. */
import { cutSquare, squareAround } from '../detectors/rgb-picture.js';
import { openGraphModel } from './graph-model.js';
import type { LoadModel } from './registry.js';

const sidePx = 64;
/** In the order of the model's outputs. */
const words = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

export const loadFaceExpression: LoadModel<'faces.expression'> = async () => {
  const run = await openGraphModel('emotion');
  return async (picture) => {
    const { rgb } = cutSquare(picture, squareAround(picture), sidePx);
    const data = new Float32Array(sidePx * sidePx);
    for (let at = 0; at < data.length; at++) {
      const [red = 0, green = 0, blue = 0] = rgb.subarray(at * 3, at * 3 + 3);
      data[at] = (0.2989 * red + 0.587 * green + 0.114 * blue) / 127.5 - 1;
    }
    const shares = run({ data, shape: [1, sidePx, sidePx, 1] })[0]?.data ?? [];
    return { expressions: Object.fromEntries(words.map((word, index) => [word, shares[index] ?? 0])) };
  };
};
