import { type Boundary, settleBoundaries } from './boundaries.js';
import { FrameColumns } from './frame-columns.js';
import { gradualFlankMs, gradualReachMs, gradualStepMs, weighGradual } from './gradual.js';
import { type CutWeights, isCut, mergeCuts, returnMs, weighCut } from './hard-cuts.js';
import { measureFrame, type Sample } from './sample.js';
import { SampleWindow } from './sample-window.js';
import type { GradualWeights } from './stretch.js';

/** A gradual transition is weighed once all cuts in its reach are known. */
const gradualLagMs = gradualReachMs + gradualFlankMs + returnMs;
const windowMs = gradualLagMs + gradualReachMs + gradualFlankMs + 200;
/** Frames that are kept however far apart they are. */
const leastFrames = 16;

/** Takes small frames one after the other and says, when the film is over, where its shots meet. */
export class ShotDetector {
  readonly columns = new FrameColumns();
  readonly #window = new SampleWindow(windowMs, leastFrames);
  readonly #cuts: CutWeights[] = [];
  readonly #gradual: GradualWeights[] = [];
  /** Numbers of the next frames to weigh for a cut and for a gradual transition. */
  #cutCursor = 0;
  #gradualCursor = 0;
  #nextGradualMs = 0;

  /** Takes the next frame; `pixels` may be reused afterwards. The frame as measured is valid until the next one. */
  push(atMs: number, pixels: Uint8Array): Sample {
    const window = this.#window;
    const number = window.next;
    const before = number > window.first ? window.at(number - 1) : undefined;
    const sample = window.push(atMs);
    measureFrame(sample, atMs, pixels, before);
    this.columns.append(sample);
    this.#advance(atMs);
    return sample;
  }

  /** Ends the film. */
  finish(): Boundary[] {
    this.#advance(Number.POSITIVE_INFINITY);
    return settleBoundaries(this.columns, mergeCuts(this.#cuts), this.#gradual);
  }

  #advance(nowMs: number): void {
    const window = this.#window;
    for (; this.#cutCursor < window.next; this.#cutCursor++) {
      if (window.at(this.#cutCursor).atMs + returnMs > nowMs) break;
      const cut = weighCut(window, this.#cutCursor);
      if (cut && isCut(cut)) this.#cuts.push(cut);
    }
    for (; this.#gradualCursor < this.#cutCursor; this.#gradualCursor++) {
      const { atMs } = window.at(this.#gradualCursor);
      if (atMs + gradualLagMs > nowMs) break;
      if (atMs < this.#nextGradualMs) continue;
      this.#nextGradualMs = atMs + gradualStepMs;
      this.#gradual.push(...weighGradual(window, this.#gradualCursor, this.#isCutBetween));
    }
  }

  readonly #isCutBetween = (from: number, to: number): boolean => {
    for (let index = this.#cuts.length - 1; index >= 0; index--) {
      const cut = this.#cuts[index] as CutWeights;
      if (cut.frame <= from) return false;
      if (cut.frame <= to) return true;
    }
    return false;
  };
}
