import { deepEqual, equal } from 'node:assert/strict';
import { asShare, clamp, mean, median, upperMedian } from '../../workers/detectors/arithmetic.js';

describe('the arithmetic of detectors', () => {
  it('has a mean, and says what is the mean of nothing', () => {
    equal(mean([1, 2, 6]), 3);
    equal(mean([], 7), 7);
    equal(mean([]), Number.NaN);
  });

  it('has the middle of an even number of values between the two, or the upper one', () => {
    const values = [9, 1, 4, 2];
    deepEqual([median(values), upperMedian(values)], [3, 4]);
    deepEqual([median([5, 10, 1]), upperMedian([5, 10, 1])], [5, 5]);
    deepEqual([median([]), upperMedian([])], [0, 0]);
    deepEqual(values, [9, 1, 4, 2]);
  });

  it('keeps a value within its range', () => {
    deepEqual([clamp(-3, -2, 2), clamp(0.5, -2, 2), clamp(3, -2, 2)], [-2, 0.5, 2]);
    deepEqual([asShare(-1), asShare(0.5), asShare(1.2)], [0, 0.5, 1]);
  });
});
