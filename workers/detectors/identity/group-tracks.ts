import { mean } from '../arithmetic.js';
import { type IdentityTrack, isLarge } from './identity-track.js';
import { linkByAverage } from './linkage.js';
import { oneFaceGroups } from './one-face.js';

/** A track that joins a group is judged by so many of its faces, and must be nearer to it than to any other by this. */
const nearestFounders = 2;
const plainlyNearer = 0.95;
/**
 * Tracks, by their place in the list, gathered into persons; `apart` says how strange two are, ties counted, Infinity for
 * those that can not be one. Clear faces found the groups. Every other face joins the group whose faces are nearest to it, if that one is plainly
 * the nearest; those that fit none are gathered among themselves. A face that was lost and found again stays one.
 */
export function groupTracks(
  known: readonly IdentityTrack[],
  apart: (a: number, b: number) => number,
  limit: number,
): number[][] {
  const weights = known.map(({ readings }) => readings);
  const isApart = (a: number, b: number) => apart(a, b) === Number.POSITIVE_INFINITY;
  const faces = oneFaceGroups(known, isApart);
  const clearOf = (members: readonly number[]) => members.filter((member) => known[member]?.clear);
  const faceOf = new Map(faces.flatMap((members) => members.map((member) => [member, members])));
  const wholeOf = (members: readonly number[]) => [...new Set(members.flatMap((one) => faceOf.get(one) ?? []))];
  // Who stands beside part of a face stands beside all of it.
  const facesApart = (a: number, b: number) =>
    wholeOf([a]).some((one) => wholeOf([b]).some((other) => isApart(one, other)))
      ? Number.POSITIVE_INFINITY
      : apart(a, b);
  const clearFaces = faces.map(clearOf).filter((members) => members.length > 0);
  const founders = linkByAverage(weights, facesApart, limit, clearFaces);
  const founded = founders.map(wholeOf);
  const groups = founded.map((members) => [...members]);
  /** Those of `some` that no group, judged by these of its members, takes. */
  const carry = (some: readonly (readonly number[])[], judges: readonly (readonly number[])[]) =>
    some.filter((face) => {
      const far = judges.map((members, group) => carried(face, members, groups[group] ?? [], apart));
      const [best = Number.POSITIVE_INFINITY, second = Number.POSITIVE_INFINITY] = far.toSorted((a, b) => a - b);
      if (best > limit || best >= plainlyNearer * second) return true;
      groups[far.indexOf(best)]?.push(...face);
      return false;
    });
  const doubtful = carry(
    faces.filter((members) => clearOf(members).length === 0),
    founders,
  );
  // Those just taken in show another side of somebody; but a small face is much like every other, and judges none.
  const left = carry(
    doubtful,
    groups.map((members) => members.filter((member) => isLarge(known[member]))),
  );
  return [...groups.map((members) => members.toSorted((a, b) => a - b)), ...linkByAverage(weights, apart, limit, left)];
}

/** How far a face lies from a group: from those of its `judges` that are nearest to it in light and pose. */
function carried(
  face: readonly number[],
  judges: readonly number[],
  group: readonly number[],
  apart: (a: number, b: number) => number,
): number {
  if (face.some((one) => group.some((other) => apart(one, other) === Number.POSITIVE_INFINITY)))
    return Number.POSITIVE_INFINITY;
  const nearest = face.flatMap((one) => judges.map((judge) => apart(one, judge))).toSorted((a, b) => a - b);
  return mean(nearest.slice(0, nearestFounders), Number.POSITIVE_INFINITY);
}
