/** One line of text from its first frame to its last, and pictures of it to read. */

import { crop, difference, type LumaPicture, MeanPicture } from '../luma-picture.js';
import { grown, type PixelBox } from '../pixel-box.js';
import type { PastFrame } from './frame-history.js';
import { insidePanel, lettersAlone } from './line-pictures.js';
import {
  fitLines,
  type LineTemplate,
  shareStanding,
  strongest,
  templateIn,
  within,
  withoutBackground,
} from './line-template.js';
import { withNotes } from './note-marks.js';
import { withoutMarks } from './without-marks.js';

/** The line stands on a frame while this share of its template does. */
const leastShare = 0.55;
/** Fewer steps are no text. */
const leastSteps = 40;
/** Share of the strokes in a line's box that stood there before it, from which on they may be a logo's. */
const leastLogo = 0.15;
/** Fewer frames before the line tell too little of what stood there. */
const leastBefore = 3;
/** The detector may clip a line by so many heights on either side. */
const mostClipped = 2.5;

/** Room around a line when it is read, in its heights: the fitted box has no tails, and thin first and last strokes may be missing. */
const [roomX, roomY] = [1.1, 0.45];

export class LineTrack {
  readonly #room: PixelBox;
  readonly #mean: MeanPicture;
  readonly #before: MeanPicture;
  #samples = 0;
  #snapshot: LumaPicture | undefined;
  #missingSinceMs: number | undefined;
  readonly #frameWidth: number;

  private constructor(
    readonly box: PixelBox,
    readonly startMs: number,
    readonly template: LineTemplate,
    frame: { readonly width: number; readonly height: number },
  ) {
    this.#frameWidth = frame.width;
    this.#room = grown(box, roomX, roomY, frame);
    this.#mean = new MeanPicture(this.#room);
    this.#before = new MeanPicture(this.#room);
  }

  /**
   * Starts to follow what the detector found in `box`, usually one line, whose strokes are what `stable` holds there,
   * and goes back through the frames (newest first) to its first one. Nothing where there are too few strokes.
   */
  static begin(box: PixelBox, stable: Int8Array, history: readonly PastFrame[]): LineTrack[] {
    const now = history[0];
    if (!now) return [];
    const rough = templateIn(grown(box, 0, 0, now), stable, now);
    if (rough.at.length < leastSteps) return [];
    const strokes = strongest(rough);
    const gone = history.findIndex((past) => shareStanding(strokes, past) < leastShare);
    const standing = gone < 0 ? history : history.slice(0, gone);
    const before = history[Math.min(gone + 1, history.length - 1)];
    const wide = templateIn(grown(box, mostClipped, 0, now), stable, now);
    const fresh = gone < 0 || !before ? wide : withoutBackground(wide, before);
    return fitLines(fresh, box, now.width).flatMap((fitted) => {
      const template = within(fresh, fitted, now.width);
      if (template.at.length < leastSteps) return [];
      const track = new LineTrack(fitted, standing.at(-1)?.atMs ?? now.atMs, template, now);
      for (const past of standing) track.#look(past);
      const ownShare = template.at.length / within(wide, fitted, now.width).at.length;
      if (ownShare < 1 - leastLogo) for (const past of history.slice(gone + 1)) track.#before.add(past);
      return [track];
    });
  }

  /** Follows the line onto the next frame; the moment it ended, once it is gone for two frames. */
  follow(frame: PastFrame, isSample: boolean): number | undefined {
    if (shareStanding(this.template, frame) >= leastShare) {
      this.#missingSinceMs = undefined;
      if (isSample) this.#look(frame);
      return undefined;
    }
    if (this.#missingSinceMs !== undefined) return this.#missingSinceMs;
    this.#missingSinceMs = frame.atMs;
    return undefined;
  }

  /**
   * The line's pictures, the likeliest first: the mean over its life, in which what moves behind it blurs, without
   * what stands beside its panel; its letters alone; a single look from about its middle; and the mean less what stood
   * there before it, which takes a logo behind it away. `marks` are the frame's standing marks, which are painted out.
   */
  *pictures(marks: Int8Array): Generator<LumaPicture> {
    const mean = this.#mean.picture();
    const clean = withoutMarks(mean, this.#marksAround(marks), this.#strokes());
    const panel = insidePanel(clean);
    yield panel;
    yield lettersAlone(panel);
    if (clean === mean) {
      if (panel !== mean) yield mean;
      if (this.#snapshot) yield this.#snapshot;
    }
    if (this.#before.count >= leastBefore) yield difference(mean, this.#before.picture());
  }

  /** The line with the notes of a song put back. */
  withNotes(text: string): string {
    return withNotes(text, () => lettersAlone(insidePanel(this.#mean.picture())));
  }

  /** The standing marks in the picture that is read. */
  #marksAround(marks: Int8Array): Int8Array {
    const { x, y, width, height } = this.#room;
    const around = new Int8Array(width * height);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * this.#frameWidth + x;
      around.set(marks.subarray(from, from + width), row * width);
    }
    return around;
  }

  /** The places of the line's own strokes in the picture that is read. */
  #strokes(): number[] {
    const { x, y, width } = this.#room;
    return Array.from(this.template.at, (place) => {
      const row = Math.floor(place / this.#frameWidth);
      return (row - y) * width + (place - row * this.#frameWidth) - x;
    });
  }

  #look(frame: LumaPicture): void {
    this.#samples++;
    if ((this.#samples & (this.#samples - 1)) === 0) this.#snapshot = crop(frame, this.#room);
    this.#mean.add(frame);
  }
}
