/** The little arithmetic that detectors share. Pure. */
export { median } from '../../src/narrative/median.js';

/** `ofNone` where there are no values. */
export const mean = (values: readonly number[], ofNone = Number.NaN): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : ofNone;

/** The middle value, of an even number the larger of the two in the middle: always one of the values, or 0 of none. */
export function upperMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The nearest share, 0…1. */
export const asShare = (value: number): number => clamp(value, 0, 1);
