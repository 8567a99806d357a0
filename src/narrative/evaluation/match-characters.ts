/** Who of one script is who of the other, one to one: by name where names agree, else by what they say and do. */
import { assignOneToOne } from './assign-one-to-one.js';
import type { ComparableCharacter } from './comparable-script.js';
import { diceShare, gramReader } from './lexical-similarity.js';
import { foldCase, normalText } from './normal-text.js';

/** Indexes into the two casts, and what tells that they are one. */
export interface CharacterMatch {
  readonly predicted: number;
  readonly reference: number;
  readonly by: 'NAME' | 'ALIAS' | 'LINES';
}

type Cast = readonly ComparableCharacter[];

/**
 * Those of the same name, first to the letter; then those with any name in common; each where only one on each side
 * fits. They are settled: a script that swaps two known names is wrong about both.
 */
export function matchByName(predicted: Cast, reference: Cast): CharacterMatch[] {
  const found: CharacterMatch[] = [];
  const namesBy = [
    { by: 'NAME', read: (names: readonly string[]) => names.slice(0, 1).map(foldCase) },
    { by: 'NAME', read: (names: readonly string[]) => names.slice(0, 1).map(normalText) },
    { by: 'ALIAS', read: (names: readonly string[]) => names.map(normalText) },
  ] as const;
  for (const { by, read } of namesBy) {
    const open = (cast: Cast, side: 'predicted' | 'reference') => {
      const taken = new Set(found.map((match) => match[side]));
      return cast.map(({ names }, n) => (taken.has(n) ? [] : read(names).filter(Boolean)));
    };
    for (const [p, r] of onlyPartners(open(predicted, 'predicted'), open(reference, 'reference')))
      found.push({ predicted: p, reference: r, by });
  }
  return found;
}

/** Pairs that share a name and share one with nobody else. */
function onlyPartners(ones: readonly string[][], others: readonly string[][]): [number, number][] {
  const holders = new Map<string, number[]>();
  for (const [n, names] of others.entries())
    for (const name of new Set(names)) holders.set(name, [...(holders.get(name) ?? []), n]);
  const partners = ones.map((names) => [...new Set(names.flatMap((name) => holders.get(name) ?? []))]);
  const wanted = new Map<number, number>();
  for (const partner of partners.flat()) wanted.set(partner, (wanted.get(partner) ?? 0) + 1);
  return partners.flatMap(([first, ...more], n) =>
    first !== undefined && more.length === 0 && wanted.get(first) === 1 ? [[n, first] as [number, number]] : [],
  );
}

/** How much two characters do and say the same: whole thousandths of events, by predicted, then reference index. */
export type Evidence = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Names that look alike count as much as so much of an event. */
const likeNamesWorth = 250;
/** Share of trigrams from which names look alike. */
const likeNames = 0.5;

/** The rest, so that as much as possible of what aligned characters say and do is by the same one. */
export function matchByEvidence(
  predicted: Cast,
  reference: Cast,
  settled: readonly CharacterMatch[],
  evidence: Evidence,
): CharacterMatch[] {
  const open = (cast: Cast, taken: ReadonlySet<number>) => [...cast.keys()].filter((n) => !taken.has(n));
  const rows = open(predicted, new Set(settled.map((match) => match.predicted)));
  const columns = open(reference, new Set(settled.map((match) => match.reference)));
  const read = gramReader();
  const grams = (cast: Cast) => cast.map(({ names }) => names.flatMap((name) => read(name) ?? []));
  const [ours, theirs] = [grams(predicted), grams(reference)];
  const likeness = (p: number, r: number) =>
    Math.max(0, ...(ours[p] ?? []).flatMap((one) => (theirs[r] ?? []).map((other) => diceShare(one, other))));
  const worths = rows.map((p) =>
    columns.map((r) => {
      const like = likeness(p, r);
      const worth = (evidence.get(p)?.get(r) ?? 0) + (like >= likeNames ? Math.round(likeNamesWorth * like) : 0);
      // What is worth the same is told apart by the names, in a way that does not depend on which script is which.
      return worth * tieRange + (worth > 0 ? tieOf(predicted[p]?.key ?? '', reference[r]?.key ?? '') : 0);
    }),
  );
  return assignOneToOne(worths).map(([row, column]) => ({
    predicted: rows[row] as number,
    reference: columns[column] as number,
    by: 'LINES',
  }));
}

/** Evidence of a hundred thousand events fits above it exactly, and below it the ties of a cast of 256. */
const tieRange = 2 ** 26;

/** A hash of both keys in either order, in 18 bits: of so many ties one is settled by chance. */
function tieOf(one: string, other: string): number {
  let hash = 0x811c9dc5;
  for (const sign of one < other ? `${one}\n${other}` : `${other}\n${one}`)
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  // FNV-1a leaves sums of two hashes equal where names differ by a letter; MurmurHash3's last step mixes them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 14;
}
