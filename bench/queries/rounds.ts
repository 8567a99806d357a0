/** Timing several sides by turns, so that what else the machine does falls on all of them alike. */

export type Ask = () => Promise<unknown>;

/** Milliseconds that each side took in one round, ask by ask. */
export type Round<Side extends string> = Readonly<Record<Side, readonly number[]>>;

/** How many questions one side is asked before the next takes its turn. */
const atATime = 20;

/**
 * Asks each side at the same places, twenty at a time: a server that is asked is asked again and finds its caches as it
 * left them, and a slow second of the machine falls on all sides. Who begins takes turns; `first` is the one to start
 * with.
 */
export async function timeRound<Side extends string>(
  draws: readonly Readonly<Record<Side, Ask>>[],
  first = 0,
): Promise<Round<Side>> {
  const sides = Object.keys(draws[0] ?? {}) as Side[];
  const times = Object.fromEntries(sides.map((side): [Side, number[]] => [side, []])) as Record<Side, number[]>;
  for (let from = 0; from < draws.length; from += atATime)
    for (const n of sides.keys()) {
      const side = sides[(first + from / atATime + n) % sides.length] as Side;
      for (const asks of draws.slice(from, from + atATime)) {
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
