import type { RgbPicture } from '../detectors/rgb-picture.js';

/** An RGB picture with even sides as planar 4:2:0 in full range (BT.601), as `encodeJpegs` wants it. */
export function toYuv420({ rgb, width, height }: RgbPicture): Uint8Array {
  const chroma = (width / 2) * (height / 2);
  const yuv = new Uint8ClampedArray(width * height + 2 * chroma);
  const blue = width * height;
  const red = blue + chroma;
  const sums = new Float32Array(2 * chroma);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const [r = 0, g = 0, b = 0] = rgb.subarray(at * 3, at * 3 + 3);
      const luma = 0.299 * r + 0.587 * g + 0.114 * b;
      yuv[at] = luma;
      const cell = (y >> 1) * (width / 2) + (x >> 1);
      sums[cell] = (sums[cell] ?? 0) + 0.564 * (b - luma);
      sums[chroma + cell] = (sums[chroma + cell] ?? 0) + 0.713 * (r - luma);
    }
  for (let cell = 0; cell < chroma; cell++) {
    yuv[blue + cell] = 128 + (sums[cell] ?? 0) / 4;
    yuv[red + cell] = 128 + (sums[chroma + cell] ?? 0) / 4;
  }
  return new Uint8Array(yuv.buffer);
}
