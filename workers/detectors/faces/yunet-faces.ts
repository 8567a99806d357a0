/**
 * What YuNet's outputs mean (Wu, Peng & Yu 2023, "YuNet: a tiny millisecond-level face detector"; decoding as OpenCV's
 * FaceDetectorYN). For each cell of three grids, with cells of 8, 16 and 32 pixels: how surely a face, how surely an
 * object, a box and five points. Pure.
 */
import type { DetectedFace } from '../../models/host.js';
import { asShare } from '../arithmetic.js';
import type { PixelBox } from '../pixel-box.js';

/** Pixels between the cells of each grid. */
export const yunetStrides = [8, 16, 32] as const;

/** The outputs of one grid, row by row. */
export interface YunetGrid {
  readonly stride: number;
  /** 0…1, one a cell. */
  readonly classes: Float32Array;
  readonly objects: Float32Array;
  /** Centre from the cell's corner in cells, logarithms of the size in cells; four a cell. */
  readonly boxes: Float32Array;
  /** Right eye, left eye, nose, right and left corner of the mouth, from the cell's corner in cells; ten a cell. */
  readonly points: Float32Array;
}

/** Its boxes reach up to the hairline; ours begin at the brows, a third of the face further down. */
const foreheadShare = 1 / 3;

/** Faces of one grid in pixels of the model's input, which is `sidePx` wide. */
export function yunetFaces(
  { stride, classes, objects, boxes, points }: YunetGrid,
  sidePx: number,
  leastScore: number,
): DetectedFace[] {
  const columns = Math.floor(sidePx / stride);
  const found: DetectedFace[] = [];
  for (let cell = 0; cell < classes.length; cell++) {
    const score = Math.sqrt(asShare(classes[cell] ?? 0) * asShare(objects[cell] ?? 0));
    if (score < leastScore) continue;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const [dx = 0, dy = 0, logWidth = 0, logHeight = 0] = boxes.subarray(cell * 4, cell * 4 + 4);
    const [width, height] = [Math.exp(logWidth) * stride, Math.exp(logHeight) * stride];
    const at = (index: number) => ({
      x: (column + (points[cell * 10 + 2 * index] ?? 0)) * stride,
      y: (row + (points[cell * 10 + 2 * index + 1] ?? 0)) * stride,
    });
    const [rightCorner, leftCorner] = [at(3), at(4)];
    found.push({
      box: fromTheBrows({
        x: (column + dx) * stride - width / 2,
        y: (row + dy) * stride - height / 2,
        width,
        height,
      }),
      score,
      points: {
        rightEye: at(0),
        leftEye: at(1),
        nose: at(2),
        mouth: { x: (rightCorner.x + leftCorner.x) / 2, y: (rightCorner.y + leftCorner.y) / 2 },
      },
    });
  }
  return found;
}

const fromTheBrows = ({ x, y, width, height }: PixelBox): PixelBox => ({
  x,
  y: y + height * foreheadShare,
  width,
  height: height * (1 - foreheadShare),
});
