/** Other ways to group shots into scenes, to stand beside ours. Each gives the indices of scenes' first shots. */
import { compareShots } from '../../workers/detectors/shot-likeness.js';
import type { FoundShot } from '../../workers/findings.js';

export const everyShotAScene = (shots: readonly FoundShot[]): number[] => shots.map((_, index) => index);

/** Equal numbers of shots a scene, as many scenes as there truly are: more than anybody could know. */
export const uniformScenes = (shots: readonly FoundShot[], count: number): number[] => [
  ...new Set(Array.from({ length: count }, (_, scene) => Math.round((scene * shots.length) / count))),
];

export const scenesAtFades = (shots: readonly FoundShot[]): number[] =>
  shots.flatMap(({ transition }, index) => (index === 0 || transition === 'FADE' ? [index] : []));

/**
 * Optimal sequential grouping (Rotman, Porat & Ashour 2016): the number of scenes is the elbow of the distance matrix's
 * log singular values; the scenes minimise the sum of distances within them.
 */
export function optimalSequentialGrouping(shots: readonly FoundShot[]): number[] {
  const { colours } = compareShots(shots);
  const distances = shots.map((_, a) => shots.map((__, b) => 1 - colours(a, b)));
  return cheapestGrouping(
    distances,
    Math.max(1, elbow(eigenvalues(distances).map((value) => Math.log(Math.abs(value) + 1e-9)))),
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

/** Index (from 1) of the point farthest below the line between the first and the last of falling values. */
function elbow(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => b - a);
  const first = sorted[0] ?? 0;
  const slope = ((sorted.at(-1) ?? 0) - first) / Math.max(1, sorted.length - 1);
  const depths = sorted.map((value, index) => first + slope * index - value);
  return depths.indexOf(Math.max(...depths)) + 1;
}

/** Of a symmetric matrix, by Jacobi's rotations. */
function eigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  const at = (row: number, column: number) => a[row]?.[column] ?? 0;
  const set = (row: number, column: number, value: number) => {
    const values = a[row];
    if (values) values[column] = value;
  };
  for (let sweep = 0; sweep < 12; sweep++)
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) {
        if (Math.abs(at(p, q)) < 1e-9) continue;
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        const sine = tangent * cosine;
        for (let k = 0; k < a.length; k++) {
          const [kp, kq] = [at(k, p), at(k, q)];
          set(k, p, cosine * kp - sine * kq);
          set(k, q, sine * kp + cosine * kq);
        }
        for (let k = 0; k < a.length; k++) {
          const [pk, qk] = [at(p, k), at(q, k)];
          set(p, k, cosine * pk - sine * qk);
          set(q, k, sine * pk + cosine * qk);
        }
      }
  return a.map((_, index) => at(index, index));
}
