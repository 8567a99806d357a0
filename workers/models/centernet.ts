/** MobileNetV3-CenterNet (github.com/610265158/mobilenetv3_centernet), from @vladmandic/human: things and people. */
import { keepBest } from '../detectors/non-maximum.js';
import { cutSquare, onPicture, squareAround } from '../detectors/rgb-picture.js';
import { cocoNames } from './coco-names.js';
import { openGraphModel } from './graph-model.js';
import { pixelInput } from './pixel-input.js';
import type { LoadModel } from './registry.js';

const sidePx = 512;
const leastScore = 0.3;
const mostShared = 0.4;
/** Left, top, right, bottom, score, class. */
const valuesPerThing = 6;

export const loadObjectDetector: LoadModel<'objects.find'> = async () => {
  const run = await openGraphModel('centernet', ['tower_0/detections']);
  return async (picture) => {
    const square = squareAround(picture);
    const values = run(pixelInput(cutSquare(picture, square, sidePx), 1, 0))[0]?.data ?? new Float32Array();
    const found = [];
    for (let at = 0; at + valuesPerThing <= values.length; at += valuesPerThing) {
      const [left = 0, top = 0, right = 0, bottom = 0, score = 0, kind = 0] = values.subarray(at, at + valuesPerThing);
      const name = cocoNames[kind];
      if (score < leastScore || name === undefined) continue;
      const [from, to] = [
        { x: left, y: top },
        { x: right, y: bottom },
      ].map((point) => onPicture(square, sidePx, point));
      if (from && to) found.push({ name, score, box: { ...from, width: to.x - from.x, height: to.y - from.y } });
    }
    return { objects: keepBest(found, mostShared) };
  };
};
