/**
 * The steps from dark to light and back that stand still on a film's pictures, as strokes of letters do, and what of
 * them is news: what did not stand there when the place was last looked at, and is no logo's.
 */
import type { LumaPicture } from '../luma-picture.js';
import type { PixelBox } from '../pixel-box.js';
import { edgeSigns, stableSigns } from './edge-signs.js';
import { type FreshStripe, freshStripes } from './fresh-text.js';
import { markStepMs, StandingMarks } from './standing-marks.js';

/** A step that stands on picture after picture may be low: a watermark lets the film through. */
const leastPreviewStep = 12;
/** Share of the steps in a line's box that must stand since the sample before: else it is just appearing, or moves. */
const leastSettled = 0.6;
/** Share of those that must be new: the rest may be a logo that stands on the same rows. */
const leastFresh = 0.3;

export class StillSteps {
  readonly #frame: { readonly width: number; readonly height: number; readonly cellPx: number };
  #signs: Int8Array;
  #earlier: Int8Array;
  /** 1 and −1 where the same step has stood since the sample before, and is no mark's; 0 elsewhere. */
  readonly stable: Int8Array;
  /** What stood still when the rows were last looked at. */
  readonly #known: Int8Array;
  /** Logos and watermarks. */
  readonly marks: StandingMarks;
  #learnedMs = Number.NEGATIVE_INFINITY;

  /** For pictures of this size, looked at in cells of `cellPx`. */
  constructor(frame: { readonly width: number; readonly height: number; readonly cellPx: number }) {
    const { width, height } = frame;
    this.#frame = frame;
    this.marks = new StandingMarks(width, height);
    [this.#signs, this.#earlier, this.stable, this.#known] = Array.from(
      { length: 4 },
      () => new Int8Array(width * height),
    ) as [Int8Array, Int8Array, Int8Array, Int8Array];
  }

  /** Frames seconds apart, shown before the first: what all of them share are logos and watermarks. */
  preview(frames: readonly Uint8Array[]): void {
    const { width, height } = this.#frame;
    this.marks.preview(
      frames.map((luma) => {
        const signs = new Int8Array(width * height);
        edgeSigns({ luma, width, height }, signs, leastPreviewStep);
        return signs;
      }),
    );
  }

  /** Takes in the next sample. */
  take(atMs: number, frame: LumaPicture): void {
    [this.#earlier, this.#signs] = [this.#signs, this.#earlier];
    edgeSigns(frame, this.#signs);
    if (atMs - this.#learnedMs >= markStepMs) {
      this.#learnedMs = atMs;
      this.marks.learn(this.#signs);
    }
    stableSigns(this.#earlier, this.#signs, this.stable, this.marks.signs);
  }

  /** Where something has come to a standstill that was not known. */
  freshStripes(): FreshStripe[] {
    return freshStripes(this.stable, this.#known, this.#frame);
  }

  /** Whether what the box holds stands since the sample before, and did not when it was last looked at. */
  isNew(box: PixelBox): boolean {
    const { width } = this.#frame;
    let [steps, settled, fresh] = [0, 0, 0];
    for (let y = Math.floor(box.y); y < box.y + box.height; y++)
      for (let at = y * width + Math.floor(box.x), end = y * width + box.x + box.width; at < end; at++) {
        if (this.#signs[at] && !this.marks.signs[at]) steps++;
        if (this.stable[at]) settled++;
        if (this.stable[at] && this.stable[at] !== this.#known[at]) fresh++;
      }
    return settled >= leastSettled * steps && fresh >= leastFresh * settled && fresh > 0;
  }

  /** What stands still in the box, of whole pixels, is not news any more. */
  markKnown(box: PixelBox): void {
    for (let y = box.y; y < box.y + box.height; y++) {
      const from = y * this.#frame.width + box.x;
      this.#known.set(this.stable.subarray(from, from + box.width), from);
    }
  }

  /** What stands in the box is news again. */
  forget(box: PixelBox): void {
    for (let y = box.y; y < box.y + box.height; y++) {
      const from = y * this.#frame.width + box.x;
      this.#known.fill(0, from, from + box.width);
    }
  }
}
