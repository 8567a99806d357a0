import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FabulaError } from '../../schema/errors.js';
import { alignInBand } from '../../src/narrative/evaluation/align-in-band.js';
import { assignOneToOne } from '../../src/narrative/evaluation/assign-one-to-one.js';
import { nearMs, nearWindow, windowOf } from '../../src/narrative/evaluation/time-window.js';

const moments = fc
  .array(fc.nat(120_000), { maxLength: 12 })
  .map((starts) => starts.sort((a, b) => a - b).map((startMs) => ({ startMs, endMs: startMs + 1000 })));
const whole = fc.array(fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), { minLength: 12, maxLength: 12 });
const isNear = (one: { startMs: number }, other: { startMs: number }) =>
  Math.abs(one.startMs - other.startMs) <= nearMs;

describe('alignment in a band', () => {
  it('finds what the naive recurrence over all pairs finds', () => {
    fc.assert(
      fc.property(moments, moments, whole, (rows, columns, worths) => {
        const { pairs, worth } = alignInBand({
          rows: rows.length,
          columns: columns.length,
          window: nearWindow(rows, columns),
          parts: 1,
          weigh: (i, j, out) => {
            out[0] = worths[i]![j]!;
            return true;
          },
          leavesRow: () => true,
        });
        const best = rows.map(() => [...columns].map(() => 0));
        const at = (i: number, j: number) => best[i]?.[j] ?? 0;
        for (const [i, row] of rows.entries())
          for (const [j, column] of columns.entries())
            best[i]![j] = Math.max(
              at(i - 1, j),
              at(i, j - 1),
              isNear(row, column) ? at(i - 1, j - 1) + worths[i]![j]! : 0,
            );
        assert.equal(worth[0], at(rows.length - 1, columns.length - 1));
        assert.equal(
          pairs.reduce((sum, [i, j]) => sum + worths[i]![j]!, 0),
          worth[0],
        );
        for (const [n, [i, j]] of pairs.entries()) {
          assert.ok(isNear(rows[i]!, columns[j]!));
          if (n > 0) assert.ok(pairs[n - 1]![0] < i && pairs[n - 1]![1] < j);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('settles ties by the parts that come after', () => {
    const align = (second: readonly number[]) =>
      alignInBand({
        rows: 2,
        columns: 1,
        window: () => [0, 1],
        parts: 2,
        weigh: (i, _, out) => {
          out.set([5, second[i]!]);
          return true;
        },
        leavesRow: () => true,
      });
    assert.deepEqual(align([1, 2]).pairs, [[1, 0]]);
    assert.deepEqual(align([2, 1]), { pairs: [[0, 0]], worth: [5, 2] });
  });

  it('refuses what would take too much memory', () => {
    const crowd = { rows: 3000, columns: 3000, parts: 1, weigh: () => false, leavesRow: () => true };
    assert.throws(
      () => alignInBand({ ...crowd, window: () => [0, 3000] }),
      (error) => error instanceof FabulaError && error.code === 'INVALID_INPUT',
    );
  });

  it('gives windows that hold all that may pair and never go back', () => {
    fc.assert(
      fc.property(moments, moments, (rows, columns) => {
        const windows = rows.map((_, n) => windowOf(rows, columns, isNear)(n));
        for (const [n, [from, to]] of windows.entries()) {
          assert.ok(from <= to);
          if (n > 0) assert.ok(windows[n - 1]![0] <= from && windows[n - 1]![1] <= to);
          for (const [m, column] of columns.entries()) if (isNear(rows[n]!, column)) assert.ok(from <= m && m < to);
        }
      }),
    );
  });
});

describe('an assignment one to one', () => {
  it('is worth most of all there are', () => {
    const worths = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
      fc.array(fc.array(fc.nat(20), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
    const most = (table: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number => {
      const [first, ...rest] = table;
      if (!first) return 0;
      const options = first.map((worth, n) => (taken.has(n) ? 0 : worth + most(rest, new Set([...taken, n]))));
      return Math.max(most(rest, taken), ...options);
    };
    fc.assert(
      fc.property(worths, (table) => {
        const assigned = assignOneToOne(table);
        assert.equal(
          assigned.reduce((sum, [row, column]) => sum + table[row]![column]!, 0),
          most(table),
        );
        assert.equal(new Set(assigned.map(([row]) => row)).size, assigned.length);
        assert.equal(new Set(assigned.map(([, column]) => column)).size, assigned.length);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out who has nothing in common with anybody, and takes an empty table', () => {
    assert.deepEqual(
      assignOneToOne([
        [0, 0],
        [0, 3],
      ]),
      [[1, 1]],
    );
    assert.deepEqual(assignOneToOne([]), []);
  });
});
