import assert from 'node:assert/strict';
import { together } from '../../graph/neo4j/together.js';

describe('what is asked together', () => {
  const asked: number[][] = [];
  /** Doubles numbers, when it is let; 13 it cannot. */
  function slowDouble() {
    asked.length = 0;
    const answers: (() => void)[] = [];
    const double = together(async (numbers: readonly number[]) => {
      asked.push([...numbers]);
      await new Promise<void>((resolve) => answers.push(resolve));
      if (numbers.includes(13)) throw new Error('bad luck');
      return numbers.map((number) => 2 * number);
    });
    const answer = async () => {
      while (answers.length === 0) await new Promise(setImmediate);
      answers.shift()?.();
    };
    return { double, answer };
  }

  it('is what comes at once, and what comes while an answer is awaited', async () => {
    const { double, answer } = slowDouble();
    const first = [double(1), double(2)];
    await answer();
    assert.deepEqual(await Promise.all(first), [2, 4]);
    const alone = double(3);
    await new Promise(setImmediate);
    const next = [double(4), double(5), double(5)];
    await answer();
    assert.equal(await alone, 6);
    await answer();
    assert.deepEqual(await Promise.all(next), [8, 10, 10]);
    assert.deepEqual(asked, [[1, 2], [3], [4, 5, 5]]);
  });

  it('is never more than a hundred', async () => {
    const { double, answer } = slowDouble();
    const all = Promise.all(Array.from({ length: 250 }, (_, n) => double(n + 100)));
    for (let n = 0; n < 3; n++) await answer();
    assert.equal((await all).at(-1), 698);
    assert.deepEqual(
      asked.map(({ length }) => length),
      [100, 100, 50],
    );
  });

  it('fails together, and nobody after that', async () => {
    const { double, answer } = slowDouble();
    const [one, other] = [double(13), double(1)];
    const both = Promise.all([assert.rejects(one, /bad luck/), assert.rejects(other, /bad luck/)]);
    await answer();
    await both;
    const after = double(7);
    await answer();
    assert.equal(await after, 14);
  });
});
