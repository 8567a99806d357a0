/** Sizes of pictures, in pixels, and the even ones that scalers and planar 4:2:0 (yuv420p) want. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a picture must not exceed, in pixels; of what is absent there is no limit. */
export interface MostPixels {
  readonly widthPx?: number;
  readonly longSidePx?: number;
  readonly shortSidePx?: number;
}

/** The size of a picture shrunk as far as the limits ask, never enlarged, with both sides even. */
export function shrunkSize({ width, height }: PictureSize, most: MostPixels): PictureSize {
  const { widthPx = Infinity, longSidePx = Infinity, shortSidePx = Infinity } = most;
  const scale = Math.min(
    1,
    widthPx / width,
    longSidePx / Math.max(width, height),
    shortSidePx / Math.min(width, height),
  );
  return { width: evenLength(width * scale), height: evenLength(height * scale) };
}

/** The nearest even number of pixels, 2 at least. */
export const evenLength = (lengthPx: number): number => Math.max(2, 2 * Math.round(lengthPx / 2));
