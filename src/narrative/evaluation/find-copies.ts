import { type ComparableEvent, type EventField, eventFields } from './comparable-script.js';
import { diceShare, type GramReader } from './lexical-similarity.js';

/** Share of n-grams from which a text is a copy of another. */
const copiedFrom = 0.8;

/** Of each event the texts that repeat an earlier one of the same event; what is said is the original of all. */
export function findCopies(events: readonly ComparableEvent[], read: GramReader): Set<EventField>[] {
  return events.map((event) => {
    const texts = eventFields.flatMap((field) => {
      const grams = field === 'character' ? undefined : read(event[field] ?? '');
      return grams ? [{ field, grams }] : [];
    });
    const copies = texts.filter(({ grams }, n) =>
      texts.slice(0, n).some((earlier) => diceShare(earlier.grams, grams) >= copiedFrom),
    );
    return new Set(copies.map(({ field }) => field));
  });
}
