import { alignEvents } from './align-events.js';
import { type ComparableScript, eventFields } from './comparable-script.js';
import { type GramReader, unit } from './lexical-similarity.js';
import type { CharacterMatch, Evidence } from './match-characters.js';
import { likenessOf, readEvents } from './readings.js';
import { nameReplacer, signOf } from './replace-names.js';

/**
 * Who does the same as whom, before it is known who is who: events are aligned with all open names taken for one, so
 * that neither the names of those who act nor those in the texts tell events apart.
 */
export function gatherEvidence(
  predicted: ComparableScript,
  reference: ComparableScript,
  settled: readonly CharacterMatch[],
  read: GramReader,
): Evidence {
  const partner = new Map(settled.map((match) => [match.predicted, match.reference]));
  const isTaken = new Set(partner.values());
  const openNames = [
    ...predicted.characters.filter((_, n) => !partner.has(n)),
    ...reference.characters.filter((_, n) => !isTaken.has(n)),
  ].flatMap(({ names }) => names);
  const replace = nameReplacer([
    ...settled.map((match, n) => ({ names: namesOf(predicted, reference, match), by: signOf(n + 1) })),
    { names: openNames, by: signOf(0) },
  ]);
  const reader = { read, replace };
  const ours = readEvents(predicted, reader);
  const theirs = readEvents(reference, reader);
  const mayBe = (p: number, r: number) => (partner.has(p) ? partner.get(p) === r : !isTaken.has(r));
  const similarity = (i: number, j: number, field: number) => likenessOf(ours[i]?.[field], theirs[j]?.[field], mayBe);

  const evidence = new Map<number, Map<number, number>>();
  for (const [i, j] of alignEvents(predicted.events, reference.events, similarity).pairs) {
    const [p, r] = [ours[i]?.[0], theirs[j]?.[0]];
    if (typeof p !== 'number' || typeof r !== 'number') continue;
    const texts = eventFields.flatMap((_, field) => (field === 0 ? [] : (similarity(i, j, field) ?? [])));
    // That both act, and do nothing else alike, makes nobody the same; that both do nothing but act may.
    const mean = texts.length === 0 ? 1 : texts.reduce((sum, value) => sum + value, 0) / (texts.length * unit);
    const of = evidence.get(p) ?? new Map<number, number>();
    evidence.set(p, of.set(r, (of.get(r) ?? 0) + Math.round(1000 * mean)));
  }
  return evidence;
}

/** What the two scripts call one character. */
export const namesOf = (predicted: ComparableScript, reference: ComparableScript, match: CharacterMatch): string[] => [
  ...(predicted.characters[match.predicted]?.names ?? []),
  ...(reference.characters[match.reference]?.names ?? []),
];
