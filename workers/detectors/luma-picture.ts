import type { PixelBox } from './pixel-box.js';

/** A picture of brightness alone: what text is found and read on. */
export interface LumaPicture {
  /** 0…255, row by row; `width × height` values. */
  readonly luma: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The rectangle's part of the picture, scaled to `width × height` (bilinear; averaging where it shrinks). */
export function resample(picture: LumaPicture, from: PixelBox, width: number, height: number): LumaPicture {
  const columns = taps(from.x, from.width, width, picture.width);
  const rows = taps(from.y, from.height, height, picture.height);
  const luma = new Uint8Array(width * height);
  const line = new Float32Array(picture.width);
  const [left, right] = columns.span;
  for (let y = 0; y < height; y++) {
    line.fill(0, left, right);
    for (let tap = rows.first[y] ?? 0; tap < (rows.first[y + 1] ?? 0); tap++) {
      const weight = rows.weights[tap] ?? 0;
      const start = (rows.at[tap] ?? 0) * picture.width;
      for (let x = left; x < right; x++) line[x] = (line[x] ?? 0) + weight * (picture.luma[start + x] ?? 0);
    }
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = columns.first[x] ?? 0; tap < (columns.first[x + 1] ?? 0); tap++)
        sum += (columns.weights[tap] ?? 0) * (line[columns.at[tap] ?? 0] ?? 0);
      luma[y * width + x] = sum + 0.5;
    }
  }
  return { luma, width, height };
}

/** The rectangle's part of the picture; whole pixels inside it. */
export function crop(picture: LumaPicture, { x, y, width, height }: PixelBox): LumaPicture {
  const luma = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * picture.width + x;
    luma.set(picture.luma.subarray(from, from + width), row * width);
  }
  return { luma, width, height };
}

/** What one picture has more or less of than another of the same size, on mid-grey. */
export function difference(picture: LumaPicture, other: LumaPicture): LumaPicture {
  const luma = picture.luma.map((value, at) =>
    Math.max(0, Math.min(255, 128 + (value - (other.luma[at] ?? 0)) * 0.75)),
  );
  return { ...picture, luma };
}

/** More frames do not make a mean clearer. */
const mostSummed = 48;

/** The mean of one rectangle over many frames. */
export class MeanPicture {
  readonly #sum: Float32Array;
  count = 0;

  constructor(readonly box: PixelBox) {
    this.#sum = new Float32Array(box.width * box.height);
  }

  add(frame: LumaPicture): void {
    if (this.count >= mostSummed) return;
    this.count++;
    const { x, y, width, height } = this.box;
    for (let row = 0, to = 0; row < height; row++)
      for (let from = (y + row) * frame.width + x, end = from + width; from < end; from++, to++)
        this.#sum[to] = (this.#sum[to] as number) + (frame.luma[from] as number);
  }

  picture(): LumaPicture {
    const luma = Uint8Array.from(this.#sum, (sum) => sum / Math.max(1, this.count) + 0.5);
    return { luma, width: this.box.width, height: this.box.height };
  }
}

/** Source positions and weights for each target position of a triangle filter, at least one source pixel wide. */
function taps(start: number, length: number, count: number, limit: number) {
  const step = length / count;
  const radius = Math.max(1, step);
  const first = new Int32Array(count + 1);
  const at: number[] = [];
  const weights: number[] = [];
  let lowest = limit;
  let highest = 0;
  for (let index = 0; index < count; index++) {
    const centre = start + (index + 0.5) * step - 0.5;
    const from = at.length;
    let total = 0;
    for (let source = Math.ceil(centre - radius); source <= centre + radius; source++) {
      const weight = 1 - Math.abs(source - centre) / radius;
      if (weight <= 0) continue;
      const inside = Math.min(limit - 1, Math.max(0, source));
      at.push(inside);
      weights.push(weight);
      total += weight;
      lowest = Math.min(lowest, inside);
      highest = Math.max(highest, inside + 1);
    }
    for (let tap = from; tap < at.length; tap++) weights[tap] = (weights[tap] ?? 0) / total;
    first[index + 1] = at.length;
  }
  return { first, at: Int32Array.from(at), weights: Float32Array.from(weights), span: [lowest, highest] as const };
}
