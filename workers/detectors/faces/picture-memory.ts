import type { RgbPicture } from '../rgb-picture.js';

/** Cells that a picture is remembered by, and pixels a side that each of them is sampled by. */
const columns = 48;
const rows = 27;
const samplesASide = 3;
/** A cell whose light differs by more than this, of 255, has changed: a face that comes in changes some. */
const changed = 10;

/** Remembers how a picture looked, coarsely, to tell whether another one shows anything new. */
export class PictureMemory {
  #cells: Float32Array | undefined;

  /** Whether no part of the picture differs from the one that was remembered. */
  knows(picture: RgbPicture): boolean {
    const before = this.#cells;
    return before !== undefined && cellsOf(picture).every((cell, at) => Math.abs(cell - (before[at] ?? 0)) <= changed);
  }

  remember(picture: RgbPicture): void {
    this.#cells = cellsOf(picture);
  }

  forget(): void {
    this.#cells = undefined;
  }
}

function cellsOf({ rgb, width, height }: RgbPicture): Float32Array {
  const cells = new Float32Array(columns * rows);
  const [across, down] = [columns * samplesASide, rows * samplesASide];
  for (let v = 0; v < down; v++)
    for (let u = 0; u < across; u++) {
      const x = Math.floor(((u + 0.5) * width) / across);
      const y = Math.floor(((v + 0.5) * height) / down);
      const cell = Math.floor(v / samplesASide) * columns + Math.floor(u / samplesASide);
      const at = (y * width + x) * 3;
      const light = ((rgb[at] as number) + 2 * (rgb[at + 1] as number) + (rgb[at + 2] as number)) / 4;
      cells[cell] = (cells[cell] as number) + light / samplesASide ** 2;
    }
  return cells;
}
