import { type Alignment, alignInBand } from './align-in-band.js';
import { type ComparableEvent, type EventField, eventFields } from './comparable-script.js';
import { nearMs, nearWindow } from './time-window.js';

/** What a field counts when events are aligned: what is said word for word tells most. Ours. */
export const fieldWeights: Readonly<Record<EventField, number>> = {
  character: 2,
  dialogue: 4,
  action: 2,
  expression: 1,
  audioCue: 1,
};

const weights = eventFields.map((field) => fieldWeights[field]);

/**
 * The events of two scripts that are the same: those that are worth most in all fields together, then closest in time,
 * then most alike field by field. Events that have nothing in common are no pair. `similarity` is in millionths.
 */
export const alignEvents = (
  predicted: readonly ComparableEvent[],
  reference: readonly ComparableEvent[],
  similarity: (predicted: number, reference: number, field: number) => number | undefined,
): Alignment =>
  alignInBand({
    rows: predicted.length,
    columns: reference.length,
    window: nearWindow(predicted, reference),
    parts: 2 + weights.length,
    weigh: (i, j, worth) => {
      let total = 0;
      for (let field = 0; field < weights.length; field++) {
        const alike = similarity(i, j, field) ?? 0;
        worth[field + 2] = alike;
        total += (weights[field] as number) * alike;
      }
      worth[0] = total;
      worth[1] = nearMs - Math.abs((predicted[i]?.startMs ?? 0) - (reference[j]?.startMs ?? 0));
      return total > 0;
    },
    leavesRow: (i, j) => isAfter(predicted[i], reference[j]),
  });

/** An order of events that does not depend on which script they are of: by time, then by what they say. */
function isAfter(one: ComparableEvent | undefined, other: ComparableEvent | undefined): boolean {
  if (!one || !other) return false;
  if (one.startMs !== other.startMs) return one.startMs > other.startMs;
  if (one.endMs !== other.endMs) return one.endMs > other.endMs;
  for (const field of eventFields) {
    const [mine, yours] = [one[field] ?? '', other[field] ?? ''];
    if (mine !== yours) return mine > yours;
  }
  return false;
}
