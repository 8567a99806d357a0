/** Where two scripts disagree about who is one person and who is several. */
import type { ComparableCharacter } from './comparable-script.js';
import type { CharacterMatch } from './match-characters.js';

export interface CharacterConflict {
  /** ONE_FOR_SEVERAL: a predicted character acts as several of the reference; SEVERAL_FOR_ONE: the other way round. */
  readonly conflict: 'ONE_FOR_SEVERAL' | 'SEVERAL_FOR_ONE';
  /** Keys. */
  readonly predicted: readonly string[];
  readonly reference: readonly string[];
  /** Matched events on the wrong side of it. */
  readonly events: number;
}

/** A conflict takes at least so many matched events, and this share of those of the character that it is about. */
const fewestEvents = 2;
const leastShare = 0.25;

/** Conflicts both ways, in what matched events say of who acts: pairs of indexes into the casts. */
export function findConflicts(
  predicted: readonly ComparableCharacter[],
  reference: readonly ComparableCharacter[],
  matches: readonly CharacterMatch[],
  together: readonly (readonly [predicted: number, reference: number])[],
): CharacterConflict[] {
  const keysOf = (cast: readonly ComparableCharacter[], indexes: readonly number[]) =>
    indexes.map((n) => cast[n]?.key ?? '');
  const partnerOf = new Map(matches.map((match) => [match.predicted, match.reference]));
  const ofReference = new Map(matches.map((match) => [match.reference, match.predicted]));
  const one = strangers(together, partnerOf).map(
    ([own, others, events]): CharacterConflict => ({
      conflict: 'ONE_FOR_SEVERAL',
      predicted: keysOf(predicted, [own]),
      reference: keysOf(reference, others),
      events,
    }),
  );
  const turned = together.map(([p, r]) => [r, p] as const);
  const several = strangers(turned, ofReference).map(
    ([own, others, events]): CharacterConflict => ({
      conflict: 'SEVERAL_FOR_ONE',
      predicted: keysOf(predicted, others),
      reference: keysOf(reference, [own]),
      events,
    }),
  );
  return [...one, ...several];
}

/** Of each, with whom it is seen often beside the partner; the partner comes first. */
function strangers(
  together: readonly (readonly [number, number])[],
  partnerOf: ReadonlyMap<number, number>,
): [own: number, others: number[], events: number][] {
  const counts = new Map<number, Map<number, number>>();
  for (const [own, other] of together) {
    const of = counts.get(own) ?? new Map<number, number>();
    counts.set(own, of.set(other, (of.get(other) ?? 0) + 1));
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .flatMap(([own, of]): [number, number[], number][] => {
      const total = [...of.values()].reduce((sum, count) => sum + count, 0);
      const partner = partnerOf.get(own);
      const wrong = [...of]
        .filter(([other, count]) => other !== partner && count >= fewestEvents && count >= leastShare * total)
        .sort(([a, most], [b, more]) => more - most || a - b);
      if (wrong.length === 0 || (partner === undefined && wrong.length === 1)) return [];
      const others = [...(partner === undefined ? [] : [partner]), ...wrong.map(([other]) => other)];
      return [[own, others, wrong.reduce((sum, [, count]) => sum + count, 0)]];
    });
}
