/** Timing several sides by turns, so that what else the machine does falls on all of them alike. */
import type { Request } from './questions.js';
import type { Side } from './sides.js';

/** Milliseconds that each side took in one round, request by request. */
export type Round<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** One question at one place, in each side's own words. */
export type Asked<Name extends string> = Readonly<Record<Name, Request>>;

/** How many questions one side is asked before the next takes its turn. */
const atATime = 20;

/**
 * Asks each side at the same places, twenty at a time: a server that is asked is asked again and finds its caches as it
 * left them, and a slow second of the machine falls on all sides. Who begins takes turns; `first` is the one to start
 * with.
 */
export async function timeRound<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  asked: readonly Asked<Name>[],
  first = 0,
): Promise<Round<Name>> {
  const names = Object.keys(asked[0] ?? {}) as Name[];
  const times = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (let from = 0; from < asked.length; from += atATime)
    for (const n of names.keys()) {
      const name = names[(first + from / atATime + n) % names.length] as Name;
      times[name].push(...(await sides[name].time(asked.slice(from, from + atATime).map((one) => one[name]))));
    }
  return times;
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Over rounds: the median of each round's quantile. */
export const overRounds = <Name extends string>(rounds: readonly Round<Name>[], name: Name, at: number): number =>
  median(rounds.map((round) => quantile(round[name], at)));

/** Over rounds: the median of each round's quotient of medians. */
export const quotient = <Name extends string>(rounds: readonly Round<Name>[], of: Name, by: Name): number =>
  median(rounds.map((round) => median(round[of]) / median(round[by])));
