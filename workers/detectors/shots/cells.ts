import { chromaHeight, chromaSamples, chromaWidth } from './small-frame.js';

/** Cells of 4×3 coarse samples, each known by its mean colour and its contrast, which motion within it leaves alone. */
const cellWidth = 4;
const cellHeight = 3;
const cellColumns = chromaWidth / cellWidth;
const cellRows = chromaHeight / cellHeight;
export const cellCount = cellColumns * cellRows;
/** Mean Y, Cb and Cr, and the standard deviation of Y. */
export const traitsOfCell = 4;
export const cellTraits = cellCount * traitsOfCell;

/** Where the middle of a cell lies, −.5….5 across the picture and down it. */
export const cellX = (cell: number): number => ((cell % cellColumns) + 0.5) / cellColumns - 0.5;
export const cellY = (cell: number): number => (Math.floor(cell / cellColumns) + 0.5) / cellRows - 0.5;

/** Describes the cells of a coarse picture into `cells`. */
export function describeCells(coarse: Uint8Array, cells: Float32Array): void {
  const count = cellWidth * cellHeight;
  for (let cell = 0; cell < cellCount; cell++) {
    const corner = Math.floor(cell / cellColumns) * cellHeight * chromaWidth + (cell % cellColumns) * cellWidth;
    let luma = 0;
    let squares = 0;
    let cb = 0;
    let cr = 0;
    for (let row = 0; row < cellHeight; row++)
      for (let column = 0; column < cellWidth; column++) {
        const at = corner + row * chromaWidth + column;
        const value = coarse[at] as number;
        luma += value;
        squares += value * value;
        cb += coarse[at + chromaSamples] as number;
        cr += coarse[at + 2 * chromaSamples] as number;
      }
    const mean = luma / count;
    cells[cell * traitsOfCell] = mean;
    cells[cell * traitsOfCell + 1] = cb / count;
    cells[cell * traitsOfCell + 2] = cr / count;
    cells[cell * traitsOfCell + 3] = Math.sqrt(Math.max(0, squares / count - mean * mean));
  }
}

/** Contrast within the cells: the root of their luma's mean variance. */
export function contrast(cells: Float32Array): number {
  let sum = 0;
  for (let cell = 0; cell < cellCount; cell++) sum += (cells[(cell + 1) * traitsOfCell - 1] as number) ** 2;
  return Math.sqrt(sum / cellCount);
}
