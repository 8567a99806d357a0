import assert from 'node:assert/strict';
import { pooledF1, scoreShots } from '../../bench/shot-score.js';

describe('the score of shot boundaries', () => {
  const truth = { cuts: [1, 5], gradual: [[8, 9]], unscored: [[20, 21]] } as const;

  it('is whole when every boundary is found within its tolerance', () => {
    const score = scoreShots([1.09, 4.95, 8.8, 20.5], truth);
    assert.deepEqual([score.cutErrors, score.gradualErrors, pooledF1([score])], [0, 0, 1]);
  });

  it('counts misses and false ones, and a transition’s other end as neither', () => {
    const score = scoreShots([1, 3, 7.9, 9.1], truth);
    assert.deepEqual([score.cutErrors, score.gradualErrors], [2, 0]);
    assert.equal(pooledF1([score]), 4 / 6);
  });
});
