import type { PixelBox } from '../../workers/detectors/pixel-box.js';
import { cutSquare, type RgbPicture } from '../../workers/detectors/rgb-picture.js';
import { toUnitLength } from '../../workers/detectors/unit-vector.js';
import { openGraphModel } from '../../workers/models/graph-model.js';
import { pixelInput } from '../../workers/models/pixel-input.js';

/** @vladmandic/human enlarges the face's box so before it reads identity, and turns nothing. */
const enlarged = 1.6;
const identityLength = 1024;

/** The embedding as @vladmandic/human 3.3 gives it: upright crop, red, green, blue from 0 to 255. */
export async function openPackageEmbedding(): Promise<(picture: RgbPicture, box: PixelBox) => Float32Array> {
  const run = await openGraphModel('faceres');
  return (picture, { x, y, width, height }) => {
    const square = {
      centre: { x: x + width / 2, y: y + height / 2 },
      sidePx: Math.max(width, height) * enlarged,
      angle: 0,
    };
    const outputs = run(pixelInput(cutSquare(picture, square, 224), 1, 0));
    const features = outputs.find(({ shape }) => shape.at(-1) === identityLength)?.data;
    return toUnitLength(features ?? new Float32Array(identityLength));
  };
}
