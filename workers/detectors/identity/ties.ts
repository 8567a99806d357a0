import type { FaceTrack, FoundShot } from '../../findings.js';
import { intersectionOverUnion } from '../non-maximum.js';
import { compareShots } from '../shot-likeness.js';
import type { IdentityTrack } from './identity-track.js';

/** Two boxes at one moment that overlap by more are one face seen twice. */
const oneFaceOverlap = 0.3;
/** Faces of one setup that lie over each other by this much stand in the same place. */
const samePlaceOverlap = 0.25;
/** Shots as alike as the first are of one camera setup; those less alike than the second are not. */
const sameSetup = 0.75;
const otherSetup = 0.6;
/** A setup comes back within so many shots, with the same person in the same place. */
const returnsWithin = 6;
/** A face that is lost and found again in a shot is found again within this, in milliseconds. */
const lostForMs = 3000;

/** What each tie does to strangeness: no tie outweighs faces that differ plainly. */
const sameShotFactor = 0.8;
const returningSetupFactor = 0.75;
const reverseShotFactor = 1.2;

/** Whether two tracks are seen side by side at one moment: then they are two people, whatever they look like. */
export function standTogether(a: FaceTrack, b: FaceTrack): boolean {
  if (a.shotStartMs !== b.shotStartMs || a.startMs >= b.endMs || b.startMs >= a.endMs) return false;
  const moments = new Map(a.readings.map(({ atMs, box }) => [atMs, box]));
  return b.readings.some(({ atMs, box }) => {
    const other = moments.get(atMs);
    return other !== undefined && intersectionOverUnion(box, other) < oneFaceOverlap;
  });
}

/**
 * What the editing says about two tracks, as a factor of their strangeness: a face that is found again in the same shot
 * and one that stands where it stood when a camera setup returns are likely the same; the faces of shot and reverse shot
 * (A B A) are likely different.
 */
export function editingTies(
  shots: readonly FoundShot[],
  tracks: readonly FaceTrack[],
): (a: IdentityTrack, b: IdentityTrack) => number {
  const { setup } = compareShots(shots);
  const indexOf = new Map(shots.map(({ startMs }, index) => [startMs, index]));
  const faces = shots.map(({ startMs }) => tracks.filter((track) => track.shotStartMs === startMs).length);
  const isReverse = (a: number, b: number): boolean => {
    const [first, second] = [Math.min(a, b), Math.max(a, b)];
    if (second - first !== 1 || faces[a] !== 1 || faces[b] !== 1 || setup(a, b) >= otherSetup) return false;
    const returns = (shot: number, back: number) => faces[back] !== undefined && setup(shot, back) >= sameSetup;
    return returns(first, second + 1) || returns(second, first - 1);
  };
  return (a, b) => {
    const [shotA, shotB] = [indexOf.get(a.shotStartMs) ?? -1, indexOf.get(b.shotStartMs) ?? -1];
    if (shotA === shotB) {
      const [earlier, later] = a.startMs <= b.startMs ? [a, b] : [b, a];
      return later.startMs - earlier.endMs <= lostForMs ? sameShotFactor : 1;
    }
    if (Math.abs(shotA - shotB) <= returnsWithin && setup(shotA, shotB) >= sameSetup)
      return Math.max(
        ...[a.first, a.last].flatMap((one) => [b.first, b.last].map((other) => intersectionOverUnion(one, other))),
      ) >= samePlaceOverlap
        ? returningSetupFactor
        : 1;
    return isReverse(shotA, shotB) ? reverseShotFactor : 1;
  };
}
