/** What a person's faces say of gender and age: weak readings, told with the little confidence they deserve. Pure. */
import type { OtherReading } from '../../../schema/provenance.js';
import type { FaceReading } from '../../people-findings.js';
import { unsteadinessOf } from './identity-track.js';

/** One reading of a face's attributes, from the film or from a face shown to the model in another way. */
export interface AttributeReading {
  /** Share that speaks for a woman, 0…1. */
  readonly female: number;
  /** Years. */
  readonly age: number;
  readonly weight: number;
}

export interface SeenAttributes {
  readonly gender?: string;
  readonly ageRange?: string;
  readonly fields: readonly { readonly field: string; readonly by: string; readonly confidence: number }[];
}

const model = 'hse-faceres';
/** Even a model that is sure errs on film: on the labelled clips it gave one of five main persons doubtfully. */
const mostGenderConfidence = 0.7;
const ageConfidence = 0.25;
/** Shares nearer to one half than this say nothing. */
const undecided = 0.1;
/** Where this much of the readings speaks for the other gender, or years differ by so many, they disagree. */
const minority = 0.2;
const yearsApart = 14;
/** The model's years are off by this much on faces in film, more often than not; ranges end on fives. */
const yearsOff = 7;

export const attributeReadings = (readings: readonly FaceReading[]): AttributeReading[] =>
  readings.flatMap((reading) =>
    reading.female === undefined || reading.age === undefined
      ? []
      : [{ female: reading.female, age: reading.age, weight: 1 / Math.max(0.01, unsteadinessOf(reading)) }],
  );

/** Whether the readings contradict each other so that another look is worth its cost. */
export function disagree(readings: readonly AttributeReading[]): boolean {
  if (readings.length === 0) return false;
  const female = weighted(readings, ({ female }) => (female >= 0.5 ? 1 : 0));
  const ages = readings.map(({ age }) => age);
  return (
    Math.min(female, 1 - female) >= minority ||
    Math.abs(weighted(readings, (reading) => reading.female) - 0.5) < undecided * 2 ||
    Math.max(...ages) - Math.min(...ages) > yearsApart
  );
}

/** Gender and age range as the readings together have them; what is undecided stays unsaid. */
export function attributesOf(readings: readonly AttributeReading[]): SeenAttributes {
  if (readings.length === 0) return { fields: [] };
  const female = weighted(readings, (reading) => reading.female);
  const age = weighted(readings, (reading) => reading.age);
  const decided = Math.abs(female - 0.5) >= undecided;
  const confidence = Number((Math.abs(2 * female - 1) * mostGenderConfidence).toFixed(2));
  return {
    ...(decided && { gender: female >= 0.5 ? 'female' : 'male' }),
    ageRange: ageRangeOf(age),
    fields: [
      ...(decided ? [{ field: 'gender', by: model, confidence }] : []),
      { field: 'ageRange', by: model, confidence: ageConfidence },
    ],
  };
}

/** What the readings before the second look said, where that was something else (SkyScript-100M §3.4 keeps the second). */
export function outvoted(before: SeenAttributes, after: SeenAttributes): OtherReading[] {
  return (['gender', 'ageRange'] as const).flatMap((field) => {
    const value = before[field];
    if (value === undefined || value === after[field]) return [];
    const confidence = before.fields.find((known) => known.field === field)?.confidence ?? 0;
    return [{ field, value, by: `${model}, as filmed`, confidence }];
  });
}

function ageRangeOf(age: number): string {
  const from = Math.max(0, Math.floor((age - yearsOff) / 5) * 5);
  return `${from}–${Math.ceil((age + yearsOff) / 5) * 5}`;
}

function weighted(readings: readonly AttributeReading[], read: (reading: AttributeReading) => number): number {
  const total = readings.reduce((sum, { weight }) => sum + weight, 0);
  return readings.reduce((sum, reading) => sum + read(reading) * reading.weight, 0) / total;
}
