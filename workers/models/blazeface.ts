/** BlazeFace, long range (Bazarevsky et al. 2019, MediaPipe): where faces are, from @vladmandic/human. */
import { faceOnPicture } from '../detectors/faces/detected-face.js';
import { keepBest } from '../detectors/non-maximum.js';
import { cutSquare, squareAround } from '../detectors/rgb-picture.js';
import { openGraphModel } from './graph-model.js';
import type { DetectedFace } from './host.js';
import { pixelInput } from './pixel-input.js';
import type { LoadModel } from './registry.js';

const sidePx = 256;
/** Cells of the two output maps, side by side, and anchors in each cell. */
const maps = [
  { cells: 16, anchors: 2 },
  { cells: 8, anchors: 6 },
] as const;
/** Centre, size, and six points: right eye, left eye, nose, mouth, right ear, left ear. */
const valuesPerAnchor = 16;
/** Below this even a mesh that fits is no face. */
const leastScore = 0.25;
const mostShared = 0.3;

export const loadFaceDetector: LoadModel<'faces.find'> = async () => {
  const run = await openGraphModel('blazeface');
  return async (picture) => {
    const square = squareAround(picture);
    const outputs = run(pixelInput(cutSquare(picture, square, sidePx), 1 / 127.5, -1));
    const found = maps.flatMap(({ cells, anchors }) => {
      const count = cells * cells * anchors;
      const values = (width: number) =>
        outputs.find(({ shape }) => shape.at(-2) === count && shape.at(-1) === width)?.data ?? new Float32Array();
      return decodeMap(values(1), values(valuesPerAnchor), cells, anchors);
    });
    return { faces: keepBest(found, mostShared).map((face) => faceOnPicture(face, square, sidePx)) };
  };
};

/** Boxes and points of one output map, in pixels of the model's input. */
export function decodeMap(logits: Float32Array, values: Float32Array, cells: number, anchors: number): DetectedFace[] {
  const cellPx = sidePx / cells;
  const found: DetectedFace[] = [];
  for (const [anchor, logit] of logits.entries()) {
    const score = 1 / (1 + Math.exp(-logit));
    if (score < leastScore) continue;
    const cell = Math.floor(anchor / anchors);
    const centreX = ((cell % cells) + 0.5) * cellPx;
    const centreY = (Math.floor(cell / cells) + 0.5) * cellPx;
    const value = (index: number) => values[anchor * valuesPerAnchor + index] ?? 0;
    const point = (index: number) => ({ x: centreX + value(4 + 2 * index), y: centreY + value(5 + 2 * index) });
    const [width, height] = [value(2), value(3)];
    found.push({
      box: { x: centreX + value(0) - width / 2, y: centreY + value(1) - height / 2, width, height },
      score,
      points: { rightEye: point(0), leftEye: point(1), nose: point(2), mouth: point(3) },
    });
  }
  return found;
}
