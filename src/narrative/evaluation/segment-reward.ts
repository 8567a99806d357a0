/**
 * What a prediction of a short stretch of film is worth to a training loop: the evaluation’s score of its content, and
 * its timing, told in parts, and hard to get by tricks. Ours. Pure.
 */
import { type ComparableEvent, type ComparableScript, type EventField, eventFields } from './comparable-script.js';
import { type Comparison, compareScripts } from './compare-scripts.js';
import type { JudgeName } from './evaluate.js';
import { findCopies } from './find-copies.js';
import { type GramReader, gramReader, lexicalJudge, unit } from './lexical-similarity.js';
import type { Match } from './match.js';
import { tallyFields } from './score-fields.js';
import { temporalIoU } from './time-window.js';

export interface SegmentReward {
  /** 0…1: the sum of the parts, no less than 0. */
  readonly score: number;
  readonly parts: RewardParts;
  /** F1 of each field that either has, 0…1. */
  readonly fields: Readonly<Partial<Record<EventField, number>>>;
  readonly events: { readonly predicted: number; readonly reference: number; readonly matched: number };
  readonly judge: JudgeName;
}

export interface RewardParts {
  /** What matched events say: 0…0.8. */
  readonly content: number;
  /** When events happen, as far as they say the right thing then: 0…0.2. */
  readonly timing: number;
  /** What events without a counterpart, and texts that repeat another one, take away: ≤ 0. */
  readonly invented: number;
  readonly missing: number;
  readonly copied: number;
}

const contentShare = 0.8;
const timingShare = 0.2;
/** What it costs if every text is a copy. */
const copiedCost = 0.5;

/** Rewards a prediction of a segment by its events. INVALID_INPUT where both hold too many of them. */
export function rewardSegment(
  predicted: readonly ComparableEvent[],
  reference: readonly ComparableEvent[],
): SegmentReward {
  const read = gramReader();
  const comparison = compareScripts(segmentOf(predicted), segmentOf(reference), read);
  const copies = openCopies(comparison, read);
  const matches = comparison.events.map((match) => ({
    ...match,
    similarity: match.similarity.map((alike, n) => (copies[match.predicted]?.has(nthField(n)) ? 0 : alike)),
  }));
  const { fields, matched, withInvented, withAll } = scoreContent(comparison, matches);
  const parts: RewardParts = {
    content: contentShare * matched,
    timing: timingShare * scoreTiming(comparison, matches),
    invented: contentShare * (withInvented - matched),
    missing: contentShare * (withAll - withInvented),
    copied: 0 - copiedCost * copiedShare(comparison, copies),
  };
  const sum = contentShare * withAll + parts.timing + parts.copied;
  return {
    score: Math.min(1, Math.max(0, sum)),
    ...{ parts, fields },
    events: { predicted: predicted.length, reference: reference.length, matched: matches.length },
    judge: lexicalJudge,
  };
}

const segmentOf = (events: readonly ComparableEvent[]): ComparableScript => ({
  ...{ title: '', durationMs: 0, characters: [], scenes: [], events, hasEstimatedTimes: false },
});

const nthField = (n: number) => eventFields[n] as EventField;

/** The prediction’s copies; what the reference says twice at the same place may be said twice. */
function openCopies({ predicted, reference, events }: Comparison, read: GramReader): ReadonlySet<EventField>[] {
  const copies = findCopies(predicted.events, read);
  const given = findCopies(reference.events, read);
  for (const match of events) for (const field of given[match.reference] ?? []) copies[match.predicted]?.delete(field);
  return copies;
}

/**
 * The mean of the fields’ F1 = 2 Σ s / (predicted + reference events with the field), 0…1: over matched events, over
 * these and what was invented, and over all.
 */
function scoreContent({ predicted, reference }: Comparison, matches: readonly Match[]) {
  const all = tallyFields(eventFields, predicted.events, reference.events, matches);
  const found = tallyFields(
    eventFields,
    matches.map((match) => predicted.events[match.predicted] ?? {}),
    matches.map((match) => reference.events[match.reference] ?? {}),
    matches,
  );
  const present = all.flatMap((tally, n) => (tally.predicted + tally.reference > 0 ? [n] : []));
  const f1 = (n: number, claims?: number, told?: number) => {
    const count = (claims ?? 0) + (told ?? 0);
    return count === 0 ? 0 : (2 * (all[n]?.sum ?? 0)) / (unit * count);
  };
  const mean = (scores: readonly number[]) =>
    scores.length === 0 ? 1 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const whole = present.map((n) => f1(n, all[n]?.predicted, all[n]?.reference));
  return {
    fields: Object.fromEntries(present.map((n, place) => [nthField(n), whole[place]])),
    matched: mean(present.map((n) => f1(n, found[n]?.predicted, found[n]?.reference))),
    withInvented: mean(present.map((n) => f1(n, all[n]?.predicted, found[n]?.reference))),
    withAll: mean(whole),
  };
}

/**
 * 2 Σ IoU · s / (predicted + reference events), 0…1, s being the mean likeness of the fields that either event has.
 * Of events that say nothing, those count that the reference does not have.
 */
function scoreTiming({ predicted, reference }: Comparison, matches: readonly Match[]): number {
  const says = (event: ComparableEvent) => eventFields.some((field) => event[field] !== undefined);
  const given = predicted.events.filter(says).length;
  const wanted = reference.events.filter(says).length;
  const padding = predicted.events.length - given - (reference.events.length - wanted);
  const count = given + wanted + Math.max(0, padding);
  if (count === 0) return 1;
  const sum = matches.reduce((total, match) => {
    const [one, other] = [predicted.events[match.predicted], reference.events[match.reference]];
    const alike = match.similarity.filter((value) => value !== undefined);
    const mean = alike.reduce((all, value) => all + value, 0) / (unit * alike.length);
    return one && other ? total + mean * temporalIoU(one, other) : total;
  }, 0);
  return (2 * sum) / count;
}

/** Share of the prediction’s texts that are copies, 0…1. */
function copiedShare({ predicted }: Comparison, copies: readonly ReadonlySet<EventField>[]): number {
  const texts = predicted.events.reduce(
    (sum, event) => sum + eventFields.filter((field) => field !== 'character' && event[field] !== undefined).length,
    0,
  );
  return texts === 0 ? 0 : copies.reduce((sum, { size }) => sum + size, 0) / texts;
}
