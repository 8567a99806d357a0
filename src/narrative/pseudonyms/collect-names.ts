/** Who is named in a narrative, by everything that is known to be a name. */
import { type Narrative, nodesOf } from '../../../schema/narrative.js';
import type { NameGender } from './make-name.js';

export interface NamedPerson {
  readonly names: readonly string[];
  readonly gender: NameGender;
}

/** Persons with their names, aliases and readings that lost, then those whom speaker tags name. */
export function collectNames(narrative: Narrative): NamedPerson[] {
  const persons = narrative.persons.map(({ name, aliases, gender, provenance }) => ({
    names: [
      ...(name === undefined ? [] : [name]),
      ...aliases,
      ...provenance.otherReadings
        .filter(({ field }) => field === 'name' || field === 'aliases')
        .flatMap(({ value }) => (Array.isArray(value) ? value : [value]))
        .filter((value): value is string => typeof value === 'string'),
    ],
    gender: genderOf(gender),
  }));
  const tags = narrative.cues.flatMap(({ speakerTag }) => (speakerTag === undefined ? [] : [speakerTag]));
  const corrected = [...nodesOf(narrative)].flatMap(({ kind, provenance }) =>
    kind === 'Cue'
      ? provenance.otherReadings.flatMap(({ field, value }) =>
          field === 'speakerTag' && typeof value === 'string' ? [value] : [],
        )
      : [],
  );
  const tagged = [...tags, ...corrected].flatMap((tag) =>
    tag.split(/\s*(?:[&/,、，＆]|\band\b|\bund\b|\bet\b|\by\b)\s*/iu),
  );
  return [...persons, ...[...new Set(tagged)].map((tag) => ({ names: [tag], gender: 'unknown' as const }))];
}

/** As imports, models and people write it. */
export function genderOf(gender: string | undefined): NameGender {
  const said = gender?.normalize('NFKC').trim().toLowerCase() ?? '';
  if (/^(?:f|w|female|woman|girl|lady|feminine|weiblich|femme|mujer|女|여)/u.test(said)) return 'female';
  return /^(?:m|male|man|boy|masculine|männlich|homme|hombre|男|남)/u.test(said) ? 'male' : 'unknown';
}
