/** Scores found shot boundaries against the truth, as `truth/shots.json` says how. */
import type { ShotTruth } from './shot-films/footage.js';

/** How far a cut may be off, and how far beyond a gradual transition a boundary may lie, in seconds. */
const cutTolerance = 0.1;
const gradualTolerance = 0.25;

export interface ShotScore {
  readonly cutErrors: number;
  readonly gradualErrors: number;
  /** Truth boundaries that were found, boundaries that exist, boundaries that were reported and count. */
  readonly hits: number;
  readonly truth: number;
  readonly found: number;
}

/**
 * A boundary within .1 s of a cut finds it, one in a gradual transition or within .25 s of it finds that; what lies in
 * an unscored range counts neither way. Missed and false ones are errors of the kind they would have been: a false
 * one counts as a cut.
 */
export function scoreShots(foundS: readonly number[], truth: ShotTruth): ShotScore {
  const left = [...foundS];
  const take = (matches: (atS: number) => boolean): boolean => {
    const index = left.findIndex(matches);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  };
  const missedCuts = truth.cuts.filter((cut) => !take((atS) => Math.abs(atS - cut) <= cutTolerance)).length;
  const within = (range: readonly [number, number]) => (atS: number) => isFound([atS], range);
  const missedGradual = truth.gradual.filter((range) => !take(within(range))).length;
  // A detector may report both ends of one transition; beside the one that found it, the other does no harm.
  const isFalse = (atS: number) =>
    !truth.unscored.some(([start, end]) => atS >= start && atS <= end) &&
    !truth.gradual.some((range) => within(range)(atS));
  const falseOnes = left.filter(isFalse).length;
  const total = truth.cuts.length + truth.gradual.length;
  const hits = total - missedCuts - missedGradual;
  return {
    cutErrors: missedCuts + falseOnes,
    gradualErrors: missedGradual,
    hits,
    truth: total,
    found: hits + falseOnes,
  };
}

/** Whether anything was reported in a range or near it. */
export const isFound = (foundS: readonly number[], [start, end]: readonly [number, number]): boolean =>
  foundS.some((atS) => atS >= start - gradualTolerance && atS <= end + gradualTolerance);

/** F1 over several films together. */
export function pooledF1(scores: readonly ShotScore[]): number {
  const sum = (of: (score: ShotScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  const all = sum(({ truth }) => truth) + sum(({ found }) => found);
  return all === 0 ? 1 : (2 * sum(({ hits }) => hits)) / all;
}
