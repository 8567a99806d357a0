/**
 * Average linkage (Sokal & Michener 1958): joins the two nearest groups again and again, until none are nearer than
 * `limit`. Groups lie as far apart as their members do on average, by weight; one pair that must never be together
 * (distance Infinity) keeps their groups apart for good. `start` says which members are together beforehand.
 * Gives the groups, each in rising order, by their first member. O(n² log n) as a rule.
 */
export function linkByAverage(
  weights: readonly number[],
  distance: (a: number, b: number) => number,
  limit: number,
  start: readonly (readonly number[])[] = weights.map((_, member) => [member]),
): number[][] {
  const groups: (number[] | undefined)[] = start.map((members) => [...members]);
  const weight = groups.map((members) => (members ?? []).reduce((sum, member) => sum + (weights[member] ?? 0), 0));
  const count = groups.length;
  const table = new Float64Array(count * count);
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const far = meanBetween(groups[a] ?? [], groups[b] ?? [], weights, distance);
      table[a * count + b] = far;
      table[b * count + a] = far;
    }
  const nearest = groups.map((_, group) => findNearest(table, groups, group));
  for (;;) {
    const [a, far] = closest(nearest);
    const b = nearest[a]?.group ?? -1;
    if (b < 0 || far > limit) break;
    const [weightA, weightB] = [weight[a] ?? 0, weight[b] ?? 0];
    groups[a] = [...(groups[a] ?? []), ...(groups[b] ?? [])];
    groups[b] = undefined;
    weight[a] = weightA + weightB;
    for (let other = 0; other < count; other++) {
      if (!groups[other] || other === a) continue;
      const toA = table[a * count + other] ?? 0;
      const toB = table[b * count + other] ?? 0;
      const joined = (weightA * toA + weightB * toB) / (weightA + weightB);
      table[a * count + other] = joined;
      table[other * count + a] = joined;
    }
    nearest[b] = nobody;
    for (const [other, known] of nearest.entries())
      if (groups[other] && (other === a || known.group === a || known.group === b))
        nearest[other] = findNearest(table, groups, other);
  }
  return groups
    .filter((members) => members !== undefined)
    .map((members) => members.toSorted((a, b) => a - b))
    .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

interface Neighbour {
  readonly group: number;
  readonly far: number;
}

const nobody: Neighbour = { group: -1, far: Number.POSITIVE_INFINITY };

function meanBetween(
  a: readonly number[],
  b: readonly number[],
  weights: readonly number[],
  distance: (a: number, b: number) => number,
): number {
  let [sum, total] = [0, 0];
  for (const one of a)
    for (const other of b) {
      const weight = (weights[one] ?? 0) * (weights[other] ?? 0);
      sum += weight * distance(one, other);
      total += weight;
    }
  return sum / total;
}

/** The nearest group behind this one, so that each pair is looked at once and ties fall to the first. */
function findNearest(table: Float64Array, groups: readonly unknown[], group: number): Neighbour {
  let best = nobody;
  for (let other = group + 1; other < groups.length; other++) {
    const far = table[group * groups.length + other] ?? Number.POSITIVE_INFINITY;
    if (groups[other] && far < best.far) best = { group: other, far };
  }
  return best;
}

function closest(nearest: readonly Neighbour[]): [number, number] {
  let [at, far] = [-1, Number.POSITIVE_INFINITY];
  for (const [group, neighbour] of nearest.entries()) if (neighbour.far < far) [at, far] = [group, neighbour.far];
  return [at, far];
}
