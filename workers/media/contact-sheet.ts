/** A page of small pictures with the time of each: all keyframes of a film at a glance. */
import { evenLength, type PictureSize } from './picture-size.js';

const thumbWidth = 192;
const gap = 6;
const labelHeight = 14;
const columns = 6;
const paper = { luma: 34, chroma: 128 };
const ink = 220;

/** A picture shrunk for the sheet. */
export interface Thumb extends PictureSize {
  /** yuv420p */
  readonly pixels: Uint8Array;
  readonly label: string;
}

/** Digits and signs of time labels, five pixels wide and seven high, a row a number. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 6, 8, 16, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  ':': [0, 4, 4, 0, 4, 4, 0],
  '.': [0, 0, 0, 0, 0, 12, 12],
};

/** Size of a thumb of a picture of this size: even, and no wider or higher than a cell. */
export function thumbSize({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(thumbWidth / width, thumbWidth / height);
  return { width: evenLength(width * scale), height: evenLength(height * scale) };
}

/** Shrinks a yuv420p picture to a thumb by area averages. */
export function makeThumb(pixels: Uint8Array, size: PictureSize, label: string): Thumb {
  const small = thumbSize(size);
  const parts = planesOf(size).map((plane, index) => {
    const target = planesOf(small)[index] ?? plane;
    return shrinkPlane(pixels.subarray(plane.offset, plane.offset + plane.width * plane.height), plane, target);
  });
  return { ...small, pixels: Buffer.concat(parts), label };
}

/** Lays thumbs out on one page, row by row; all thumbs have one size. */
export function layContactSheet(thumbs: readonly Thumb[]): PictureSize & { readonly pixels: Uint8Array } {
  const cell = thumbs[0] ?? { width: 2, height: 2 };
  const across = Math.min(columns, Math.max(1, thumbs.length));
  const down = Math.max(1, Math.ceil(thumbs.length / across));
  const page = {
    width: evenLength(gap + across * (cell.width + gap)),
    height: evenLength(gap + down * (cell.height + labelHeight + gap)),
  };
  const planes = planesOf(page);
  const pixels = Buffer.alloc((page.width * page.height * 3) / 2, paper.chroma);
  pixels.fill(paper.luma, 0, page.width * page.height);
  for (const [index, thumb] of thumbs.entries()) {
    const left = gap + (index % across) * (cell.width + gap);
    const top = gap + Math.floor(index / across) * (cell.height + labelHeight + gap);
    for (const [which, from] of planesOf(thumb).entries()) {
      const onto = planes[which] ?? from;
      const [x, y] = which === 0 ? [left, top] : [left / 2, top / 2];
      for (let row = 0; row < from.height; row++) {
        const source = thumb.pixels.subarray(from.offset + row * from.width, from.offset + (row + 1) * from.width);
        pixels.set(source, onto.offset + (Math.floor(y) + row) * onto.width + Math.floor(x));
      }
    }
    writeLabel(pixels, page.width, left, top + cell.height + 4, thumb.label);
  }
  return { ...page, pixels };
}

function writeLabel(pixels: Uint8Array, pageWidth: number, left: number, top: number, label: string): void {
  for (const [place, sign] of [...label].entries())
    for (const [row, bits] of (glyphs[sign] ?? []).entries())
      for (let column = 0; column < 5; column++)
        if (bits & (16 >> column)) pixels[(top + row) * pageWidth + left + place * 6 + column] = ink;
}

function planesOf({ width, height }: PictureSize) {
  const half = { width: width / 2, height: height / 2 };
  const luma = width * height;
  return [
    { width, height, offset: 0 },
    { ...half, offset: luma },
    { ...half, offset: luma + luma / 4 },
  ];
}

function shrinkPlane(plane: Uint8Array, from: PictureSize, to: PictureSize): Uint8Array {
  const small = new Uint8Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    const [top, bottom] = spanOf(y, from.height, to.height);
    for (let x = 0; x < to.width; x++) {
      const [left, right] = spanOf(x, from.width, to.width);
      let sum = 0;
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) sum += plane[row * from.width + column] ?? 0;
      small[y * to.width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

/** The source pixels, one at least, that fall on target pixel `index`. */
function spanOf(index: number, from: number, to: number): [number, number] {
  const start = Math.min(from - 1, Math.floor((index * from) / to));
  return [start, Math.max(start + 1, Math.floor(((index + 1) * from) / to))];
}
