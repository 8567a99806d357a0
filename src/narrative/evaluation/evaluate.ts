/** The evaluation of one script by another: how much of what it says, and when, the reference says, too. Pure. */
import type { CharacterConflict } from './character-conflicts.js';
import {
  type ComparableScript,
  type EventField,
  eventFields,
  type SceneField,
  sceneFields,
} from './comparable-script.js';
import { type Comparison, compareScripts } from './compare-scripts.js';
import { type ConfidenceIntervals, confidenceIntervals } from './confidence-intervals.js';
import { lexicalJudge } from './lexical-similarity.js';
import type { CharacterMatch } from './match-characters.js';
import { maySceneBe } from './match-scenes.js';
import { type Scores, scoreTallies, tallyFields } from './score-fields.js';
import { tallyStretches } from './tally-stretches.js';
import { type HitRates, temporalHits } from './temporal-hits.js';
import { nearWindow, windowOf } from './time-window.js';

/** Who compared, and which version of it: scores of different judges or versions must not be compared. */
export interface JudgeName {
  readonly name: string;
  readonly version: string;
}

/** All scores are 0…100. */
export interface Evaluation extends Scores<EventField> {
  readonly tIoU: HitRates;
  readonly scene: Scores<SceneField> & { readonly tIoU: HitRates };
  readonly judge: JudgeName;
  readonly events: { readonly predicted: number; readonly reference: number; readonly matched: number };
  readonly characters: readonly MappedCharacter[];
  readonly conflicts: readonly CharacterConflict[];
  /** Of the reference. */
  readonly lengthBucket: LengthBucket;
  /** The scores as the film goes on. */
  readonly stretches: readonly StretchScore[];
  /** Absent where the reference has fewer than two scenes. */
  readonly confidence?: ConfidenceIntervals;
  /** What the figures do not tell: one sentence each. */
  readonly notes: readonly string[];
}

export interface MappedCharacter {
  /** Keys; absent for one who has no counterpart. */
  readonly predicted?: string;
  readonly reference?: string;
  readonly by?: CharacterMatch['by'];
}

export interface StretchScore {
  readonly startMs: number;
  readonly endMs: number;
  /** Of the reference. */
  readonly events: number;
  readonly overall: number;
}

/** By the reference’s length, as video-to-script benchmarks report them, in minutes. */
export const lengthBuckets = ['0-5', '5-10', '10-20', '20-40', '40+'] as const;
export type LengthBucket = (typeof lengthBuckets)[number];

const bucketEndsMin = [5, 10, 20, 40];
const stretchMs = 5 * 60_000;

/** Decides which scenes are drawn for the confidence intervals. */
const defaultSeed = 1;

/** Evaluates a prediction. INVALID_INPUT for scripts that hold too much at one time. */
export const evaluateScripts = (predicted: ComparableScript, reference: ComparableScript): Evaluation =>
  scoreComparison(compareScripts(predicted, reference));

/** The scores of a comparison, under the name of whoever gave its similarities. */
export function scoreComparison(comparison: Comparison, judge: JudgeName = lexicalJudge): Evaluation {
  const { predicted, reference, events, scenes, conflicts } = comparison;
  const confidence = confidenceIntervals(comparison, defaultSeed);
  return {
    ...scoreTallies(eventFields, tallyFields(eventFields, predicted.events, reference.events, events)),
    tIoU: temporalHits(predicted.events, reference.events, nearWindow(predicted.events, reference.events)),
    scene: {
      ...scoreTallies(sceneFields, tallyFields(sceneFields, predicted.scenes, reference.scenes, scenes)),
      tIoU: temporalHits(predicted.scenes, reference.scenes, windowOf(predicted.scenes, reference.scenes, maySceneBe)),
    },
    judge: { name: judge.name, version: judge.version },
    events: { predicted: predicted.events.length, reference: reference.events.length, matched: events.length },
    characters: mappedCharacters(comparison),
    conflicts,
    lengthBucket: bucketOf(reference.durationMs),
    stretches: scoreStretches(comparison),
    ...(confidence && { confidence }),
    notes: notesOn(comparison),
  };
}

export function bucketOf(durationMs: number): LengthBucket {
  const place = bucketEndsMin.findIndex((endMin) => durationMs <= endMin * 60_000);
  return lengthBuckets[place < 0 ? bucketEndsMin.length : place] as LengthBucket;
}

function mappedCharacters({ predicted, reference, characters }: Comparison): MappedCharacter[] {
  const acting = ({ events }: ComparableScript) => new Set(events.map(({ character }) => character));
  const [ours, theirs] = [acting(predicted), acting(reference)];
  const mapped = characters.map((match) => ({
    predicted: predicted.characters[match.predicted]?.key ?? '',
    reference: reference.characters[match.reference]?.key ?? '',
    by: match.by,
  }));
  const known = {
    ours: new Set(mapped.map((each) => each.predicted)),
    theirs: new Set(mapped.map((each) => each.reference)),
  };
  return [
    ...mapped,
    ...predicted.characters.flatMap(({ key }) => (ours.has(key) && !known.ours.has(key) ? [{ predicted: key }] : [])),
    ...reference.characters.flatMap(({ key }) =>
      theirs.has(key) && !known.theirs.has(key) ? [{ reference: key }] : [],
    ),
  ];
}

function scoreStretches(comparison: Comparison): StretchScore[] {
  const { durationMs, events } = comparison.reference;
  const lastMs = Math.max(durationMs, ...events.slice(-1).map(({ startMs }) => startMs + 1));
  const starts = Array.from({ length: Math.ceil(lastMs / stretchMs) }, (_, n) => n * stretchMs);
  return tallyStretches(comparison, starts).flatMap(({ events: count, tallies }, n) => {
    if (tallies.every((tally) => tally.predicted + tally.reference === 0)) return [];
    const startMs = n * stretchMs;
    const endMs = Math.min(startMs + stretchMs, lastMs);
    return [{ startMs, endMs, events: count, overall: scoreTallies(eventFields, tallies).overall }];
  });
}

function notesOn({ predicted, reference }: Comparison): string[] {
  const whose = { predicted: 'The prediction', reference: 'The reference' } as const;
  const both = { predicted, reference };
  return (['predicted', 'reference'] as const).flatMap((side) => {
    const { events, hasEstimatedTimes } = both[side];
    const notes: string[] = [];
    if (events.length === 0) notes.push(`${whose[side]} holds no event that says anything.`);
    if (hasEstimatedTimes)
      notes.push(`${whose[side]} does not say when everything happens; its times are estimated, and so is tIoU.`);
    if (events.some(({ hasExplicitEnd }) => !hasExplicitEnd))
      notes.push(`${whose[side]} does not say when all events end; tIoU rests on the next one’s start there.`);
    return notes;
  });
}
