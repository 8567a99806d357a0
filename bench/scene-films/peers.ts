/** Other ways to group shots into scenes, to stand beside ours. Each gives the indices of scenes' first shots. */
import { compareShots } from '../../workers/detectors/scenes/shot-likeness.js';
import type { FoundShot } from '../../workers/findings.js';

export const everyShotAScene = (shots: readonly FoundShot[]): number[] => shots.map((_, index) => index);

/** Equal numbers of shots a scene, as many scenes as there truly are: more than anybody could know. */
export const uniformScenes = (shots: readonly FoundShot[], count: number): number[] => [
  ...new Set(Array.from({ length: count }, (_, scene) => Math.round((scene * shots.length) / count))),
];

export const scenesAtFades = (shots: readonly FoundShot[]): number[] =>
  shots.flatMap(({ transition }, index) => (index === 0 || transition === 'FADE' ? [index] : []));

/**
 * Optimal sequential grouping (Rotman, Porat & Ashour 2016): the scenes minimise the sum of distances within them. The
 * true number of scenes is given to it in place of the paper's estimate.
 */
export function optimalSequentialGrouping(shots: readonly FoundShot[], count: number): number[] {
  const { colours } = compareShots(shots);
  return cheapestGrouping(
    shots.map((_, a) => shots.map((__, b) => 1 - colours(a, b))),
    count,
  );
}

/** Best division into `count` runs; cost of a run is the sum of all distances inside. */
function cheapestGrouping(distances: readonly (readonly number[])[], count: number): number[] {
  const length = distances.length;
  const best: number[][] = [Array.from({ length: length + 1 }, (_, to) => (to === 0 ? 0 : Number.POSITIVE_INFINITY))];
  const from: number[][] = [];
  for (let runs = 1; runs <= Math.min(count, length); runs++) {
    const row = Array<number>(length + 1).fill(Number.POSITIVE_INFINITY);
    const origin = Array<number>(length + 1).fill(0);
    for (let to = runs; to <= length; to++) {
      let cost = 0;
      for (let start = to - 1; start >= runs - 1; start--) {
        for (let other = start + 1; other < to; other++) cost += 2 * (distances[start]?.[other] ?? 0);
        const whole = (best[runs - 1]?.[start] ?? 0) + cost;
        if (whole < (row[to] ?? 0)) {
          row[to] = whole;
          origin[to] = start;
        }
      }
    }
    best.push(row);
    from.push(origin);
  }
  const starts: number[] = [];
  for (let runs = from.length, to = length; runs > 0; runs--) {
    to = from[runs - 1]?.[to] ?? 0;
    starts.unshift(to);
  }
  return starts;
}
