import type { FaceQuality } from '../../people-findings.js';
import { asShare } from '../arithmetic.js';
import type { RgbPicture } from '../rgb-picture.js';
import type { HeadAngles } from './mesh-reading.js';

/** The cut-out is shrunk to about this before its sharpness is measured, so that sizes can be compared. */
const sharpnessSidePx = 64;
/** Part of the cut-out that is face and not what stands around it. */
const faceShare = 0.6;
/** Turned further than this, one half of the mouth is hidden; not at all hidden below the first. */
const mouthHidden = { fromRad: 0.6, byRad: 1.2 };
/** Faces lower than the first show no lips; from the second on they are plain, in pixels. */
const lipsReadable = { fromPx: 20, byPx: 80 };

/** How well a face can be read: `cut` is its upright cut-out, `heightPx` its height in the film as shown. */
export function faceQuality(cut: RgbPicture, heightPx: number, angles: HeadAngles | undefined): FaceQuality {
  return {
    heightPx: Math.round(heightPx),
    sharpness: Math.round(faceSharpness(cut)),
    lipVisibility: angles ? Number(lipVisibility(heightPx, angles).toFixed(2)) : 0,
  };
}

/** 0…1: small where the mouth is turned away or the face is small. */
export function lipVisibility(heightPx: number, { yaw, pitch }: HeadAngles): number {
  const turned = Math.hypot(yaw, pitch);
  const facing = asShare((mouthHidden.byRad - turned) / (mouthHidden.byRad - mouthHidden.fromRad));
  return facing * asShare((heightPx - lipsReadable.fromPx) / (lipsReadable.byPx - lipsReadable.fromPx));
}

/** Variance of the Laplacian of luma (Pech-Pacheco et al. 2000) in the middle of the cut-out at 64 pixels. */
export function faceSharpness({ rgb, width }: RgbPicture): number {
  const factor = Math.max(1, Math.floor(width / sharpnessSidePx));
  const side = Math.floor(width / factor);
  const luma = new Float32Array(side * side);
  for (let y = 0; y < side * factor; y++)
    for (let x = 0; x < side * factor; x++) {
      const at = (y * width + x) * 3;
      const cell = Math.floor(y / factor) * side + Math.floor(x / factor);
      luma[cell] = num(luma, cell) + 0.299 * num(rgb, at) + 0.587 * num(rgb, at + 1) + 0.114 * num(rgb, at + 2);
    }
  const margin = Math.max(1, Math.round((side * (1 - faceShare)) / 2));
  let [sum, squares, count] = [0, 0, 0];
  for (let y = margin; y < side - margin; y++)
    for (let x = margin; x < side - margin; x++) {
      const at = y * side + x;
      const around = num(luma, at - 1) + num(luma, at + 1) + num(luma, at - side) + num(luma, at + side);
      const value = (around - 4 * num(luma, at)) / (factor * factor);
      sum += value;
      squares += value * value;
      count++;
    }
  return count > 0 ? Math.max(0, squares / count - (sum / count) ** 2) : 0;
}

const num = (values: ArrayLike<number>, index: number) => values[index] as number;
