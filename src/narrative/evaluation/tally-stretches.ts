import { eventFields } from './comparable-script.js';
import type { Comparison } from './compare-scripts.js';
import { type Tally, tallyFields } from './score-fields.js';

/**
 * What each stretch of the reference adds to the scores, by the moments at which they start: its events, those matched
 * to them, and those that the prediction invents meanwhile.
 */
export function tallyStretches(
  { predicted, reference, events }: Comparison,
  starts: readonly number[],
): { readonly events: number; readonly tallies: readonly Tally[] }[] {
  const stretchAt = (atMs: number) =>
    Math.max(
      0,
      starts.findLastIndex((startMs) => startMs <= atMs),
    );
  const theirs = reference.events.map(({ startMs }) => stretchAt(startMs));
  const matched = new Map(events.map((match) => [match.predicted, theirs[match.reference]]));
  const ours = predicted.events.map(({ startMs }, n) => matched.get(n) ?? stretchAt(startMs));
  return starts.map((_, stretch) => {
    const told = reference.events.filter((_, n) => theirs[n] === stretch);
    const claimed = predicted.events.filter((_, n) => ours[n] === stretch);
    const found = events.filter((match) => theirs[match.reference] === stretch);
    return { events: told.length, tallies: tallyFields(eventFields, claimed, told, found) };
  });
}
