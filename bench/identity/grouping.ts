/** How labelled faces fall into the persons that were gathered. */
import type { FaceTrack } from '../../workers/people-findings.js';
import { isOn, type LabelledFilm } from './labels.js';
import { type GroupedFace, scoreGroups } from './score.js';

/** A labelled face is looked for among readings this near in time. */
const nearMs = 700;

/** The number of the shot that runs at a moment. */
export type ShotAt = (atMs: number) => number;

export function groupLabels(
  labels: LabelledFilm,
  tracks: readonly FaceTrack[],
  shotAt: ShotAt,
  groupOf: (track: number, atMs: number) => number | undefined,
): GroupedFace[] {
  return labels.frames.flatMap(({ atMs, faces }) =>
    faces
      .filter(({ who }) => who !== '?')
      .map(({ who, box }) => {
        const track = tracks.findIndex(({ shotStartMs, readings }) => {
          if (shotAt(shotStartMs) !== shotAt(atMs)) return false;
          const [nearest] = readings.toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
          return nearest && Math.abs(nearest.atMs - atMs) <= nearMs && isOn(nearest.box, box);
        });
        return { who, group: track < 0 ? undefined : groupOf(track, atMs) };
      }),
  );
}

export function rowOf(grouped: readonly GroupedFace[], { main }: LabelledFilm) {
  const { purity, fragments, mainFound, coverage, groups } = scoreGroups(grouped, main);
  return {
    groups,
    purity: round(purity),
    'fragments a main person': round(fragments),
    'main persons found': `${mainFound} of ${main.length}`,
    'labelled faces in a group': round(coverage),
  };
}

export const round = (value: number): number => Number(value.toFixed(3));
