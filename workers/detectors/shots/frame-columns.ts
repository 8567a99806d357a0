import type { LightColumns } from './title-card.js';

/** A few figures of every frame, column by column: 20 bytes a frame, 4 MB for a film of two hours. */
export class FrameColumns implements LightColumns {
  #times = new Float64Array(1024);
  #luma = new Float32Array(1024);
  #detail = new Float32Array(1024);
  #motion = new Float32Array(1024);
  length = 0;

  append(atMs: number, luma: number, detail: number, motion: number): void {
    if (this.length === this.#times.length) this.#grow();
    this.#times[this.length] = atMs;
    this.#luma[this.length] = luma;
    this.#detail[this.length] = detail;
    this.#motion[this.length] = motion;
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

  #grow(): void {
    const size = 2 * this.length;
    const longer = <Column extends Float32Array | Float64Array>(column: Column, made: Column): Column => {
      made.set(column);
      return made;
    };
    this.#times = longer(this.#times, new Float64Array(size));
    this.#luma = longer(this.#luma, new Float32Array(size));
    this.#detail = longer(this.#detail, new Float32Array(size));
    this.#motion = longer(this.#motion, new Float32Array(size));
  }
}
