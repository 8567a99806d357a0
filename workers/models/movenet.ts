/** MoveNet Lightning (Apache-2.0, TensorFlow Hub), from @vladmandic/human: the joints of one body. */
import { cutSquare, squareAround } from '../detectors/rgb-picture.js';
import { openGraphModel } from './graph-model.js';
import type { LoadModel } from './registry.js';

const sidePx = 192;
/** In the order of the model's outputs; right and left are the person's own. */
const jointNames = [
  ...['nose', 'left_eye', 'right_eye', 'left_ear', 'right_ear', 'left_shoulder', 'right_shoulder', 'left_elbow'],
  ...['right_elbow', 'left_wrist', 'right_wrist', 'left_hip', 'right_hip', 'left_knee', 'right_knee', 'left_ankle'],
  'right_ankle',
];

export const loadBodyPose: LoadModel<'bodies.pose'> = async () => {
  const run = await openGraphModel('movenet-lightning');
  return async (picture) => {
    const { rgb } = cutSquare(picture, squareAround(picture), sidePx);
    const values = run({ data: Int32Array.from(rgb), shape: [1, sidePx, sidePx, 3] })[0]?.data ?? [];
    const joints = jointNames.map((joint, index) => {
      const [y = 0, x = 0, confidence = 0] = values.slice(index * 3, index * 3 + 3);
      return { joint, x: x * picture.width, y: y * picture.height, confidence };
    });
    return { joints };
  };
};
