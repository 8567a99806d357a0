import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { RgbPicture } from '../detectors/rgb-picture.js';

/** A picture as ONNX models take it: 0…255, one channel after the other, in the order that the model learned. */
export function planarInput({ rgb, width, height }: RgbPicture, order: 'rgb' | 'bgr'): Tensor {
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    const from = order === 'rgb' ? channel : 2 - channel;
    for (let at = 0; at < area; at++) data[channel * area + at] = rgb[at * 3 + from] ?? 0;
  }
  return new Tensor('float32', data, [1, 3, height, width]);
}

/** Side of the square that a model takes, in pixels; where it takes any, the given one. */
export function inputSidePx({ inputMetadata }: Pick<InferenceSession, 'inputMetadata'>, otherwisePx: number): number {
  const [input] = inputMetadata;
  const side = input?.isTensor ? input.shape.at(-1) : undefined;
  return typeof side === 'number' && side > 0 ? side : otherwisePx;
}
