import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linkByAverage } from '../../workers/detectors/identity/linkage.js';

const onALine = (places: readonly number[]) => (a: number, b: number) => Math.abs((places[a] ?? 0) - (places[b] ?? 0));

describe('average linkage', () => {
  it('joins the nearest first and stops where groups lie further apart than the limit', () => {
    const places = [0, 1, 10, 11, 30];
    const even = places.map(() => 1);
    assert.deepEqual(linkByAverage(even, onALine(places), 2), [[0, 1], [2, 3], [4]]);
    assert.deepEqual(linkByAverage(even, onALine(places), 10), [[0, 1, 2, 3], [4]]);
  });

  it('weighs members: the average moves towards the heavier', () => {
    // 0 and 1 join; 4 then lies 3.1 from them where the near one weighs nine times as much, 3.5 otherwise.
    assert.deepEqual(linkByAverage([1, 9, 1], onALine([0, 1, 4]), 3.2), [[0, 1, 2]]);
    assert.deepEqual(linkByAverage([1, 1, 1], onALine([0, 1, 4]), 3.2), [[0, 1], [2]]);
  });

  it('never joins groups of which two members must stay apart', () => {
    const apart = (a: number, b: number) => (a + b === 1 ? Number.POSITIVE_INFINITY : 0.1);
    assert.deepEqual(linkByAverage([1, 1, 1], apart, 5), [[0, 2], [1]]);
  });

  it('puts every member into one group, whatever the distances', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 25 }), (places) => {
        const groups = linkByAverage(
          places.map(() => 1),
          onALine(places),
          5,
        );
        assert.deepEqual(
          groups.flat().toSorted((a, b) => a - b),
          places.map((_, index) => index),
        );
      }),
    );
  });
});
