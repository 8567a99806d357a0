/** Which unit may be which cue, from rare n-grams alone: no look at all n² pairs. */
import { commonGrams, type Grams } from '../evaluation/lexical-similarity.js';

/** A unit and a cue that share words. */
export interface Candidate {
  readonly unit: number;
  readonly cue: number;
  /** How much it tells that they go together: shared n-grams over chance, less for words that stand everywhere. */
  readonly weight: number;
}

/** Cues of a unit that are weighed. */
const mostCues = 8;
/** An n-gram that stands in more cues than this tells nothing of where; nor does one in a tenth of them. */
const commonIn = 96;
/** Least Dice share of a unit and a cue; pieces of one another count by the shorter one (below). */
const leastShare = 0.45;

/**
 * The cues most like each unit, by an inverted index of n-grams. A short unit may be part of a long cue, or a short cue
 * of a unit: likeness is the share of the shorter one's n-grams, where there are enough of them.
 */
export function findCandidates(units: readonly { readonly grams: Grams }[], cues: readonly (Grams | undefined)[]) {
  const index = new Map<number, number[]>();
  for (const [cue, grams] of cues.entries()) {
    let last: number | undefined;
    for (const gram of grams ?? []) {
      if (gram === last) continue;
      last = gram;
      const held = index.get(gram);
      if (held) held.push(cue);
      else index.set(gram, [cue]);
    }
  }
  const most = Math.max(8, Math.min(commonIn, cues.length / 10));
  const counts = new Float64Array(cues.length);
  const found: Candidate[] = [];
  for (const [unit, { grams }] of units.entries()) {
    const touched: number[] = [];
    let last: number | undefined;
    for (const gram of grams) {
      if (gram === last) continue;
      last = gram;
      const holders = index.get(gram);
      if (!holders || (holders.length > most && grams.length > 6)) continue;
      for (const cue of holders) {
        if (counts[cue] === 0) touched.push(cue);
        counts[cue] = (counts[cue] as number) + 1 / holders.length;
      }
    }
    const near = highest(touched, counts, grams.length <= 6 ? commonIn : mostCues);
    for (const cue of touched) counts[cue] = 0;
    const likely = near.flatMap((cue) => {
      const share = likeness(grams, cues[cue] as Grams);
      return share >= leastShare ? [{ unit, cue, share }] : [];
    });
    const best = Math.max(0, ...likely.map(({ share }) => share));
    const rivals = likely.filter(({ share }) => share > best * 0.9).length;
    for (const { cue, share } of likely)
      found.push({ unit, cue, weight: (share * Math.min(grams.length, (cues[cue] as Grams).length)) / rivals });
  }
  return found;
}

/** The few of many that count most, without sorting all. */
function highest(touched: readonly number[], counts: Float64Array, most: number): number[] {
  const kept: number[] = [];
  for (const cue of touched) {
    const count = counts[cue] as number;
    if (kept.length === most && count <= (counts[kept.at(-1) as number] as number)) continue;
    let at = kept.length;
    while (at > 0 && (counts[kept[at - 1] as number] as number) < count) at--;
    kept.splice(at, 0, cue);
    if (kept.length > most) kept.pop();
  }
  return kept;
}

/** Enough n-grams for a part of a text to be told from chance. */
const tellingPart = 10;

function likeness(one: Grams, other: Grams): number {
  const common = commonGrams(one, other);
  const shorter = Math.min(one.length, other.length);
  const dice = (2 * common) / (one.length + other.length);
  return shorter >= tellingPart ? Math.max(dice, 0.8 * (common / shorter)) : dice;
}
