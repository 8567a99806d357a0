/** What the fields of events and scenes say, ready to be compared, and how alike two of them are. */
import { type ComparableScript, eventFields } from './comparable-script.js';
import { type Grams, gramSimilarity, unit } from './lexical-similarity.js';

/** A character’s index, or the n-grams of a text; nothing where the field says nothing. */
export type Reading = number | Grams | undefined;
/** Field by field. */
export type Readings = readonly Reading[];

export interface TextReader {
  readonly read: (text: string) => Grams | undefined;
  /** Puts signs for names before they are read. */
  readonly replace: (text: string) => string;
}

export function readEvents({ characters, events }: ComparableScript, { read, replace }: TextReader): Readings[] {
  const indexes = new Map(characters.map(({ key }, n) => [key, n]));
  return events.map((event) =>
    eventFields.map((field) => {
      const text = event[field];
      if (text === undefined) return undefined;
      return field === 'character' ? indexes.get(text) : read(replace(text));
    }),
  );
}

/** In millionths; undefined where neither says anything, 0 where only one does. */
export function likenessOf(
  one: Reading,
  other: Reading,
  isSame: (predicted: number, reference: number) => boolean,
): number | undefined {
  if (one === undefined && other === undefined) return undefined;
  if (one === undefined || other === undefined) return 0;
  if (typeof one !== 'number' && typeof other !== 'number') return gramSimilarity(one, other);
  return typeof one === 'number' && typeof other === 'number' && isSame(one, other) ? unit : 0;
}
