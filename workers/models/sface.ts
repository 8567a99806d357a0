/** SFace (Apache-2.0, opencv_zoo; Zhong et al. 2021), pulled: whose face it is, in 128 numbers. */
import { FabulaError } from '../../schema/errors.js';
import { templateSidePx } from '../detectors/faces/template-square.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import { cosineDistance, meanOf, toUnitLength } from '../detectors/unit-vector.js';
import { planarInput } from './planar-input.js';
import type { LoadPulled } from './pulled.js';

/** Takes the cut-out of `templateSquare`; the model itself brings 0…255 to the range that it learned. */
export const loadSface: LoadPulled<'faces.embed'> = async (openSession, path) => {
  const session = await openSession(path);
  const embed = async (cut: RgbPicture) => {
    const outputs = await session.run({ [session.inputNames[0] ?? '']: planarInput(cut, 'rgb') });
    const { data } = outputs[session.outputNames[0] ?? ''] ?? {};
    if (!(data instanceof Float32Array)) throw new FabulaError('MODEL_FAILED', 'SFace gave no answer.');
    return toUnitLength(data);
  };
  return async (cut) => {
    if (cut.width !== templateSidePx || cut.height !== templateSidePx)
      throw new FabulaError('MODEL_FAILED', `SFace takes cut-outs of ${templateSidePx} pixels.`);
    // As the bundled model does: a face and its mirror image are the same person.
    const [asItIs, mirrored] = [await embed(cut), await embed(mirror(cut))];
    return {
      embedding: toUnitLength(meanOf(asItIs, mirrored)),
      unsteadiness: cosineDistance(asItIs, mirrored),
    };
  };
};

function mirror({ rgb, width, height }: RgbPicture): RgbPicture {
  const mirrored = new Uint8Array(rgb.length);
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0; x < width; x++, from += 3)
      mirrored.set(rgb.subarray(from, from + 3), (y * width + width - 1 - x) * 3);
  return { rgb: mirrored, width, height };
}
