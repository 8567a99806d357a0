/**
 * Krippendorff’s α: how much those who judged the same units agree, beyond chance (1: always; 0: no more than by
 * chance; below: they contradict each other). Any number of judges, any of whom may have left units out (Krippendorff,
 * "Computing Krippendorff's Alpha-Reliability", 2011).
 *
 * @param units What each unit was given, in any order; units with fewer than two values say nothing.
 * @param difference Of two values, 0 for equal ones.
 * @returns Undefined where nothing varies or nothing can be paired: then agreement cannot be told from chance.
 */
export function krippendorffAlpha<Value>(
  units: readonly (readonly Value[])[],
  difference: (one: Value, other: Value) => number,
): number | undefined {
  const paired = units.filter((values) => values.length >= 2);
  let observed = 0;
  for (const values of paired) observed += sumOverPairs(countsOf(values), difference) / (values.length - 1);
  const total = paired.reduce((sum, values) => sum + values.length, 0);
  const expected = sumOverPairs(countsOf(paired.flat()), difference) / (total - 1);
  return expected > 0 ? 1 - observed / expected : undefined;
}

/** Names agree or do not. */
export const nominal = <Value>(one: Value, other: Value): number => (one === other ? 0 : 1);

/** Numbers disagree by the square of their distance. */
export const interval = (one: number, other: number): number => (one - other) ** 2;

function countsOf<Value>(values: readonly Value[]): (readonly [Value, number])[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

/** Over all ordered pairs of different values. */
function sumOverPairs<Value>(
  counts: readonly (readonly [Value, number])[],
  difference: (one: Value, other: Value) => number,
): number {
  let sum = 0;
  for (const [n, [one, often]] of counts.entries())
    for (let m = n + 1; m < counts.length; m++) {
      const [other, asOften] = counts[m] as readonly [Value, number];
      sum += 2 * often * asOften * difference(one, other);
    }
  return sum;
}
