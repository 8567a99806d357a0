import type { RgbPicture } from '../detectors/rgb-picture.js';
import type { ModelInput } from './graph-model.js';

/** A picture as a model's input: one batch of height × width × 3, each value scaled and shifted. */
export function pixelInput({ rgb, width, height }: RgbPicture, scale: number, shift: number): ModelInput {
  const data = new Float32Array(rgb.length);
  for (let index = 0; index < rgb.length; index++) data[index] = (rgb[index] as number) * scale + shift;
  return { data, shape: [1, height, width, 3] };
}
