/**
 * From a text-probability map to boxes: the post-processing of Differentiable Binarization (Liao et al. 2020), for
 * upright text. DB learns shrunken text, so each found region grows again by area × ratio / perimeter.
 */
import type { PixelBox } from '../pixel-box.js';

export interface TextBox extends PixelBox {
  /** Mean text probability inside, 0…1. */
  readonly score: number;
}

const textThreshold = 0.3;
const boxThreshold = 0.55;
const unclipRatio = 1.6;
/** Shrunken regions thinner than this are specks. */
const minSidePx = 3;

/** Boxes of connected text regions on a probability map (row by row), top to bottom, then left to right. */
export function textBoxes(
  probabilities: Float32Array,
  width: number,
  height: number,
  stride: number = width,
): TextBox[] {
  const seen = new Uint8Array(stride * height);
  const stack: number[] = [];
  const boxes: TextBox[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const seed = y * stride + x;
      if (seen[seed] || (probabilities[seed] ?? 0) < textThreshold) continue;
      let [left, right, top, bottom, area, sum] = [x, x, y, y, 0, 0];
      seen[seed] = 1;
      stack.push(seed);
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        const column = at % stride;
        const row = (at - column) / stride;
        left = Math.min(left, column);
        right = Math.max(right, column);
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
        area++;
        sum += probabilities[at] ?? 0;
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [nextColumn, nextRow] = [column + dx, row + dy];
            if (nextColumn < 0 || nextColumn >= width || nextRow < 0 || nextRow >= height) continue;
            const next = nextRow * stride + nextColumn;
            if (seen[next] || (probabilities[next] ?? 0) < textThreshold) continue;
            seen[next] = 1;
            stack.push(next);
          }
      }
      const [w, h] = [right - left + 1, bottom - top + 1];
      if (Math.min(w, h) < minSidePx || sum / area < boxThreshold) continue;
      const grow = (w * h * unclipRatio) / (2 * (w + h));
      const [x0, y0] = [Math.max(0, left - grow), Math.max(0, top - grow)];
      const [x1, y1] = [Math.min(width, right + 1 + grow), Math.min(height, bottom + 1 + grow)];
      boxes.push({ x: x0, y: y0, width: x1 - x0, height: y1 - y0, score: sum / area });
    }
  return boxes.sort((a, b) => a.y - b.y || a.x - b.x);
}
