import type { IdentityTrack } from './identity-track.js';

/**
 * What share of their colours two chests have in common: the same clothes in another light about as much as other
 * clothes in the same light (.55); more speaks for one person, less for two, up to the full weight a quarter away.
 */
const undecided = 0.55;
const decided = 0.25;
/** What clothes do to strangeness at the most: uniforms exist, and coats are taken off. */
const weight = 0.15;

/**
 * What clothes say about two tracks, as a factor of their strangeness (Sivic, Zitnick & Szeliski 2006). They are asked
 * only where a face cannot be read well, and where nobody has had time to change.
 */
export const clothingTies =
  (isOneOccasion: (a: IdentityTrack, b: IdentityTrack) => boolean): ((a: IdentityTrack, b: IdentityTrack) => number) =>
  (a, b) => {
    if ((a.clear && b.clear) || !a.clothing || !b.clothing || !isOneOccasion(a, b)) return 1;
    const alike = Math.max(-1, Math.min(1, (sharedColours(a.clothing, b.clothing) - undecided) / decided));
    return 1 - weight * alike;
  };

/** Histogram intersection (Swain & Ballard 1991), 0…1. */
export function sharedColours(a: Float32Array, b: Float32Array): number {
  let shared = 0;
  for (const [bin, share] of a.entries()) shared += Math.min(share, b[bin] ?? 0);
  return shared;
}
