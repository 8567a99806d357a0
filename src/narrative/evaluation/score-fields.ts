/** Precision, recall and F1 of each field, and their mean; all 0…100. */
import { unit } from './lexical-similarity.js';
import type { Match } from './match.js';

export interface FieldScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export type FieldScores<Field extends string> = Readonly<Partial<Record<Field, FieldScore>>>;

export interface Scores<Field extends string> {
  /** Unweighted mean of the fields’ F1, over the fields that either script has. */
  readonly overall: number;
  readonly fields: FieldScores<Field>;
}

/** Of one field: the sum of its similarities in millionths, and how many on each side have it. Whole numbers. */
export interface Tally {
  readonly sum: number;
  readonly predicted: number;
  readonly reference: number;
}

type Told<Field extends string> = Readonly<Partial<Record<Field, string>>>;

export function tallyFields<Field extends string>(
  fields: readonly Field[],
  predicted: readonly Told<Field>[],
  reference: readonly Told<Field>[],
  matches: readonly Pick<Match, 'similarity'>[],
): Tally[] {
  const having = (all: readonly Told<Field>[], field: Field) =>
    all.reduce((count, each) => (each[field] === undefined ? count : count + 1), 0);
  return fields.map((field, n) => ({
    sum: matches.reduce((sum, { similarity }) => sum + (similarity[n] ?? 0), 0),
    predicted: having(predicted, field),
    reference: having(reference, field),
  }));
}

/**
 * P = Σ s / predicted events with the field, R = Σ s / reference events with it. Whoever claims nothing is wrong about
 * nothing: precision is 100 where the prediction never has the field, recall where the reference never has it; F1 is 0
 * in both cases. A field that neither has is left out.
 */
export function scoreTallies<Field extends string>(fields: readonly Field[], tallies: readonly Tally[]): Scores<Field> {
  const scored = fields.flatMap((field, n): [Field, FieldScore][] => {
    const { sum, predicted, reference } = tallies[n] as Tally;
    return predicted + reference === 0 ? [] : [[field, scoreOf(sum, predicted, reference)]];
  });
  return {
    overall: meanOf(scored.map(([, { f1 }]) => f1)),
    fields: Object.fromEntries(scored) as Partial<Record<Field, FieldScore>>,
  };
}

const scoreOf = (sum: number, predicted: number, reference: number): FieldScore => ({
  precision: shareOf(sum, predicted),
  recall: shareOf(sum, reference),
  f1: shareOf(2 * sum, predicted + reference),
});

/** Unweighted; 100 where there is nothing to score. */
const meanOf = (scores: readonly number[]): number =>
  scores.length === 0 ? 100 : scores.reduce((sum, score) => sum + score, 0) / scores.length;

/** A sum of millionths as a share (0…100) of so many. */
export const shareOf = (sum: number, count: number) => (count === 0 ? 100 : (100 * sum) / (unit * count));
