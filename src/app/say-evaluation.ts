/** Evaluations in words and columns, for a terminal. */
import { clockTime } from '../narrative/clock-time.js';
import { counted } from '../narrative/counted.js';
import type { Evaluation } from '../narrative/evaluation/evaluate.js';
import type { MeanScores, SetEvaluation } from '../narrative/evaluation/evaluation-set.js';
import type { Finding } from '../narrative/evaluation/explain.js';
import { type JudgeAgreement, wordsOfAgreement } from '../narrative/evaluation/judge.js';
import type { FieldScores } from '../narrative/evaluation/score-fields.js';
import type { HitRates } from '../narrative/evaluation/temporal-hits.js';
import { oneLine } from './report-error.js';

const points = (score: number) => score.toFixed(1).padStart(6);
const row = (title: string, ...columns: readonly string[]) => `  ${title.padEnd(12)}${columns.join(' ')}`;
/** Misses that are told. */
const mostMisses = 5;

export function sayEvaluation(
  evaluation: Evaluation,
  misses: readonly Finding[],
  agreement: JudgeAgreement | undefined,
): string {
  const { overall, fields, scene, judge, events, confidence, conflicts, notes } = evaluation;
  const range = confidence ? `  (95 %: ${confidence.overall.map((bound) => bound.toFixed(1)).join('–')})` : '';
  return [
    `Overall ${overall.toFixed(1)} of 100${range}, by ${judge.name} ${judge.version}`,
    `${counted(events.matched, 'event')} matched of ${events.reference}, ${events.predicted - events.matched} invented`,
    ...(agreement ? [`Agreement ${wordsOfAgreement(agreement)}`] : []),
    row('Events', 'precision', 'recall', '  F1'),
    ...fieldRows(fields),
    row('Scenes', points(scene.overall)),
    ...fieldRows(scene.fields),
    hitRow('tIoU', evaluation.tIoU),
    hitRow('  of scenes', scene.tIoU),
    ...conflicts.map(({ predicted, reference }) => `Who is who: ${predicted.join(', ')} ↔ ${reference.join(', ')}`),
    ...notes,
    ...(misses.length > 0 ? ['Worst:'] : []),
    ...misses.slice(0, mostMisses).map(sayMiss),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}

export function saySet(
  set: SetEvaluation,
  films: readonly { readonly name: string; readonly evaluation: Evaluation }[],
): string {
  const meanRow = (title: string, { films: count, overall, tIoU, scene }: MeanScores) =>
    row(title, points(overall), points(tIoU['0.1']), points(scene.overall), `  ${counted(count, 'film')}`);
  return [
    `By ${set.judge.name} ${set.judge.version}`,
    row('', 'events', 'tIoU.1', 'scenes'),
    ...films.map(({ name, evaluation }) =>
      row(name, points(evaluation.overall), points(evaluation.tIoU['0.1']), points(evaluation.scene.overall)),
    ),
    ...Object.entries(set.byLength).map(([length, means]) => meanRow(`${length} min`, means)),
    meanRow('All', set),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}

const fieldRows = (fields: FieldScores<string>): string[] =>
  Object.entries(fields).flatMap(([field, score]) =>
    score ? [row(`  ${field}`, '  ', points(score.precision), points(score.recall), points(score.f1))] : [],
  );

const hitRow = (title: string, hits: HitRates) =>
  row(title, ...Object.entries(hits).map(([threshold, rate]) => `@${threshold} ${points(rate)}`));

function sayMiss({ finding, startMs, fields, why }: Finding): string {
  const [first] = fields.filter(({ field }) => field !== 'character').concat(fields);
  const text = first?.reference ?? first?.predicted ?? '';
  return `  ${clockTime(startMs)}  ${finding.toLowerCase().padEnd(8)}  ${[...text].slice(0, 60).join('')}  — ${why}`;
}
