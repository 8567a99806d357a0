/** How far the scores could be elsewhere by chance: bootstrap over the reference's scenes (Efron's percentiles). */
import { seededRandom } from '../seeded-random.js';
import { type EventField, eventFields } from './comparable-script.js';
import type { Comparison } from './compare-scripts.js';
import { shareOf } from './score-fields.js';
import { tallyStretches } from './tally-stretches.js';

export type ConfidenceInterval = readonly [low: number, high: number];

export interface ConfidenceIntervals {
  /** Share of samples between the bounds. */
  readonly level: number;
  readonly scenes: number;
  readonly samples: number;
  readonly seed: number;
  readonly overall: ConfidenceInterval;
  /** Of the F1 of each field. */
  readonly fields: Readonly<Partial<Record<EventField, ConfidenceInterval>>>;
}

const level = 0.95;
const samples = 1000;

/** Undefined with fewer than two scenes to draw from. */
export function confidenceIntervals(comparison: Comparison, seed: number): ConfidenceIntervals | undefined {
  const starts = comparison.reference.scenes.map(({ startMs }) => startMs);
  if (starts.length < 2) return undefined;
  // Of each scene and field: twice the sum of similarities, and how many on both sides have the field.
  const scenes = tallyStretches(comparison, starts).map(({ tallies }) =>
    Float64Array.from(tallies.flatMap(({ sum, predicted, reference }) => [2 * sum, predicted + reference])),
  );
  const random = seededRandom(seed);
  const overall: number[] = [];
  const fields = eventFields.map((): number[] => []);
  const drawn = new Float64Array(2 * eventFields.length);
  for (let sample = 0; sample < samples; sample++) {
    drawn.fill(0);
    for (let n = 0; n < scenes.length; n++) {
      const scene = scenes[Math.floor(random() * scenes.length)] as Float64Array;
      for (let part = 0; part < drawn.length; part++) drawn[part] = (drawn[part] as number) + (scene[part] as number);
    }
    let total = 0;
    let scored = 0;
    for (const [field, found] of fields.entries()) {
      const count = drawn[2 * field + 1] as number;
      if (count === 0) continue;
      const f1 = shareOf(drawn[2 * field] as number, count);
      found.push(f1);
      total += f1;
      scored++;
    }
    overall.push(scored === 0 ? 100 : total / scored);
  }
  const intervals = eventFields.flatMap((field, n) => {
    const found = fields[n] ?? [];
    return found.length > 0 ? [[field, bounds(found)] as const] : [];
  });
  return {
    ...{ level, samples, seed },
    scenes: scenes.length,
    overall: bounds(overall),
    fields: Object.fromEntries(intervals),
  };
}

function bounds(values: readonly number[]): ConfidenceInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return [at((1 - level) / 2), at((1 + level) / 2)];
}
