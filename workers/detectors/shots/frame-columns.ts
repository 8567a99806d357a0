import { cellCount, traitsOfCell } from './cells.js';
import type { Sample } from './sample.js';
import type { LightColumns } from './title-card.js';

/** A few figures of every frame, column by column: 68 bytes a frame, 12 MB for a film of two hours. */
export class FrameColumns implements LightColumns {
  #times = new Float64Array(1024);
  #luma = new Float32Array(1024);
  #detail = new Float32Array(1024);
  #motion = new Float32Array(1024);
  #tones = new Uint8Array(1024 * cellCount);
  length = 0;

  append({ atMs, luma, detail, motion, cells }: Sample): void {
    if (this.length === this.#times.length) this.#grow();
    this.#times[this.length] = atMs;
    this.#luma[this.length] = luma;
    this.#detail[this.length] = detail;
    this.#motion[this.length] = motion;
    for (let cell = 0; cell < cellCount; cell++)
      this.#tones[this.length * cellCount + cell] = cells[cell * traitsOfCell] as number;
    this.length++;
  }

  atMs(frame: number): number {
    return this.#times[frame] as number;
  }

  luma(frame: number): number {
    return this.#luma[frame] as number;
  }

  detail(frame: number): number {
    return this.#detail[frame] as number;
  }

  /** Mean absolute difference from the frame before, summed over Y, Cb and Cr. */
  motion(frame: number): number {
    return this.#motion[frame] as number;
  }

  /** How alike light and dark are spread over two frames, −1…1: correlation of their cells' luma. */
  likeness(frame: number, other: number): number {
    let [sum, otherSum, squares, otherSquares, products] = [0, 0, 0, 0, 0];
    for (let cell = 0; cell < cellCount; cell++) {
      const value = this.#tones[frame * cellCount + cell] as number;
      const otherValue = this.#tones[other * cellCount + cell] as number;
      sum += value;
      otherSum += otherValue;
      squares += value * value;
      otherSquares += otherValue * otherValue;
      products += value * otherValue;
    }
    const variance = (squares - sum ** 2 / cellCount) * (otherSquares - otherSum ** 2 / cellCount);
    return variance > 0 ? (products - (sum * otherSum) / cellCount) / Math.sqrt(variance) : 0;
  }

  #grow(): void {
    const size = 2 * this.length;
    const longer = <Column extends Float32Array | Float64Array | Uint8Array>(column: Column, made: Column): Column => {
      made.set(column);
      return made;
    };
    this.#times = longer(this.#times, new Float64Array(size));
    this.#luma = longer(this.#luma, new Float32Array(size));
    this.#detail = longer(this.#detail, new Float32Array(size));
    this.#tones = longer(this.#tones, new Uint8Array(size * cellCount));
    this.#motion = longer(this.#motion, new Float32Array(size));
  }
}
