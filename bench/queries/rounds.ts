/** Timing several sides by turns, so that what else the machine does falls on all of them alike. */

export type Ask = () => Promise<unknown>;

/** Milliseconds that each side took in one round, ask by ask. */
export type Round<Side extends string> = Readonly<Record<Side, readonly number[]>>;

/**
 * Asks each side at the same places: all of them, then the next side, since a server that is asked is asked again and
 * finds its caches as it left them. `first` is the side to begin with, so that rounds can take turns.
 */
export async function timeRound<Side extends string>(
  draws: readonly Readonly<Record<Side, Ask>>[],
  first = 0,
): Promise<Round<Side>> {
  const sides = Object.keys(draws[0] ?? {}) as Side[];
  const times = {} as Record<Side, number[]>;
  for (const n of sides.keys()) {
    const side = sides[(first + n) % sides.length] as Side;
    times[side] = [];
    for (const asks of draws) {
      const started = performance.now();
      await asks[side]();
      times[side].push(performance.now() - started);
    }
  }
  return times;
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Over rounds: the median of each round's quantile. */
export const overRounds = <Side extends string>(rounds: readonly Round<Side>[], side: Side, at: number): number =>
  median(rounds.map((round) => quantile(round[side], at)));

/** Over rounds: the median of each round's quotient of medians. */
export const quotient = <Side extends string>(rounds: readonly Round<Side>[], of: Side, by: Side): number =>
  median(rounds.map((round) => median(round[of]) / median(round[by])));
