/** Why a script scores as it does: which events matched which, what was missed and what was invented. Pure. */
import { fieldWeights } from './align-events.js';
import { type ComparableEvent, type EventField, eventFields } from './comparable-script.js';
import type { Comparison } from './compare-scripts.js';
import { gramReader, gramSimilarity, unit } from './lexical-similarity.js';
import { startsNear, temporalIoU } from './time-window.js';

export interface FieldFinding {
  readonly field: EventField;
  readonly predicted?: string;
  readonly reference?: string;
  /** 0…1; 0 where only one has the field. */
  readonly similarity: number;
}

/** What became of an event. */
export interface Finding {
  readonly finding: 'MATCHED' | 'MISSED' | 'INVENTED';
  /** Of the reference’s event, or of what was invented. */
  readonly startMs: number;
  readonly predicted?: ComparableEvent;
  readonly reference?: ComparableEvent;
  /** Fields that either has; of an event alone, its own. */
  readonly fields: readonly FieldFinding[];
  /** How much of the fields is wrong: the sum of 1 − similarity. */
  readonly loss: number;
  /** Predicted start − reference start, of a match. */
  readonly offMs?: number;
  /** 0…1, of a match. */
  readonly tIoU?: number;
  /** One or two sentences. */
  readonly why: string;
}

/** All findings, the worst first, then in order of time. */
export function explainComparison(comparison: Comparison): Finding[] {
  const { predicted, reference, events } = comparison;
  const ours = new Set(events.map((match) => match.predicted));
  const theirs = new Set(events.map((match) => match.reference));
  const read = gramReader();
  const rivals = {
    predicted: predicted.events.map((event, n) => ({ event, isTaken: ours.has(n) })),
    reference: reference.events.map((event, n) => ({ event, isTaken: theirs.has(n) })),
  };
  const findings = [
    ...events.map((match) =>
      matched(
        predicted.events[match.predicted] as ComparableEvent,
        reference.events[match.reference] as ComparableEvent,
        match.similarity,
      ),
    ),
    ...reference.events.flatMap((event, n) =>
      theirs.has(n) ? [] : [alone('MISSED', event, nearestRival(event, rivals.predicted, read))],
    ),
    ...predicted.events.flatMap((event, n) =>
      ours.has(n) ? [] : [alone('INVENTED', event, nearestRival(event, rivals.reference, read))],
    ),
  ];
  return findings.sort((a, b) => b.loss - a.loss || a.startMs - b.startMs);
}

function matched(
  predicted: ComparableEvent,
  reference: ComparableEvent,
  similarity: readonly (number | undefined)[],
): Finding {
  const fields = eventFields.flatMap((field, n): FieldFinding[] => {
    const alike = similarity[n];
    return alike === undefined ? [] : [{ field, ...textsOf(field, predicted, reference), similarity: alike / unit }];
  });
  const offMs = predicted.startMs - reference.startMs;
  return {
    ...{ finding: 'MATCHED', startMs: reference.startMs, predicted, reference, fields, offMs },
    loss: fields.reduce((sum, field) => sum + 1 - field.similarity, 0),
    tIoU: temporalIoU(predicted, reference),
    why: [wordsOfFields(fields), wordsOfTime(offMs)].join(' '),
  };
}

function alone(finding: 'MISSED' | 'INVENTED', event: ComparableEvent, why: string): Finding {
  const side = finding === 'MISSED' ? 'reference' : 'predicted';
  const fields = eventFields.flatMap((field): FieldFinding[] => {
    const text = event[field];
    return text === undefined ? [] : [{ field, [side]: text, similarity: 0 }];
  });
  return { finding, startMs: event.startMs, [side]: event, fields, loss: fields.length, why };
}

const textsOf = (field: EventField, predicted: ComparableEvent, reference: ComparableEvent) => ({
  ...(predicted[field] !== undefined && { predicted: predicted[field] }),
  ...(reference[field] !== undefined && { reference: reference[field] }),
});

const fieldNames: Readonly<Record<EventField, string>> = {
  character: 'character',
  dialogue: 'dialogue',
  action: 'action',
  expression: 'expression',
  audioCue: 'audio cue',
};

function wordsOfFields(fields: readonly FieldFinding[]): string {
  const said = (words: string, those: readonly FieldFinding[]) =>
    those.length === 0 ? [] : [`${words} ${those.map(({ field }) => fieldNames[field]).join(', ')}`];
  const both = fields.filter(({ predicted, reference }) => predicted !== undefined && reference !== undefined);
  const parts = [
    ...said(
      'same',
      both.filter(({ similarity }) => similarity === 1),
    ),
    ...said(
      'like',
      both.filter(({ similarity }) => similarity > 0 && similarity < 1),
    ),
    ...said(
      'another',
      both.filter(({ similarity }) => similarity === 0),
    ),
    ...said(
      'lacks',
      fields.filter(({ predicted }) => predicted === undefined),
    ),
    ...said(
      'adds',
      fields.filter(({ reference }) => reference === undefined),
    ),
  ].join('; ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`;
}

function wordsOfTime(offMs: number): string {
  if (offMs === 0) return 'Starts at the same moment.';
  return `Starts ${(Math.abs(offMs) / 1000).toFixed(1)} s too ${offMs > 0 ? 'late' : 'early'}.`;
}

type Reader = ReturnType<typeof gramReader>;

/** Why an event has no partner: nothing is near, what is near says something else, or it fits another better. */
function nearestRival(
  event: ComparableEvent,
  others: readonly { readonly event: ComparableEvent; readonly isTaken: boolean }[],
  read: Reader,
): string {
  const near = others.filter((other) => startsNear(event, other.event));
  if (near.length === 0) return 'Nothing starts within 30 s of it in the other script.';
  const texts = eventFields.filter((field) => field !== 'character');
  const likeness = (other: ComparableEvent) =>
    texts.reduce((sum, field) => {
      const [one, two] = [read(event[field] ?? ''), read(other[field] ?? '')];
      return one && two ? sum + (fieldWeights[field] * gramSimilarity(one, two)) / unit : sum;
    }, 0);
  const best = near
    .map((other) => ({ ...other, likeness: likeness(other.event) }))
    .reduce((most, next) => (next.likeness > most.likeness ? next : most));
  if (best.likeness === 0) return 'Whatever starts within 30 s of it says something else.';
  const at = `what starts at ${(best.event.startMs / 1000).toFixed(1)} s`;
  return best.isTaken
    ? `Most like it is ${at}, which fits another event better.`
    : `Most like it is ${at}, too unlike to be the same.`;
}
