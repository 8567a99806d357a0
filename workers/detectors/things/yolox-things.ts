/**
 * What YOLOX's output means (Ge et al. 2021, "YOLOX: exceeding YOLO series in 2021"). For each cell of three grids, with
 * cells of 8, 16 and 32 pixels: a box, how surely there is an object, and how surely of which class. Pure.
 */
import type { PixelBox } from '../pixel-box.js';

export interface FoundThing {
  /** Index of its class. */
  readonly kind: number;
  readonly box: PixelBox;
  /** 0…1 */
  readonly score: number;
}

const strides = [8, 16, 32] as const;
/** Centre, size, object; the classes follow. */
const valuesBeforeClasses = 5;

/**
 * Things in pixels of the model's input, which is `sidePx` square. `values`: centre from the cell's corner in cells,
 * logarithms of the size in cells, object 0…1, classes 0…1; cell after cell, the finest grid first, row by row.
 */
export function yoloxThings(
  values: Float32Array,
  sidePx: number,
  classCount: number,
  leastScore: number,
): FoundThing[] {
  const length = valuesBeforeClasses + classCount;
  const found: FoundThing[] = [];
  let cell = 0;
  for (const stride of strides) {
    const columns = Math.floor(sidePx / stride);
    for (let index = 0; index < columns * columns; index++, cell++) {
      const at = cell * length;
      const object = values[at + 4] ?? 0;
      // Nearly all cells see nothing.
      if (object < leastScore) continue;
      const classes = values.subarray(at + valuesBeforeClasses, at + length);
      const kind = classes.reduce((best, sure, each) => (sure > (classes[best] ?? 0) ? each : best), 0);
      const score = object * (classes[kind] ?? 0);
      if (score < leastScore) continue;
      const [dx = 0, dy = 0, logWidth = 0, logHeight = 0] = values.subarray(at, at + 4);
      const [width, height] = [Math.exp(logWidth) * stride, Math.exp(logHeight) * stride];
      const x = ((index % columns) + dx) * stride - width / 2;
      const y = (Math.floor(index / columns) + dy) * stride - height / 2;
      found.push({ kind, box: { x, y, width, height }, score });
    }
  }
  return found;
}
