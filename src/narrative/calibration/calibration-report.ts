/** How right a packet is, field by field, whether it passes, and how far those who judged it agree. Pure. */
import type { NodeKind } from '../../../schema/enums.js';
import { krippendorffAlpha, nominal } from '../krippendorff.js';
import { type ItemOutcome, type Judgement, lastWords, outcomesOf } from './verdict.js';
import { wilsonInterval } from './wilson-interval.js';

export interface Accuracy {
  readonly judged: number;
  readonly accepted: number;
  /** Share of judged items that are right, 0…1; absent where none is judged. */
  readonly accuracy?: number;
  /** Where it lies with 95 % confidence (Wilson). */
  readonly interval: readonly [low: number, high: number];
}

/** PASSED, RETURNED to be repaired, or UNFINISHED while items are not judged. */
export type PacketFate = 'PASSED' | 'RETURNED' | 'UNFINISHED';

export interface CalibrationReport extends Accuracy {
  readonly items: number;
  readonly fields: readonly (Accuracy & { readonly kind: NodeKind; readonly field: string })[];
  /** Share of right items from which a packet passes, 0…1. */
  readonly gate: number;
  readonly fate: PacketFate;
  /** Whether the interval lies on one side of the gate, so that another sample would hardly end otherwise. */
  readonly isCertain: boolean;
  readonly annotators: readonly string[];
  readonly agreement: {
    /** Items that two or more have judged. */
    readonly items: number;
    /** Krippendorff’s α of their verdicts; absent where it cannot be told from chance. */
    readonly alpha?: number;
  };
  /** Items of which the judgements can make nothing. */
  readonly disputes: readonly { readonly nodeId: string; readonly field: string; readonly why: string }[];
}

/** The share of right items that short drama production asks for (SkyScript-100M §3.5). */
export const usualGate = 0.9;

export function reportOn(judgements: readonly Judgement[], gate = usualGate): CalibrationReport {
  const outcomes = outcomesOf(judgements);
  const byField = new Map<string, ItemOutcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.item.kind}.${outcome.item.field}`;
    byField.set(key, [...(byField.get(key) ?? []), outcome]);
  }
  const whole = accuracyOf(outcomes);
  const { judged, interval, accuracy = 0 } = whole;
  const given = verdictsByItem(judgements);
  const alpha = krippendorffAlpha(given, nominal);
  return {
    items: outcomes.length,
    ...whole,
    fields: [...byField.values()].flatMap((own) =>
      own[0] ? [{ kind: own[0].item.kind, field: own[0].item.field, ...accuracyOf(own) }] : [],
    ),
    gate,
    fate: judged < outcomes.length || judged === 0 ? 'UNFINISHED' : accuracy >= gate ? 'PASSED' : 'RETURNED',
    isCertain: interval[0] >= gate || interval[1] < gate,
    annotators: [...new Set(judgements.flatMap(({ annotator, verdict }) => (verdict ? [annotator] : [])))].sort(),
    agreement: {
      items: given.filter(({ length }) => length >= 2).length,
      ...(alpha !== undefined && { alpha }),
    },
    disputes: outcomes.flatMap(({ item, dispute }) =>
      dispute === undefined ? [] : [{ nodeId: item.nodeId, field: item.field, why: dispute }],
    ),
  };
}

function accuracyOf(outcomes: readonly ItemOutcome[]): Accuracy {
  const judged = outcomes.filter(({ isAccepted }) => isAccepted !== undefined).length;
  const accepted = outcomes.filter(({ isAccepted }) => isAccepted).length;
  const interval = wilsonInterval(accepted, judged);
  return { judged, accepted, ...(judged > 0 && { accuracy: accepted / judged }), interval };
}

function verdictsByItem(judgements: readonly Judgement[]): string[][] {
  const given = new Map<string, string[]>();
  for (const { item, verdict } of lastWords(judgements)) {
    if (verdict === undefined) continue;
    const key = `${item.nodeId}\n${item.field}`;
    given.set(key, [...(given.get(key) ?? []), verdict]);
  }
  return [...given.values()];
}
