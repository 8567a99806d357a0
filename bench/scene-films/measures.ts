/** How well a grouping of shots into scenes agrees with the true one. Scenes are given by the indices of first shots. */
export interface SceneScores {
  readonly f1: number;
  /** Like f1, but a boundary one shot off still counts. */
  readonly f1WithinOneShot: number;
  /** Vendrig & Worring (2002): share of each true scene's shots that its best found scene covers. */
  readonly coverage: number;
  /** Vendrig & Worring (2002): shots of neighbouring scenes that found scenes take in; 0 is best. */
  readonly overflow: number;
}

export interface GroupedFilm {
  readonly shots: number;
  /** First shots of scenes, 0 first. */
  readonly truth: readonly number[];
  readonly found: readonly number[];
}

/** Scores pooled over films: boundaries by number, coverage and overflow weighted by the scenes' shots. */
export function scoreScenes(films: readonly GroupedFilm[]): SceneScores {
  let shots = 0;
  let covered = 0;
  let overflown = 0;
  for (const film of films) {
    const truth = rangesOf(film.truth, film.shots);
    const found = rangesOf(film.found, film.shots);
    for (const [index, scene] of truth.entries()) {
      shots += size(scene);
      covered += Math.max(...found.map((other) => shared(scene, other)));
      const neighbours = size(truth[index - 1]) + size(truth[index + 1]);
      const taken = found
        .filter((other) => shared(scene, other) > 0)
        .reduce((sum, other) => sum + size(other) - shared(scene, other), 0);
      overflown += size(scene) * (neighbours > 0 ? Math.min(1, taken / neighbours) : 0);
    }
  }
  return {
    f1: boundaryF1(films, 0),
    f1WithinOneShot: boundaryF1(films, 1),
    coverage: covered / shots,
    overflow: overflown / shots,
  };
}

type Range = readonly [from: number, to: number];

const rangesOf = (starts: readonly number[], shots: number): Range[] =>
  starts.map((from, index) => [from, starts[index + 1] ?? shots]);
const size = (range: Range | undefined): number => (range ? range[1] - range[0] : 0);
const shared = (a: Range, b: Range): number => Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));

/** F1 of inner boundaries, each matched once, first come first served, at most `reach` shots away. */
function boundaryF1(films: readonly GroupedFilm[], reach: number): number {
  let matched = 0;
  let all = 0;
  for (const { truth, found } of films) {
    const open = truth.slice(1);
    all += open.length + found.length - 1;
    for (const boundary of found.slice(1)) {
      const near = open.findIndex((true_) => Math.abs(true_ - boundary) <= reach);
      if (near < 0) continue;
      matched++;
      open.splice(near, 1);
    }
  }
  return all > 0 ? (2 * matched) / all : 1;
}
