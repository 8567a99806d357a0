import type { LumaPicture } from '../luma-picture.js';

export interface PastFrame extends LumaPicture {
  readonly atMs: number;
  readonly luma: Uint8Array;
}

/** Every frame of the last second, and some of the seconds before: text is noticed a moment after it appeared. */
const wholeMs = 1000;
const thinnedMs = 3000;
const thinnedStepMs = 140;

/** The last frames of a film in buffers that are used again, so that memory does not grow. */
export class FrameHistory {
  readonly #spare: Uint8Array[] = [];
  #frames: PastFrame[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  /** Copies the pixels and returns the kept frame. */
  push(atMs: number, luma: Uint8Array): PastFrame {
    const copy = this.#spare.pop() ?? new Uint8Array(this.width * this.height);
    copy.set(luma);
    const frame = { atMs, luma: copy, width: this.width, height: this.height };
    let keptMs = Number.NEGATIVE_INFINITY;
    this.#frames = this.#frames.filter((past) => {
      const age = atMs - past.atMs;
      const keep = age <= wholeMs || (age <= thinnedMs && past.atMs - keptMs >= thinnedStepMs);
      if (keep) keptMs = past.atMs;
      else this.#spare.push(past.luma);
      return keep;
    });
    this.#frames.push(frame);
    return frame;
  }

  /** Newest first. */
  backwards(): PastFrame[] {
    return this.#frames.toReversed();
  }
}
