/**
 * What stands on a film's picture whatever is shown: logos, watermarks, a channel's bar. Learned per pixel of the text
 * mask, and taken out of it, so that a subtitle on or beside a watermark is found and followed by its own strokes.
 */
import type { PixelBox } from '../pixel-box.js';

/** A mean over the masks in whole numbers: full scale, and how fast it forgets (2⁻⁶ of it a mask, about 36 s). */
const [always, forgets] = [1 << 14, 6];
/** Masks are taken in this often. */
export const markStepMs = 560;
/** A pixel is a mark's once its mean reaches this share, after 18 s without a break; longer than any subtitle stands. */
const becomes = 0.4 * always;
/** It stays one while its mean keeps this share: subtitles on a panel hide a watermark most of the time. */
const stays = 0.1 * always;
/** Of pictures seconds apart no two share a subtitle. A mark's pixel has its sign on half of them, and a few to be sure. */
const [leastPictures, leastShare] = [4, 0.5];
const sure = (pictures: number) => 0.5 * Math.sqrt(pictures);
/** Around each of a mark's pixels there are so many others within so many pixels: lone ones are what subtitles have in common. */
const [neighbourhoodPx, leastNeighbours] = [3, 12];

export class StandingMarks {
  readonly #mean: Int16Array;
  /** The mask's sign (1, −1) where a mark stands, 0 elsewhere. */
  readonly signs: Int8Array;

  constructor(
    readonly width: number,
    height: number,
  ) {
    this.#mean = new Int16Array(width * height);
    this.signs = new Int8Array(width * height);
  }

  /** What the masks of pictures seconds apart, taken before the film is read, have in common. */
  preview(masks: readonly Int8Array[]): void {
    const least = Math.max(leastPictures, leastShare * masks.length + sure(masks.length));
    for (let at = 0; at < this.signs.length; at++) {
      let sum = 0;
      for (const mask of masks) sum += mask[at] as number;
      if (Math.abs(sum) < least) continue;
      this.signs[at] = Math.sign(sum);
      this.#mean[at] = Math.trunc((sum / masks.length) * (always - 1));
    }
    this.#dropSpecks();
  }

  #dropSpecks(): void {
    const all = Int8Array.from(this.signs);
    for (let at = 0; at < all.length; at++) {
      if (!all[at]) continue;
      let near = 0;
      for (let dy = -neighbourhoodPx; dy <= neighbourhoodPx; dy++)
        for (let side = at + dy * this.width - neighbourhoodPx, end = side + 2 * neighbourhoodPx; side <= end; side++)
          if (all[side]) near++;
      if (near > leastNeighbours) continue;
      this.signs[at] = 0;
      this.#mean[at] = 0;
    }
  }

  /** Takes in the next mask; one every `markStepMs`. */
  learn(mask: Int8Array): void {
    for (let at = 0; at < mask.length; at++) {
      const sign = mask[at] as number;
      const before = this.#mean[at] as number;
      if (sign === 0 && before === 0) continue;
      const mean = before + Math.trunc((sign * (always - 1) - before) / (1 << forgets));
      this.#mean[at] = mean;
      const size = Math.abs(mean);
      if (size >= becomes) this.signs[at] = Math.sign(mean);
      else if (size < stays) this.signs[at] = 0;
    }
  }

  /** How many of the pixels in a box are a mark's. */
  countIn({ x, y, width, height }: PixelBox): number {
    let count = 0;
    for (let row = y; row < y + height; row++)
      for (let at = row * this.width + x, end = at + width; at < end; at++) if (this.signs[at]) count++;
    return count;
  }
}
