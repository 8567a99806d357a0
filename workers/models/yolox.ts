/** YOLOX (Apache-2.0, github.com/Megvii-BaseDetection/YOLOX), pulled: things and people, also from behind. */
import { FabulaError } from '../../schema/errors.js';
import { keepBest } from '../detectors/non-maximum.js';
import { cutSquare, type RgbPicture } from '../detectors/rgb-picture.js';
import { yoloxThings } from '../detectors/things/yolox-things.js';
import { cocoNames } from './coco-names.js';
import { inputSidePx, planarInput } from './planar-input.js';
import type { LoadPulled } from './pulled.js';

const usualSidePx = 640;
const leastScore = 0.3;
const mostShared = 0.45;
/** The grey that fills up the square, as in its training. */
const rim = 114;

export const loadYolox: LoadPulled<'objects.find'> = async (openSession, path) => {
  const session = await openSession(path);
  const sidePx = inputSidePx(session, usualSidePx);
  return async (picture) => {
    const { width, height } = picture;
    const scale = Math.max(width, height) / sidePx;
    const outputs = await session.run({
      [session.inputNames[0] ?? '']: planarInput(letterbox(picture, sidePx), 'bgr'),
    });
    const { data } = outputs[session.outputNames[0] ?? ''] ?? {};
    if (!(data instanceof Float32Array)) throw new FabulaError('MODEL_FAILED', 'The object detector gave no answer.');
    const found = yoloxThings(data, sidePx, cocoNames.length, leastScore).flatMap(({ kind, box, score }) => {
      const name = cocoNames[kind];
      const [x, y] = [box.x * scale, box.y * scale];
      return name === undefined
        ? []
        : [{ name, score, box: { x, y, width: box.width * scale, height: box.height * scale } }];
    });
    return { objects: keepBest(found, mostShared) };
  };
};

/** The picture in the top left corner of a square, the rest grey. */
export function letterbox(picture: RgbPicture, sidePx: number): RgbPicture {
  const longest = Math.max(picture.width, picture.height);
  const square = { centre: { x: longest / 2, y: longest / 2 }, sidePx: longest, angle: 0 };
  const { rgb } = cutSquare(picture, square, sidePx);
  const columns = Math.floor((picture.width * sidePx) / longest);
  const rows = Math.floor((picture.height * sidePx) / longest);
  for (let y = 0; y < sidePx; y++) rgb.fill(rim, (y * sidePx + (y < rows ? columns : 0)) * 3, (y + 1) * sidePx * 3);
  return { rgb, width: sidePx, height: sidePx };
}
