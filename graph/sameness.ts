/** Whether a person of one analysis is a person of another: by when and where it is seen and heard, then by name. */
import type { Box } from '../schema/box.js';
import { foldName, type Moment } from './members.js';

/** Somebody as known by their moments and name. */
export interface Sighted {
  readonly personId: string;
  readonly name?: string;
  readonly moments: readonly Moment[];
}

/** Least overlap (intersection over union) of two boxes of one face, as two analyses of one frame may draw it. */
const sameBox = 0.3;

/** Least share of time that two analyses of one person have in common. */
export const samePerson = 0.5;

/** The share of the longer one's time in which both are seen, or heard, in the same place. 0…1; 0 without moments. */
export function sharedTime(a: readonly Moment[], b: readonly Moment[]): number {
  const longer = Math.max(lengthOf(a), lengthOf(b));
  if (longer === 0) return 0;
  const others = inOrder(b);
  let sharedMs = 0;
  let next = 0;
  let open: readonly Moment[] = [];
  for (const moment of inOrder(a)) {
    const begun = next;
    while ((others[next]?.startMs ?? Number.POSITIVE_INFINITY) < moment.endMs) next++;
    open = [...open, ...others.slice(begun, next)].filter(({ endMs }) => endMs > moment.startMs);
    for (const other of open) {
      const overlapMs = Math.min(moment.endMs, other.endMs) - Math.max(moment.startMs, other.startMs);
      if (overlapMs > 0 && moment.kind === other.kind && isSamePlace(moment.faceBox, other.faceBox))
        sharedMs += overlapMs;
    }
  }
  return Math.min(1, sharedMs / longer);
}

const inOrder = (moments: readonly Moment[]) => moments.toSorted((x, y) => x.startMs - y.startMs);

/** True where one box is unknown. */
export const isSamePlace = (a: Box | null | undefined, b: Box | null | undefined) =>
  !a || !b || boxOverlap(a, b) >= sameBox;

/** Intersection over union. */
function boxOverlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

const lengthOf = (moments: readonly Moment[]) => moments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/** How surely two are one person: 1…2 by moments, less than 1 by name, then by id where there is nothing else. */
export function samenessOf(a: Sighted, b: Sighted): number {
  const shared = sharedTime(a.moments, b.moments);
  if (shared >= samePerson) return 1 + shared;
  const hasNames = Boolean(a.name) && Boolean(b.name);
  const isNamesake = hasNames && foldName(a.name ?? '') === foldName(b.name ?? '');
  if (isNamesake) return a.personId === b.personId ? 0.9 : 0.8;
  const isKnownByIdOnly = a.moments.length === 0 && b.moments.length === 0 && !a.name && !b.name;
  return isKnownByIdOnly && a.personId === b.personId ? 0.5 : 0;
}

/** Pairs of persons of two analyses that are one, the surest first; nobody is in two pairs. */
export function pairPersons<A extends Sighted, B extends Sighted>(
  before: readonly A[],
  after: readonly B[],
): readonly (readonly [A, B])[] {
  const pairs = before.flatMap((a) => after.map((b) => ({ a, b, sureness: samenessOf(a, b) })));
  const sure = pairs.filter(({ sureness }) => sureness > 0).toSorted((x, y) => y.sureness - x.sureness);
  const paired = new Set<Sighted>();
  return sure.flatMap(({ a, b }) => {
    if (paired.has(a) || paired.has(b)) return [];
    paired.add(a).add(b);
    return [[a, b] as const];
  });
}
