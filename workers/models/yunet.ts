/** YuNet (MIT, opencv_zoo), pulled: where faces are, small and turned ones too. */
import { FabulaError } from '../../schema/errors.js';
import { faceOnPicture } from '../detectors/faces/detected-face.js';
import { yunetFaces, yunetStrides } from '../detectors/faces/yunet-faces.js';
import { keepBest } from '../detectors/non-maximum.js';
import { cutSquare, squareAround } from '../detectors/rgb-picture.js';
import { inputSidePx, planarInput } from './planar-input.js';
import type { LoadPulled } from './pulled.js';

const usualSidePx = 640;
/** Of OpenCV's example, where a false face costs more than a missed one; here a mesh looks again. */
const leastScore = 0.6;
const mostShared = 0.3;

export const loadYunet: LoadPulled<'faces.find'> = async (openSession, path) => {
  const session = await openSession(path);
  const sidePx = inputSidePx(session, usualSidePx);
  return async (picture) => {
    const square = squareAround(picture);
    const outputs = await session.run({
      [session.inputNames[0] ?? '']: planarInput(cutSquare(picture, square, sidePx), 'bgr'),
    });
    const values = (name: string) => {
      const { data } = outputs[name] ?? {};
      if (data instanceof Float32Array) return data;
      throw new FabulaError('MODEL_FAILED', `The face detector gave no ${name}.`);
    };
    const found = yunetStrides.flatMap((stride) => {
      const [classes, objects] = [values(`cls_${stride}`), values(`obj_${stride}`)];
      const [boxes, points] = [values(`bbox_${stride}`), values(`kps_${stride}`)];
      return yunetFaces({ stride, classes, objects, boxes, points }, sidePx, leastScore);
    });
    return { faces: keepBest(found, mostShared).map((face) => faceOnPicture(face, square, sidePx)) };
  };
};
