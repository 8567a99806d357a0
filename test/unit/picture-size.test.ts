import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { evenLength, shrunkSize } from '../../workers/media/picture-size.js';

describe('the size of a picture that is shrunk', () => {
  it('stays within the limits that are given', () => {
    const size = { width: 1920, height: 1080 };
    deepEqual(shrunkSize(size, { widthPx: 960 }), { width: 960, height: 540 });
    deepEqual(shrunkSize({ width: 1080, height: 1920 }, { longSidePx: 960 }), { width: 540, height: 960 });
    deepEqual(shrunkSize(size, { shortSidePx: 480, longSidePx: 960 }), { width: 854, height: 480 });
  });

  it('is the size as it was where that is small enough, but for odd sides', () => {
    deepEqual(shrunkSize({ width: 640, height: 360 }, { longSidePx: 960 }), { width: 640, height: 360 });
    deepEqual(shrunkSize({ width: 641, height: 1 }, {}), { width: 642, height: 2 });
  });

  it('is always even, and some picture still', () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(side, side, side, (width, height, longSidePx) => {
        const found = shrunkSize({ width, height }, { longSidePx });
        for (const length of [found.width, found.height]) ok(length >= 2 && length % 2 === 0);
        ok(Math.max(found.width, found.height) <= Math.max(2, longSidePx + 1));
      }),
    );
    equal(evenLength(0.3), 2);
  });
});
