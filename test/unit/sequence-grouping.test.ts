import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupSequence } from '../../workers/detectors/scenes/sequence-grouping.js';

/** Every way to cut a sequence, by brute force: starts and log weight. */
function allGroupings(length: number, odds: readonly number[], logRun: (from: number, to: number) => number) {
  return Array.from({ length: 2 ** (length - 1) }, (_, mask) => {
    const starts = [
      0,
      ...Array.from({ length: length - 1 }, (__, at) => at + 1).filter((at) => mask & (1 << (at - 1))),
    ];
    const weight = starts.reduce(
      (sum, from, run) => sum + (from > 0 ? odds[from]! : 0) + logRun(from, starts[run + 1] ?? length),
      0,
    );
    return { starts, weight };
  });
}

describe('grouping a sequence', () => {
  it('finds the best grouping of all and each start’s probability among all', () => {
    const odds = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(odds, fc.double({ min: -2, max: 2, noNaN: true }), (logOdds, perThing) => {
        const logRun = (from: number, to: number) => perThing * Math.sqrt(to - from);
        const found = groupSequence({ length: logOdds.length, logOdds: (at) => logOdds[at]!, logRun });
        const all = allGroupings(logOdds.length, logOdds, logRun);
        const best = Math.max(...all.map(({ weight }) => weight));
        const chosen = all.find(({ starts }) => starts.join() === found.starts.join());
        assert.ok(Math.abs(chosen!.weight - best) < 1e-9);
        const total = all.reduce((sum, { weight }) => sum + Math.exp(weight), 0);
        for (const [at, probability] of found.startProbability.entries()) {
          const holding = all.filter(({ starts }) => starts.includes(at));
          const expected = holding.reduce((sum, { weight }) => sum + Math.exp(weight), 0) / total;
          assert.ok(Math.abs(probability - expected) < 1e-6);
        }
      }),
    );
  });
});
