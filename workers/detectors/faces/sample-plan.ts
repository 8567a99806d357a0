/** When people are looked at: at a shot's first clear frame, about twice a second, and more often under lines. Pure. */
import type { Interval } from '../../../src/narrative/intervals.js';
import type { FoundShot } from '../../findings.js';

/** Frames nearer to each other than this are not even decoded to a picture, in seconds. */
export const frameStepSeconds = 0.155;
/** Between looks that read all of a face. */
const lookStepMs = 450;

/** What is to be done with a frame. */
export interface PlannedFrame {
  readonly shot: FoundShot;
  /** The first frame of this shot that was planned. */
  readonly startsShot: boolean;
  /** Read all of every face; otherwise only follow the faces and their lips. */
  readonly look: boolean;
  /** Things are looked for too. */
  readonly things: boolean;
}

/** Plans one frame after another, in order of time. */
export class SamplePlan {
  #shotIndex = -1;
  #lastLookMs = Number.NEGATIVE_INFINITY;
  #line = 0;
  #moment = 0;
  readonly #lines: readonly Interval[];
  readonly #moments: readonly number[];

  /** `lines`: when somebody may be speaking. `moments`: when things are looked for. */
  constructor(
    private readonly shots: readonly FoundShot[],
    lines: readonly Interval[],
    moments: readonly number[],
  ) {
    this.#lines = lines.toSorted((a, b) => a.startMs - b.startMs);
    this.#moments = moments.toSorted((a, b) => a - b);
  }

  /** What to do with the frame at this moment; undefined: nothing. */
  plan(atMs: number): PlannedFrame | undefined {
    const before = this.#shotIndex;
    let index = Math.max(0, before);
    while (index + 1 < this.shots.length && (this.shots[index + 1]?.startMs ?? 0) <= atMs) index++;
    const shot = this.shots[index];
    if (!shot || atMs < clearFrom(shot)) return undefined;
    const startsShot = index !== before;
    const things = this.#passesMoment(atMs);
    const look = startsShot || things || atMs - this.#lastLookMs >= lookStepMs;
    if (!look && !this.#isUnderLine(atMs)) return undefined;
    this.#shotIndex = index;
    if (look) this.#lastLookMs = atMs;
    return { shot, startsShot, look, things };
  }

  #passesMoment(atMs: number): boolean {
    const before = this.#moment;
    while ((this.#moments[this.#moment] ?? Number.POSITIVE_INFINITY) <= atMs + (frameStepSeconds * 1000) / 2)
      this.#moment++;
    return this.#moment > before;
  }

  #isUnderLine(atMs: number): boolean {
    while ((this.#lines[this.#line]?.endMs ?? Number.POSITIVE_INFINITY) <= atMs) this.#line++;
    return (this.#lines[this.#line]?.startMs ?? Number.POSITIVE_INFINITY) <= atMs;
  }
}

/** Where the shot's picture stands alone: after a dissolve or a wipe into it, unless that is all there is of it. */
function clearFrom({ startMs, endMs, transition, transitionRange }: FoundShot): number {
  const isMixed = transition === 'DISSOLVE' || transition === 'WIPE';
  const clear = (isMixed && transitionRange?.endMs) || startMs;
  return endMs - clear >= lookStepMs / 2 ? clear : startMs;
}
