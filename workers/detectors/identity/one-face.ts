import type { FaceTrack } from '../../people-findings.js';
import { intersectionOverUnion } from '../non-maximum.js';
import type { IdentityTrack } from './identity-track.js';

/** A face that is lost is the same one when it is found again this soon, this near to its old place, in milliseconds. */
const lostForMs = 1200;
const samePlaceOverlap = 0.4;

/** Whether a face was lost and found again where it was, in one shot: nobody takes somebody's place that fast. */
export function isFoundAgain(a: IdentityTrack, b: IdentityTrack): boolean {
  if (a.shotStartMs !== b.shotStartMs) return false;
  const [earlier, later] = a.startMs <= b.startMs ? [a, b] : [b, a];
  const lost = later.startMs - earlier.endMs;
  return lost >= 0 && lost <= lostForMs && intersectionOverUnion(earlier.last, later.first) >= samePlaceOverlap;
}

/**
 * Members that must be together, gathered: each group is one face. A link that would put two together who stand side
 * by side (`areApart`) is not made. Groups and members in rising order.
 */
export function oneFaceGroups(
  known: readonly IdentityTrack[],
  areApart: (a: number, b: number) => boolean,
): number[][] {
  const groups: number[][] = [];
  for (const [member, track] of known.entries()) {
    const own = [member];
    for (const group of [...groups]) {
      const linked = group.some((other) => isFoundAgain(known[other] as IdentityTrack, track));
      if (!linked || group.some((one) => own.some((other) => areApart(one, other)))) continue;
      own.push(...group);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(own.toSorted((a, b) => a - b));
  }
  return groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** Whether the tracks of a shot show one face at a time. */
export const isOneAtATime = (tracks: readonly FaceTrack[]): boolean =>
  tracks.every((a, index) => tracks.slice(index + 1).every((b) => a.endMs <= b.startMs || b.endMs <= a.startMs));
