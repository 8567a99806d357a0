/**
 * Chains of candidates: the seeds of an alignment, as in the comparison of genomes (chaining of weighted anchors,
 * Abouelhoda & Ohlebusch 2005). One chain runs through the whole; scenes that stand elsewhere make chains of their own.
 */
import type { Candidate } from './candidates.js';

/** A stretch of the script that runs through the film in order, by its seeds. */
export interface Chain {
  readonly seeds: readonly Candidate[];
  readonly weight: number;
}

/** Seeds of a moved stretch lie no farther apart than this, in units and in cues. */
const reach = 6;
/** What a moved stretch must weigh (shared n-grams), and of how many seeds. */
const leastMovedWeight = 45;
const leastMovedSeeds = 4;
const mostMoved = 40;

/** The main chain first, then those of stretches that were moved, none of which share a unit or a cue. */
export function findChains(candidates: readonly Candidate[], cues: number): Chain[] {
  const main = bestChain(candidates, cues);
  const chains: Chain[] = [];
  let seeds = main.seeds;
  let open = candidates.filter((one) => !isIn(one, [main]));
  while (chains.length < mostMoved) {
    const moved = bestLocalChain(open);
    if (!moved || moved.seeds.length < leastMovedSeeds || moved.weight < leastMovedWeight) break;
    const inside = seeds.filter((seed) => covers(moved, seed));
    if (weightOf(inside) * 3 <= moved.weight) {
      seeds = seeds.filter((seed) => !inside.includes(seed));
      chains.push(moved);
    }
    open = open.filter((one) => !covers(moved, one));
  }
  return [{ seeds, weight: weightOf(seeds) }, ...chains];
}

const weightOf = (seeds: readonly Candidate[]) => seeds.reduce((sum, { weight }) => sum + weight, 0);

const isIn = ({ unit, cue }: Candidate, chains: readonly Chain[]) =>
  chains.some(({ seeds }) => seeds.some((seed) => seed.unit === unit && seed.cue === cue));

/** Whether a candidate's unit or cue lies in the stretch. */
function covers({ seeds }: Chain, { unit, cue }: Candidate): boolean {
  const [first, last] = [seeds[0], seeds.at(-1)];
  if (!first || !last) return false;
  return (unit >= first.unit && unit <= last.unit) || (cue >= first.cue && cue <= last.cue);
}

/**
 * The heaviest chain in which units and cues never fall; a unit may go on over several cues, and a cue over several
 * units. O(n log n) by a Fenwick tree of maxima.
 */
export function bestChain(candidates: readonly Candidate[], cues: number): Chain {
  const ordered = candidates.toSorted((a, b) => a.unit - b.unit || a.cue - b.cue);
  const best = new Float64Array(ordered.length);
  const from = new Int32Array(ordered.length).fill(-1);
  const tree = new Int32Array(cues + 1).fill(-1);
  const value = (n: number) => (n < 0 ? 0 : (best[n] as number));
  let top = -1;
  for (const [n, { cue, weight }] of ordered.entries()) {
    let previous = -1;
    for (let at = cue + 1; at > 0; at -= at & -at)
      if (value(tree[at] as number) > value(previous)) previous = tree[at] as number;
    from[n] = previous;
    best[n] = weight + value(previous);
    for (let at = cue + 1; at <= cues; at += at & -at) if (value(tree[at] as number) < value(n)) tree[at] = n;
    if (value(n) > value(top)) top = n;
  }
  return traced(ordered, from, top, value(top));
}

/** The heaviest chain without wide gaps. */
function bestLocalChain(candidates: readonly Candidate[]): Chain | undefined {
  const ordered = candidates.toSorted((a, b) => a.unit - b.unit || a.cue - b.cue);
  const best = new Float64Array(ordered.length);
  const from = new Int32Array(ordered.length).fill(-1);
  let top = -1;
  for (const [n, { unit, cue, weight }] of ordered.entries()) {
    best[n] = weight;
    for (let m = n - 1; m >= 0; m--) {
      const before = ordered[m] as Candidate;
      if (before.unit < unit - reach) break;
      const isNear = before.cue <= cue && before.cue >= cue - reach && (before.unit < unit || before.cue < cue);
      if (isNear && (best[m] as number) + weight > (best[n] as number)) {
        best[n] = (best[m] as number) + weight;
        from[n] = m;
      }
    }
    if (top < 0 || (best[n] as number) > (best[top] as number)) top = n;
  }
  return top < 0 ? undefined : traced(ordered, from, top, best[top] as number);
}

function traced(ordered: readonly Candidate[], from: Int32Array, top: number, weight: number): Chain {
  const seeds: Candidate[] = [];
  for (let n = top; n >= 0; n = from[n] as number) seeds.push(ordered[n] as Candidate);
  return { seeds: seeds.reverse(), weight };
}
