import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Moment } from '../../graph/members.js';
import { isSamePlace, sharedTime } from '../../graph/sameness.js';

const box = fc.constantFrom(
  undefined,
  { x: 0, y: 0, width: 0.5, height: 0.5 },
  { x: 0.1, y: 0, width: 0.5, height: 0.5 },
  { x: 0.6, y: 0.6, width: 0.3, height: 0.3 },
);
const moments: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc
    .record({
      kind: fc.constantFrom('Appearance', 'Event'),
      startMs: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 1, max: 40 }),
      faceBox: box,
    })
    .map(({ kind, startMs, length, faceBox }) => ({
      ...{ nodeId: `${kind}:${startMs}`, kind, startMs, endMs: startMs + length },
      ...(faceBox && { faceBox }),
    })) as fc.Arbitrary<Moment>,
  { maxLength: 12 },
);

const lengthOf = (all: readonly Moment[]) => all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/** Every moment of one held against every moment of the other. */
function sharedPairwise(a: readonly Moment[], b: readonly Moment[]): number {
  const overlaps = a.flatMap((one) =>
    b.map((other) =>
      one.kind === other.kind && isSamePlace(one.faceBox, other.faceBox)
        ? Math.max(0, Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs))
        : 0,
    ),
  );
  const longer = Math.max(lengthOf(a), lengthOf(b));
  return longer === 0 ? 0 : Math.min(1, overlaps.reduce((sum, ms) => sum + ms, 0) / longer);
}

describe('the time that two persons share', () => {
  it('is what comes out when every moment is held against every other, in whatever order they come', () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => assert.equal(sharedTime(a, b), sharedPairwise(a, b))),
      {
        numRuns: 500,
      },
    );
  });

  it('is found in two hours of moments without looking at every pair', () => {
    let looked = 0;
    const counting = (startMs: number): Moment => ({
      ...{ nodeId: `n${startMs}`, kind: 'Appearance', startMs },
      get endMs() {
        looked++;
        return startMs + 900;
      },
    });
    const all = () => Array.from({ length: 7_200 }, (_, second) => counting(second * 1_000));
    assert.equal(sharedTime(all(), all()), 1);
    assert.ok(looked < 20 * 7_200, `${looked} looks`);
  });
});
