/** Evaluations of many films together: means over films, by the films’ length. Pure. */
import { type EventField, eventFields, type SceneField, sceneFields } from './comparable-script.js';
import { type Evaluation, type JudgeName, type LengthBucket, lengthBuckets } from './evaluate.js';
import { type HitRates, iouThresholds } from './temporal-hits.js';

/** Unweighted means over films, 0…100; a field counts where a film has it. */
export interface MeanScores {
  readonly films: number;
  readonly overall: number;
  /** F1. */
  readonly fields: Readonly<Partial<Record<EventField, number>>>;
  readonly tIoU: HitRates;
  readonly scene: {
    readonly overall: number;
    readonly fields: Readonly<Partial<Record<SceneField, number>>>;
    readonly tIoU: HitRates;
  };
}

export interface SetEvaluation extends MeanScores {
  readonly judge: JudgeName;
  /** Shortest first; lengths of which there is no film are left out. */
  readonly byLength: Readonly<Partial<Record<LengthBucket, MeanScores>>>;
}

/** Of one film at least, all by the same judge. */
export function summariseSet(evaluations: readonly [Evaluation, ...Evaluation[]]): SetEvaluation {
  const buckets = lengthBuckets.flatMap((bucket) => {
    const films = evaluations.filter(({ lengthBucket }) => lengthBucket === bucket);
    return films.length > 0 ? [[bucket, meansOf(films)] as const] : [];
  });
  return { ...meansOf(evaluations), judge: evaluations[0].judge, byLength: Object.fromEntries(buckets) };
}

const meansOf = (films: readonly Evaluation[]): MeanScores => ({
  films: films.length,
  overall: mean(films.map(({ overall }) => overall)),
  fields: meanFields(
    eventFields,
    films.map(({ fields }) => fields),
  ),
  tIoU: meanHits(films.map(({ tIoU }) => tIoU)),
  scene: {
    overall: mean(films.map(({ scene }) => scene.overall)),
    fields: meanFields(
      sceneFields,
      films.map(({ scene }) => scene.fields),
    ),
    tIoU: meanHits(films.map(({ scene }) => scene.tIoU)),
  },
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanFields<Field extends string>(
  fields: readonly Field[],
  films: readonly Readonly<Partial<Record<Field, { readonly f1: number }>>>[],
): Partial<Record<Field, number>> {
  const means = fields.flatMap((field) => {
    const found = films.flatMap((film) => film[field]?.f1 ?? []);
    return found.length > 0 ? [[field, mean(found)] as const] : [];
  });
  return Object.fromEntries(means) as Partial<Record<Field, number>>;
}

const meanHits = (films: readonly HitRates[]) =>
  Object.fromEntries(
    iouThresholds.map((threshold) => [threshold, mean(films.map((film) => film[threshold]))]),
  ) as HitRates;
