/** What people say of the items of a packet, and what all of them together say of one. */
import type { CalibrationItem } from './calibration-item.js';

export const verdicts = ['ACCEPT', 'FIX', 'REMOVE'] as const;
/** Right; wrong, and this is right; wrong, and nothing is in its place. */
export type Verdict = (typeof verdicts)[number];

/** One row of a form: an item and what one person says of it. */
export interface Judgement {
  readonly item: CalibrationItem;
  /** Absent where the person has not got to it. */
  readonly verdict?: Verdict;
  /** What is right, with FIX. */
  readonly fixed?: string;
  readonly annotator: string;
  readonly note?: string;
}

/** What becomes of an item by the word of most who judged it. */
export interface ItemOutcome {
  readonly item: CalibrationItem;
  /** Absent where nobody has judged it. */
  readonly isAccepted?: boolean;
  /** What the field should hold then, null for nothing; absent where it stays. */
  readonly correction?: { readonly value: string | null };
  /** Why nothing can be made of what they say. */
  readonly dispute?: string;
}

/**
 * Items in the order in which they first come, with what becomes of each. An item is right when more than half of those
 * who judged it accept it; else it is corrected as most of the others want it, and left alone where they differ.
 */
export function outcomesOf(judgements: readonly Judgement[]): ItemOutcome[] {
  const byItem = new Map<string, [Judgement, ...Judgement[]]>();
  for (const judgement of lastWords(judgements)) {
    const key = `${judgement.item.nodeId}\n${judgement.item.field}`;
    const others = byItem.get(key);
    if (others) others.push(judgement);
    else byItem.set(key, [judgement]);
  }
  return [...byItem.values()].map((all): ItemOutcome => {
    const { item } = all[0];
    const judged = all.filter(({ verdict }) => verdict !== undefined);
    if (judged.length === 0) return { item };
    const against = judged.filter(({ verdict }) => verdict !== 'ACCEPT');
    if (2 * against.length < judged.length) return { item, isAccepted: true };
    const wishes = new Map<string | null, number>();
    for (const { verdict, fixed } of against) {
      const value = verdict === 'REMOVE' ? null : fixed;
      if (value !== undefined) wishes.set(value, (wishes.get(value) ?? 0) + 1);
    }
    const [most, next] = [...wishes].sort(([, a], [, b]) => b - a);
    if (!most) return { item, isAccepted: false, dispute: 'Nobody says what is right.' };
    const isTie = most[1] === next?.[1] || 2 * against.length === judged.length;
    if (isTie) return { item, isAccepted: false, dispute: 'Those who judged it do not agree.' };
    return { item, isAccepted: false, correction: { value: most[0] } };
  });
}

/** The last word of each person on each item, or that there is none. */
export function lastWords(judgements: readonly Judgement[]): Judgement[] {
  const last = new Map<string, Judgement>();
  for (const judgement of judgements) {
    const { item, annotator, verdict } = judgement;
    const key = `${item.nodeId}\n${item.field}\n${annotator}`;
    if (verdict !== undefined || !last.has(key)) last.set(key, judgement);
  }
  return [...last.values()];
}
