/** Most probable grouping of a sequence into consecutive runs: a semi-Markov model (Ostendorf et al. 1996). */
export interface SequenceModel {
  /** How many things stand in the sequence. */
  readonly length: number;
  /** Log likelihood ratio of a run starting at `index` (1 … length − 1) against none starting there. */
  readonly logOdds: (index: number) => number;
  /** Log prior of a run over [from, to). */
  readonly logRun: (from: number, to: number) => number;
}

export interface Grouping {
  /** Where runs start, 0 first. */
  readonly starts: readonly number[];
  /** Posterior probability (0…1) that a run starts at each index; 1 at index 0. */
  readonly startProbability: readonly number[];
}

/** Best grouping by dynamic programming, probabilities by the forward–backward recursion; O(length²). */
export function groupSequence({ length, logOdds, logRun }: SequenceModel): Grouping {
  const odds = Array.from({ length }, (_, index) => (index === 0 ? 0 : logOdds(index)));
  const runs = (from: number, to: number) => (odds[from] ?? 0) + logRun(from, to);
  // Of everything before `to`: the best grouping, where its last run starts, and the sum over all groupings.
  const best = [0];
  const cameFrom = [0];
  const forward = [0];
  for (let to = 1; to <= length; to++) {
    best[to] = Number.NEGATIVE_INFINITY;
    const terms: number[] = [];
    for (let from = 0; from < to; from++) {
      const run = runs(from, to);
      const score = (best[from] ?? 0) + run;
      terms.push((forward[from] ?? 0) + run);
      if (score <= (best[to] ?? 0)) continue;
      best[to] = score;
      cameFrom[to] = from;
    }
    forward[to] = logSum(terms);
  }
  const backward: number[] = [];
  backward[length] = 0;
  for (let from = length - 1; from >= 0; from--) {
    const terms: number[] = [];
    for (let to = from + 1; to <= length; to++) terms.push((backward[to] ?? 0) + runs(from, to));
    backward[from] = logSum(terms);
  }
  const all = forward[length] ?? 0;
  const startProbability = odds.map((_, index) =>
    Math.min(1, Math.exp((forward[index] ?? 0) + (backward[index] ?? 0) - all)),
  );
  const starts: number[] = [];
  for (let at = length; at > 0; at = cameFrom[at] ?? 0) starts.unshift(cameFrom[at] ?? 0);
  return { starts, startProbability };
}

function logSum(terms: readonly number[]): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const term of terms) largest = Math.max(largest, term);
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}
