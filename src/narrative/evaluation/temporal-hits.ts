/** How well a prediction finds when things happen, whatever it says happens then. */
import type { Interval } from '../intervals.js';
import { alignInBand } from './align-in-band.js';
import { temporalIoU } from './time-window.js';

/** Intersection over union from which a time counts as found. */
export const iouThresholds = ['0.1', '0.3', '0.5'] as const;
export type IouThreshold = (typeof iouThresholds)[number];

export type HitRates = Readonly<Record<IouThreshold, number>>;

/**
 * Share (0…100) of the reference's intervals for which the prediction has one of its own with at least so much
 * intersection over union: as many as can be found together in order. 100 where there is nothing to find.
 */
export function temporalHits(
  predicted: readonly Interval[],
  reference: readonly Interval[],
  window: (row: number) => readonly [number, number],
): HitRates {
  const rate = (threshold: number): number => {
    if (reference.length === 0) return 100;
    const { worth } = alignInBand({
      rows: predicted.length,
      columns: reference.length,
      window,
      parts: 1,
      weigh: (i, j, hit) => {
        hit[0] = 1;
        return temporalIoU(predicted[i] as Interval, reference[j] as Interval) >= threshold;
      },
      leavesRow: () => true,
    });
    return (100 * (worth[0] ?? 0)) / reference.length;
  };
  return Object.fromEntries(iouThresholds.map((threshold) => [threshold, rate(Number(threshold))])) as Record<
    IouThreshold,
    number
  >;
}
