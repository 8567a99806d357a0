import type { IdentityTrack } from './identity-track.js';

/**
 * What share of their colours two chests have in common where nothing follows from it; from so much more on they wear
 * the same, from so much less on something else, or the same in another light.
 */
const undecided = 0.75;
const decided = 0.2;
/** What clothes do to strangeness at the most: uniforms exist; and light changes colours more than it makes them alike. */
const weightAlike = 0.15;
const weightUnlike = 0.075;

/**
 * What clothes say about two tracks, as a factor of their strangeness (Sivic, Zitnick & Szeliski 2006). They are asked
 * only where a face cannot be read well, and where nobody has had time to change.
 */
export const clothingTies =
  (isOneOccasion: (a: IdentityTrack, b: IdentityTrack) => boolean): ((a: IdentityTrack, b: IdentityTrack) => number) =>
  (a, b) => {
    if ((a.clear && b.clear) || !a.clothing || !b.clothing || !isOneOccasion(a, b)) return 1;
    const alike = Math.max(-1, Math.min(1, (sharedColours(a.clothing, b.clothing) - undecided) / decided));
    return 1 - (alike > 0 ? weightAlike : weightUnlike) * alike;
  };

/** Histogram intersection (Swain & Ballard 1991), 0…1. */
export function sharedColours(a: Float32Array, b: Float32Array): number {
  let shared = 0;
  for (const [bin, share] of a.entries()) shared += Math.min(share, b[bin] ?? 0);
  return shared;
}
