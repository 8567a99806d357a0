import type { KeyframeRejection } from '../../../schema/enums.js';
import type { PictureMeasures } from './picture-measures.js';

/** Luma of video black is 16. */
const blackLight = 24;
const blackContrast = 8;
const flatContrast = 5;

/** A picture with something to see in fewer cells than this, and far fewer than its shot has at its best, is covered. */
const coveredTextured = 0.35;
const coveredShare = 0.5;

/** A picture this much less sharp than what the film reaches at its median, and soft by itself, is blurred. */
const blurredShare = 0.08;
const softSharpness = 12;

/** How sharp and how full pictures are where this one comes from. */
export interface Surroundings {
  /** Median sharpness of the film's best frames. */
  readonly filmSharpness: number;
  /** Largest textured share among the shot's candidates. */
  readonly shotTextured: number;
}

/**
 * Why a frame cannot stand for its shot; undefined when it can. SkyScript-100M turns down about 4 % of its keyframes
 * for motion blur and occlusion. The thresholds are ours.
 */
export function rejectionOf(picture: PictureMeasures, around: Surroundings): KeyframeRejection | undefined {
  if (picture.light < blackLight && picture.contrast < blackContrast) return 'BLACK';
  if (picture.contrast < flatContrast) return 'FLAT';
  if (picture.textured < coveredTextured && picture.textured < coveredShare * around.shotTextured) return 'OCCLUSION';
  if (picture.sharpness < softSharpness && picture.sharpness < blurredShare * around.filmSharpness) return 'BLUR';
  return undefined;
}

/**
 * How well a frame stands for its shot among the shot's candidates: its sharpness, discounted where it is black, flat
 * or partly covered. Comparable within one shot.
 */
export function worthOf(picture: PictureMeasures): number {
  const seen = picture.light < blackLight && picture.contrast < blackContrast ? 0.01 : 1;
  return (1e-6 + picture.sharpness) * (0.1 + picture.textured) ** 2 * seen;
}
