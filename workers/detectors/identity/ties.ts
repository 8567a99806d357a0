import type { FoundScene, FoundShot } from '../../findings.js';
import type { FaceTrack } from '../../people-findings.js';
import { intersectionOverUnion } from '../non-maximum.js';
import { compareShots } from '../scenes/shot-likeness.js';
import { clothingTies } from './clothing-ties.js';
import type { IdentityTrack } from './identity-track.js';
import { isOneAtATime } from './one-face.js';

/** Two boxes at one moment that overlap by more are one face seen twice. */
const oneFaceOverlap = 0.3;
/** A box that slips half off its face while another takes its place touches that one so often, and is gone. */
const mostSlips = 2;
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
const otherSideFactor = 0.85;

/**
 * Whether two tracks are seen side by side: then they are two people, whatever they look like. Boxes that do not touch
 * show it at once; those that do, when they do so for longer than a box slips off its face.
 */
export function standTogether(a: FaceTrack, b: FaceTrack): boolean {
  if (a.shotStartMs !== b.shotStartMs || a.startMs >= b.endMs || b.startMs >= a.endMs) return false;
  const moments = new Map(a.readings.map(({ atMs, box }) => [atMs, box]));
  const overlaps = b.readings.flatMap(({ atMs, box }) => {
    const other = moments.get(atMs);
    return other ? [intersectionOverUnion(box, other)] : [];
  });
  return overlaps.includes(0) || overlaps.filter((overlap) => overlap < oneFaceOverlap).length > mostSlips;
}

/** A factor of the strangeness of two tracks: below 1 where something says that they are one person. */
export type Ties = (a: IdentityTrack, b: IdentityTrack) => number;

/** What all but the face says about two tracks: the editing, and within a scene or a returning setup the clothes. */
export function tiesBetween(
  shots: readonly FoundShot[],
  scenes: readonly Pick<FoundScene, 'startMs' | 'endMs'>[],
  tracks: readonly FaceTrack[],
): Ties {
  const { setup } = compareShots(shots);
  const indexOf = new Map(shots.map(({ startMs }, index) => [startMs, index]));
  const shotOf = (track: IdentityTrack) => indexOf.get(track.shotStartMs) ?? -1;
  const sceneOf = ({ shotStartMs }: IdentityTrack) =>
    scenes.findIndex(({ startMs, endMs }) => startMs <= shotStartMs && shotStartMs < endMs);
  const returns = (a: number, b: number) => Math.abs(a - b) <= returnsWithin && setup(a, b) >= sameSetup;
  const isOneScene = (a: IdentityTrack, b: IdentityTrack) => sceneOf(a) >= 0 && sceneOf(a) === sceneOf(b);
  const clothing = clothingTies((a, b) => isOneScene(a, b) || returns(shotOf(a), shotOf(b)));
  const editing = editingTies(
    shots.map(({ startMs }) => tracks.filter(({ shotStartMs }) => shotStartMs === startMs)),
    setup,
  );
  return (a, b) => editing(a, b, shotOf(a), shotOf(b)) * clothing(a, b);
}

/**
 * A face that is found again in the same shot and one that stands where it stood when a camera setup returns are likely
 * the same. Where a setup returns (A B A), the faces of shot and reverse shot are likely different, and those on both
 * sides of a shot (B A B', one A of a setup that returns) likely the same, near or far.
 */
function editingTies(tracksOf: readonly (readonly FaceTrack[])[], setup: (a: number, b: number) => number) {
  const alone = tracksOf.map((tracks) => tracks.length > 0 && isOneAtATime(tracks));
  const differs = (a: number, b: number) => alone[a] === true && alone[b] === true && setup(a, b) < otherSetup;
  const comesBack = (shot: number, back: number) => alone[back] !== undefined && setup(shot, back) >= sameSetup;
  const isReverse = (first: number, second: number) =>
    differs(first, second) && (comesBack(first, second + 1) || comesBack(second, first - 1));
  const isOtherSide = (first: number, second: number) => {
    const between = first + 1;
    if (!differs(first, between) || !differs(between, second)) return false;
    return comesBack(between, first - 1) || comesBack(between, second + 1);
  };
  return (a: IdentityTrack, b: IdentityTrack, shotA: number, shotB: number): number => {
    const [first, second] = [Math.min(shotA, shotB), Math.max(shotA, shotB)];
    if (first === second) {
      const [earlier, later] = a.startMs <= b.startMs ? [a, b] : [b, a];
      return later.startMs - earlier.endMs <= lostForMs ? sameShotFactor : 1;
    }
    if (second - first <= returnsWithin && setup(first, second) >= sameSetup)
      return Math.max(
        ...[a.first, a.last].flatMap((one) => [b.first, b.last].map((other) => intersectionOverUnion(one, other))),
      ) >= samePlaceOverlap
        ? returningSetupFactor
        : 1;
    if (second - first === 1 && isReverse(first, second)) return reverseShotFactor;
    return second - first === 2 && isOtherSide(first, second) ? otherSideFactor : 1;
  };
}
