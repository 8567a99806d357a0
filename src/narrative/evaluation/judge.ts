/** A second opinion: events and scenes stay matched as they are, and somebody who understands the texts says how alike they are. */
import { counted } from '../counted.js';
import { interval, krippendorffAlpha } from '../krippendorff.js';
import { type EventField, eventFields, type SceneField, sceneFields } from './comparable-script.js';
import type { Comparison } from './compare-scripts.js';
import type { JudgeName } from './evaluate.js';
import { lexicalJudge, unit } from './lexical-similarity.js';
import type { Match } from './match.js';
import { nameReplacer } from './replace-names.js';

/** Fields of events and scenes that are texts: who acts, and whether it is inside, is the same or is not. */
export type TextField = Exclude<EventField, 'character'> | Exclude<SceneField, 'type'>;

/** What one field of one event or scene says in both scripts. */
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
  const judged = { events: copied(comparison.events), scenes: copied(comparison.scenes) };
  const both: [number, number][] = [];
  for (const [n, { list, match, field }] of places.entries()) {
    const fresh = Math.min(1, Math.max(0, given[n] ?? 0));
    const similarity = judged[list][match]?.similarity ?? [];
    both.push([(similarity[field] ?? 0) / unit, fresh]);
    similarity[field] = Math.round(unit * fresh);
  }
  const alpha = krippendorffAlpha(both, interval);
  return {
    comparison: { ...comparison, ...judged },
    agreement: {
      with: lexicalJudge,
      pairs: both.length,
      ...(alpha !== undefined && { alpha }),
      meanDifference: both.reduce((sum, [old, fresh]) => sum + fresh - old, 0) / Math.max(1, both.length),
    },
  };
}

const copied = (matches: readonly Match[]) =>
  matches.map(({ similarity, ...match }) => ({ ...match, similarity: [...similarity] }));

/** A field of a match. */
interface Place {
  readonly list: 'events' | 'scenes';
  readonly match: number;
  readonly field: number;
}

/** Texts that both sides of a match have and that are not equal to the letter, and where they stand. */
function openPairs({ predicted, reference, characters, ...matches }: Comparison) {
  const asked: JudgedPair[] = [];
  const places: Place[] = [];
  const rename = nameReplacer(
    characters.flatMap((match) => {
      const [known] = reference.characters[match.reference]?.names ?? [];
      const names = predicted.characters[match.predicted]?.names ?? [];
      return known === undefined || match.by === 'NAME' ? [] : [{ names, by: known }];
    }),
  );
  const ask = <Field extends string>(
    list: Place['list'],
    fields: readonly Field[],
    texts: { readonly [Side in 'predicted' | 'reference']: readonly Readonly<Partial<Record<Field, string>>>[] },
    isText: (field: Field) => field is Field & TextField,
  ) => {
    for (const [n, match] of matches[list].entries())
      for (const [index, field] of fields.entries()) {
        const claimed = texts.predicted[match.predicted]?.[field];
        const told = texts.reference[match.reference]?.[field];
        if (!isText(field) || claimed === undefined || told === undefined || match.similarity[index] === unit) continue;
        asked.push({ field, predicted: rename(claimed), reference: told });
        places.push({ list, match: n, field: index });
      }
  };
  const events = { predicted: predicted.events, reference: reference.events };
  const scenes = { predicted: predicted.scenes, reference: reference.scenes };
  ask('events', eventFields, events, (field) => field !== 'character');
  ask('scenes', sceneFields, scenes, (field) => field !== 'type');
  return { asked, places };
}
