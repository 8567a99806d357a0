import assert from 'node:assert/strict';
import { interval, krippendorffAlpha, nominal } from '../../src/narrative/krippendorff.js';

/** Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, twelve units, gaps. */
const published = [
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .',
].map((row) => row.split(' '));
const units = published[0]!.map((_, unit) =>
  published.flatMap((row) => (row[unit] === '.' ? [] : [Number(row[unit])])),
);

describe('Krippendorff’s α', () => {
  it('is .743 for names and .849 for numbers in the published example', () => {
    assert.equal(krippendorffAlpha(units, nominal)?.toFixed(3), '0.743');
    assert.equal(krippendorffAlpha(units, interval)?.toFixed(3), '0.849');
  });

  it('is 1 where all agree, 0 by chance, below where they contradict each other', () => {
    assert.equal(krippendorffAlpha([['a', 'a'], ['b', 'b', 'b'], ['c']], nominal), 1);
    assert.ok(
      krippendorffAlpha(
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
        nominal,
      )! < 0,
    );
    const chance = Array.from({ length: 4000 }, (_, n) => [n % 2, Math.floor(n / 2) % 2]);
    assert.ok(Math.abs(krippendorffAlpha(chance, nominal)!) < 0.001);
  });

  it('cannot be told where nothing varies or nobody judged the same', () => {
    assert.equal(
      krippendorffAlpha(
        [
          ['a', 'a'],
          ['a', 'a'],
        ],
        nominal,
      ),
      undefined,
    );
    assert.equal(krippendorffAlpha([['a'], ['b'], []], nominal), undefined);
  });
});
