import type { IdentityTrack } from './identity-track.js';

/** The pull of what one film knows of its own: so many pairs weigh as much as what is known beforehand. */
const priorPairs = 10;
/** No film shifts the measure by more than this. */
const mostShift = 1.35;
/** Model whose vectors carry no measure of their own: its makers' threshold (SFace, Zhong et al. 2021: cosine .363). */
const sfaceSameDistance = 0.637;
/**
 * Faces of one person in different shots lie about three times as far apart as the model wavers on one picture of them,
 * faces of two people five times and more.
 */
const sameBelow = 4;

/**
 * How much further a small face lies from everybody, its own larger pictures too, than its wavering tells: that is
 * measured by taking detail away, and a small face has none to lose. Measured without labels, on clear faces of two
 * films shrunk to 60…16 pixels: as 1 + (16 / height)², within .05 at each size. 1 for faces large enough to be clear.
 */
const blurredPx = 16;
const clearPx = 48;
const blur = (heightPx: number): number => 1 + (blurredPx / Math.max(1, heightPx)) ** 2;
const smallness = (heightPx: number): number => Math.max(1, blur(heightPx) / blur(clearPx));

/** How strange two tracks are to each other: their distance in units of how far the model wavers on them. */
export type Strangeness = (a: IdentityTrack, b: IdentityTrack) => number;

/** Strangeness for the embeddings of a model; `bundled` ones have been measured, others go by SFace's threshold. */
export const strangenessFor =
  (bundled: boolean): Strangeness =>
  (a, b) => {
    const wavering = bundled
      ? ((a.unsteadiness + b.unsteadiness) / 2) * smallness(Math.min(a.heightPx, b.heightPx))
      : sfaceSameDistance / sameBelow;
    return meanDistance(a.mean, b.mean) / Math.max(0.01, wavering);
  };

/** Mean cosine distance between the faces of two tracks. */
export function meanDistance(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (let at = 0; at < a.length; at++) product += (a[at] ?? 0) * (b[at] ?? 0);
  return 1 - product;
}

/**
 * Up to what strangeness two tracks are one person in this film. Faces that stand in one frame are different people:
 * where the film has such pairs, the limit moves towards what keeps nine tenths of them apart.
 */
export function strangenessLimit(strangersInOneFrame: readonly number[]): number {
  if (strangersInOneFrame.length === 0) return sameBelow;
  const sorted = strangersInOneFrame.toSorted((a, b) => a - b);
  const nearest = sorted[Math.floor(sorted.length / 10)] ?? sameBelow;
  const own = Math.max(sameBelow / mostShift, Math.min(sameBelow * mostShift, nearest * 0.9));
  return (priorPairs * sameBelow + sorted.length * own) / (priorPairs + sorted.length);
}
