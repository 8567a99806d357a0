import type { FrameSide } from '../../schema/enums.js';
import type { FaceReading, FaceTrack } from '../people-findings.js';

/** Somebody comes in or goes when the shot runs without them for this long before or after; else the cut did it. */
const leastWithoutMs = 1000;
/** A face's movement is read over this stretch after it is first seen, or before it is last seen. */
const watchedMs = 1500;
/** So far it must move meanwhile, in its own widths: heads sway and turn by less. */
const leastTravel = 0.35;
/** Looks are half a second apart, and the first may miss a face: it was outside the picture at most so long before. */
const unseenMs = 1000;
/** Another face that moves the same way by this share of it: the camera turns. */
const cameraShare = 0.5;

export interface FrameCrossings {
  readonly entersFrom?: FrameSide;
  readonly leavesTo?: FrameSide;
}

/**
 * The sides through which a person moves into and out of the picture while a shot runs. `tracks` are the person's in
 * the shot, `others` everybody else's. At its own speed, the face must have crossed the edge just before it was first
 * seen and after the shot began (and alike at the end): somebody who is cut to, or turns round, crosses no edge. A
 * camera that turns towards somebody looks the same, unless others in the picture move along.
 */
export function frameCrossings(
  tracks: readonly FaceTrack[],
  others: readonly FaceTrack[],
  shot: { readonly startMs: number; readonly endMs: number },
): FrameCrossings {
  const path = readingsOf(tracks);
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last) return {};
  const endMs = Math.max(...tracks.map((track) => track.endMs));
  const isCamera = (from: FaceReading, to: FaceReading) => movesAlong(others, from, to);

  const soon = fastest(
    first,
    path.filter(({ atMs }) => atMs <= first.atMs + watchedMs),
  );
  const entersFrom =
    soon && first.atMs - shot.startMs >= leastWithoutMs && !isCamera(first, soon)
      ? sideCrossed({ edge: first, inside: soon }, Math.min(unseenMs, first.atMs - shot.startMs))
      : undefined;

  const late = fastest(
    last,
    path.filter(({ atMs }) => atMs >= last.atMs - watchedMs),
  );
  const leavesTo =
    late && shot.endMs - endMs >= leastWithoutMs && !isCamera(late, last)
      ? sideCrossed({ edge: last, inside: late }, Math.min(unseenMs, shot.endMs - last.atMs))
      : undefined;
  return { ...(entersFrom && { entersFrom }), ...(leavesTo && { leavesTo }) };
}

const readingsOf = (tracks: readonly FaceTrack[]): FaceReading[] =>
  tracks.flatMap(({ readings }) => readings).toSorted((a, b) => a.atMs - b.atMs);

/** Of the sightings that lie far enough from the one at the edge, the one that the face reaches fastest. */
function fastest(edge: FaceReading, sightings: readonly FaceReading[]): FaceReading | undefined {
  const far = sightings.filter((inside) => Math.abs(middleOf(inside) - middleOf(edge)) >= leastTravel * edge.box.width);
  return far.toSorted((a, b) => speed(edge, b) - speed(edge, a))[0];
}

/** In shares of the picture's width a millisecond. */
const speed = (edge: FaceReading, inside: FaceReading) =>
  Math.abs(middleOf(inside) - middleOf(edge)) / Math.max(1, Math.abs(inside.atMs - edge.atMs));

/** The side that a face has crossed within `withinMs` of the sighting at the edge, at the speed it has between the two. */
function sideCrossed(
  { edge, inside }: { readonly edge: FaceReading; readonly inside: FaceReading },
  withinMs: number,
): FrameSide | undefined {
  const side: FrameSide = middleOf(inside) > middleOf(edge) ? 'LEFT' : 'RIGHT';
  const toEdge = side === 'LEFT' ? middleOf(edge) : 1 - middleOf(edge);
  return toEdge / speed(edge, inside) <= withinMs ? side : undefined;
}

/** Whether anybody else moves the same way between the moments of two readings. */
function movesAlong(others: readonly FaceTrack[], from: FaceReading, to: FaceReading): boolean {
  const moved = middleOf(to) - middleOf(from);
  return others.some(({ readings }) => {
    const seen = readings.filter(({ atMs }) => atMs >= from.atMs && atMs <= to.atMs);
    const [first, last] = [seen[0], seen.at(-1)];
    if (!first || !last) return false;
    const along = (middleOf(last) - middleOf(first)) * Math.sign(moved);
    return along > 0 && along >= cameraShare * Math.abs(moved);
  });
}

const middleOf = ({ box }: FaceReading) => box.x + box.width / 2;
