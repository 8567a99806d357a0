/** A line's picture made plainer for a second reading: without what lies beside its panel, and without its outline. */
import type { LumaPicture } from '../luma-picture.js';

/** The side of a panel steps at least so far, in this share of the picture's rows; no letter's stem is as high. */
const [leastSideStep, leastSideRows] = [24, 0.85];
/** How far in from the picture's end a side may lie, in heights of the picture. */
const sideReach = 0.7;
/** A line on a panel, or on plain ground, has its darkest pixels this much farther from the median than its lightest. */
const leastDarker = 2;
/** Less contrast is not blown up further. */
const leastContrast = 20;

/** The picture with what lies left and right of an opaque panel replaced by the panel's own edge. */
export function insidePanel(picture: LumaPicture): LumaPicture {
  const { width, height } = picture;
  const reach = Math.min(Math.floor(width / 3), Math.round(sideReach * height));
  let [left, right] = [0, width - 1];
  for (let x = 2; x < reach; x++) if (isSide(picture, x)) left = x + 3;
  for (let x = width - 3; x >= width - reach; x--) if (isSide(picture, x)) right = x - 3;
  if (left === 0 && right === width - 1) return picture;
  const luma = Uint8Array.from(picture.luma);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    luma.fill(luma[from + left] ?? 0, from, from + left);
    luma.fill(luma[from + right] ?? 0, from + right + 1, from + width);
  }
  return { ...picture, luma };
}

function isSide({ luma, width, height }: LumaPicture, x: number): boolean {
  let [up, down] = [0, 0];
  for (let at = x, y = 0; y < height; y++, at += width) {
    const step = (luma[at + 2] ?? 0) - (luma[at - 2] ?? 0);
    if (step > leastSideStep) up++;
    else if (step < -leastSideStep) down++;
  }
  return Math.max(up, down) >= leastSideRows * height;
}

/**
 * Letters alone on black: what is darker than the ground (outline, shadow, most of what moves behind) is gone, the rest
 * stretched to full contrast. Dark letters on light ground become light ones.
 */
export function lettersAlone(picture: LumaPicture): LumaPicture {
  const sorted = Uint8Array.from(picture.luma).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [darkest, ground, lightest] = [at(0.02), at(0.5), at(0.98)];
  const isDark = ground - darkest > leastDarker * (lightest - ground);
  const scale = 255 / Math.max(leastContrast, isDark ? ground - darkest : lightest - ground);
  const luma = picture.luma.map((value) =>
    Math.max(0, Math.min(255, (isDark ? ground - value : value - ground) * scale + 0.5)),
  );
  return { ...picture, luma };
}
