/** One line of text from its first frame to its last, and pictures of it to read. */
import type { PastFrame } from './frame-history.js';
import {
  fitLines,
  type LineTemplate,
  shareStanding,
  strongest,
  templateIn,
  within,
  withoutBackground,
} from './line-template.js';
import type { LumaPicture } from './luma-picture.js';
import { grown, type PixelBox } from './pixel-box.js';

/** The line stands on a frame while this share of its template does. */
const leastShare = 0.55;
/** Fewer steps are no text. */
const leastSteps = 40;
/** More frames do not make the mean picture clearer. */
const mostSummed = 48;
/** The detector may clip a line by so many heights on either side. */
const mostClipped = 2.5;

/** Room around a line when it is read, in its heights: the fitted box has no tails, and thin first and last strokes may be missing. */
const [roomX, roomY] = [1.3, 0.45];

export class LineTrack {
  readonly #room: PixelBox;
  readonly #sum: Float32Array;
  #summed = 0;
  #samples = 0;
  #snapshot: LumaPicture | undefined;
  #missingSinceMs: number | undefined;

  private constructor(
    readonly box: PixelBox,
    readonly startMs: number,
    readonly template: LineTemplate,
    frame: { readonly width: number; readonly height: number },
  ) {
    this.#room = grown(box, roomX, roomY, frame);
    this.#sum = new Float32Array(this.#room.width * this.#room.height);
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

  /** The line's pictures, clearest first: what stood still over its life, then a single look from about its middle. */
  pictures(): LumaPicture[] {
    const { width, height } = this.#room;
    const mean = { width, height, luma: Uint8Array.from(this.#sum, (sum) => sum / Math.max(1, this.#summed) + 0.5) };
    return this.#snapshot ? [mean, this.#snapshot] : [mean];
  }

  #look(frame: LumaPicture): void {
    const { x, y, width, height } = this.#room;
    this.#samples++;
    if ((this.#samples & (this.#samples - 1)) === 0) this.#snapshot = crop(frame, this.#room);
    if (this.#summed >= mostSummed) return;
    this.#summed++;
    for (let row = 0, to = 0; row < height; row++)
      for (let from = (y + row) * frame.width + x, end = from + width; from < end; from++, to++)
        this.#sum[to] = (this.#sum[to] as number) + (frame.luma[from] as number);
  }
}

function crop(frame: LumaPicture, { x, y, width, height }: PixelBox): LumaPicture {
  const luma = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * frame.width + x;
    luma.set(frame.luma.subarray(from, from + width), row * width);
  }
  return { luma, width, height };
}
