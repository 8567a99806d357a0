/** A second opinion: the events stay matched as they are, and somebody who understands the texts says how alike they are. */
import { counted } from '../counted.js';
import { interval, krippendorffAlpha } from '../krippendorff.js';
import { type EventField, eventFields } from './comparable-script.js';
import type { Comparison } from './compare-scripts.js';
import type { JudgeName } from './evaluate.js';
import { lexicalJudge, unit } from './lexical-similarity.js';
import { nameReplacer } from './replace-names.js';

export type TextField = Exclude<EventField, 'character'>;

/** What one field of one event says in both scripts. */
export interface JudgedPair {
  readonly field: TextField;
  /** With the names of the reference for those who are the same. */
  readonly predicted: string;
  readonly reference: string;
}

/** Says how much two texts mean the same. */
export interface Judge extends JudgeName {
  /** 0…1 for each pair, in their order. */
  judge(pairs: readonly JudgedPair[], signal: AbortSignal): Promise<readonly number[]>;
}

/** How far two judges agree on the texts that both have judged. */
export interface JudgeAgreement {
  readonly with: JudgeName;
  readonly pairs: number;
  /** Krippendorff’s α of the similarities, as measured on an interval scale; absent where nothing varies. */
  readonly alpha?: number;
  /** Mean of this judge’s similarity less the other’s, −1…1. */
  readonly meanDifference: number;
}

/** As people read it: `with fabula-lexical 1 on 12 texts: Krippendorff’s α 0.81, +0.12 on average`. */
export function wordsOfAgreement({ with: other, alpha, meanDifference, pairs }: JudgeAgreement): string {
  const how = alpha === undefined ? 'nothing varies' : `Krippendorff’s α ${alpha.toFixed(2)}`;
  const sign = meanDifference < 0 ? '−' : '+';
  return `with ${other.name} ${other.version} on ${counted(pairs, 'text')}: ${how}, ${sign}${Math.abs(meanDifference).toFixed(2)} on average`;
}

/** The comparison with a judge’s similarities, and how far it agrees with those that were there. */
export async function judgeComparison(
  comparison: Comparison,
  judge: Judge,
  signal: AbortSignal,
): Promise<{ readonly comparison: Comparison; readonly agreement: JudgeAgreement }> {
  const { asked, places } = openPairs(comparison);
  const given = asked.length > 0 ? await judge.judge(asked, signal) : [];
  const judged = comparison.events.map(({ similarity }) => [...similarity]);
  const both: [number, number][] = [];
  for (const [n, [match, field]] of places.entries()) {
    const fresh = Math.min(1, Math.max(0, given[n] ?? 0));
    const similarity = judged[match] as (number | undefined)[];
    both.push([(similarity[field] ?? 0) / unit, fresh]);
    similarity[field] = Math.round(unit * fresh);
  }
  const alpha = krippendorffAlpha(both, interval);
  return {
    comparison: {
      ...comparison,
      events: comparison.events.map((match, n) => ({ ...match, similarity: judged[n] ?? match.similarity })),
    },
    agreement: {
      with: lexicalJudge,
      pairs: both.length,
      ...(alpha !== undefined && { alpha }),
      meanDifference: both.reduce((sum, [old, fresh]) => sum + fresh - old, 0) / Math.max(1, both.length),
    },
  };
}

/** Fields that both events of a match have and that are not equal to the letter, and where they stand. */
function openPairs({ predicted, reference, characters, events }: Comparison) {
  const asked: JudgedPair[] = [];
  const places: (readonly [match: number, field: number])[] = [];
  const rename = nameReplacer(
    characters.flatMap((match) => {
      const [known] = reference.characters[match.reference]?.names ?? [];
      const names = predicted.characters[match.predicted]?.names ?? [];
      return known === undefined || match.by === 'NAME' ? [] : [{ names, by: known }];
    }),
  );
  for (const [n, match] of events.entries())
    for (const [index, field] of eventFields.entries()) {
      const claimed = predicted.events[match.predicted]?.[field];
      const told = reference.events[match.reference]?.[field];
      if (field === 'character' || claimed === undefined || told === undefined || match.similarity[index] === unit)
        continue;
      asked.push({ field, predicted: rename(claimed), reference: told });
      places.push([n, index]);
    }
  return { asked, places };
}
