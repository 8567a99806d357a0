/** What can be measured on one picture to tell an honest frame from a black, flat, blurred or covered one. */
export interface PictureMeasures {
  /**
   * Variance of the Laplacian of luma on a picture about 320 pixels wide (Pech-Pacheco et al. 2000), over its upper
   * part: the sharp edges of burned-in subtitles say nothing of the picture. 0 is flat.
   */
  readonly sharpness: number;
  /** Mean luma, 0…255. */
  readonly light: number;
  /** Standard deviation of luma, 0…255. */
  readonly contrast: number;
  /** Share of a 16×9 grid's cells in which there is something to see, 0…1. */
  readonly textured: number;
}

const workingWidth = 320;

/** Subtitles stand below this share of the height. */
const upperShare = 0.72;
const columns = 16;
const rows = 9;

/** A cell whose luma deviates by less than this is empty. */
const emptyDeviation = 2.5;

/** Measures the luma plane (`width × height` bytes, row by row) of a picture. */
export function measurePicture(luma: Uint8Array, width: number, height: number): PictureMeasures {
  const small = shrink(luma, width, height, Math.max(1, Math.round(width / workingWidth)));
  const whole = deviationIn(small, 0, 0, small.width, small.height);
  return {
    sharpness: laplacianVariance(small),
    light: whole.mean,
    contrast: whole.deviation,
    textured: texturedShare(small),
  };
}

interface Plane {
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Box averages of `factor × factor` pixels. */
function shrink(luma: Uint8Array, width: number, height: number, factor: number): Plane {
  const smallWidth = Math.max(1, Math.floor(width / factor));
  const smallHeight = Math.max(1, Math.floor(height / factor));
  const pixels = new Float32Array(smallWidth * smallHeight);
  for (let y = 0; y < smallHeight * factor && y < height; y++) {
    const target = Math.floor(y / factor) * smallWidth;
    for (let x = 0; x < smallWidth * factor && x < width; x++) {
      const index = target + Math.floor(x / factor);
      pixels[index] = (pixels[index] ?? 0) + (luma[y * width + x] ?? 0);
    }
  }
  const area = factor * factor;
  for (const index of pixels.keys()) pixels[index] = (pixels[index] ?? 0) / area;
  return { pixels, width: smallWidth, height: smallHeight };
}

function laplacianVariance({ pixels, width, height: whole }: Plane): number {
  const height = Math.ceil(whole * upperShare);
  let sum = 0;
  let squares = 0;
  const count = Math.max(0, width - 2) * Math.max(0, height - 2);
  if (count === 0) return 0;
  for (let y = 1; y < height - 1; y++)
    for (let index = y * width + 1; index < (y + 1) * width - 1; index++) {
      const around =
        (pixels[index - 1] ?? 0) +
        (pixels[index + 1] ?? 0) +
        (pixels[index - width] ?? 0) +
        (pixels[index + width] ?? 0);
      const value = around - 4 * (pixels[index] ?? 0);
      sum += value;
      squares += value * value;
    }
  return Math.max(0, squares / count - (sum / count) ** 2);
}

function texturedShare(plane: Plane): number {
  let textured = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column * plane.width) / columns);
      const top = Math.floor((row * plane.height) / rows);
      const right = Math.floor(((column + 1) * plane.width) / columns);
      const bottom = Math.floor(((row + 1) * plane.height) / rows);
      if (deviationIn(plane, left, top, right, bottom).deviation >= emptyDeviation) textured++;
    }
  return textured / (rows * columns);
}

function deviationIn({ pixels, width }: Plane, left: number, top: number, right: number, bottom: number) {
  let sum = 0;
  let squares = 0;
  const count = Math.max(1, (right - left) * (bottom - top));
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const value = pixels[y * width + x] ?? 0;
      sum += value;
      squares += value * value;
    }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
