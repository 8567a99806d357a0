import assert from 'node:assert/strict';
import { inTurns, type RunAbout } from '../../graph/neo4j/turns.js';

interface Statement {
  readonly cypher: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly items: readonly { readonly n: number; readonly place: number }[];
  readonly signal: AbortSignal | undefined;
  /** Answers with each item’s double, the last first, and nothing about 13. */
  answer(): void;
  fail(): void;
}

const turn = () => new Promise(setImmediate);

describe('what is asked in one turn of the event loop', () => {
  /** A server that answers when it is told to. */
  function open() {
    const statements: Statement[] = [];
    const run: RunAbout = (cypher, { items, ...values }, signal) =>
      new Promise((resolve, reject) => {
        const about = items as Statement['items'];
        const rows = about.filter(({ n }) => n !== 13).map(({ n, place }) => ({ place, double: 2 * n }));
        statements.push({
          ...{ cypher, values, items: about, signal },
          answer: () => resolve(rows.reverse()),
          fail: () => reject(new Error('bad luck')),
        });
      });
    return { ask: inTurns(run), statements };
  }
  const numbersOf = ({ items }: Statement) => items.map(({ n }) => n);

  it('is one statement for all that ask alike, and each gets the row about its own item', async () => {
    const { ask, statements } = open();
    const asked = [1, 7, 2].map((n) => ask('A', { limit: 5 }, { n }).row);
    await Promise.resolve();
    asked.push(ask('A', { limit: 5 }, { n: 3 }).row, ask('A', { limit: 6 }, { n: 4 }).row, ask('B', {}, { n: 5 }).row);
    await turn();
    asked.push(ask('A', { limit: 5 }, { n: 6 }).row);
    await turn();
    assert.deepEqual(
      statements.map((statement) => [statement.cypher, statement.values, numbersOf(statement)]),
      [
        ['A', { limit: 5 }, [1, 7, 2, 3]],
        ['A', { limit: 6 }, [4]],
        ['B', {}, [5]],
        ['A', { limit: 5 }, [6]],
      ],
    );
    for (const { answer } of statements) answer();
    const doubles = (await Promise.all(asked)).map((row) => (row as unknown as { double: number }).double);
    assert.deepEqual(doubles, [2, 14, 4, 6, 8, 10, 12]);
  });

  it('is asked of eight at most, and fails for those eight', async () => {
    const { ask, statements } = open();
    const asked = Array.from({ length: 20 }, (_, n) => ask('A', {}, { n: n + 20 }).row);
    const settled = Promise.allSettled(asked);
    await turn();
    assert.deepEqual(
      statements.map(numbersOf).map(({ length }) => length),
      [8, 8, 4],
    );
    const [first, second, third] = statements;
    third?.answer();
    first?.fail();
    second?.answer();
    const states = (await settled).map(({ status }) => status);
    assert.deepEqual(states, [...Array(8).fill('rejected'), ...Array(12).fill('fulfilled')]);
  });

  it('fails for whom it has no row', async () => {
    const { ask, statements } = open();
    const settled = Promise.allSettled([1, 13, 2].map((n) => ask('A', {}, { n }).row));
    await turn();
    statements[0]?.answer();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('is ended when the last of them has left, and goes on for the one who stays', async () => {
    const { ask, statements } = open();
    const asked = [1, 2, 3].map((n) => ask('A', {}, { n }));
    asked[1]?.leave();
    await turn();
    const [statement] = statements;
    assert.deepEqual(statement && numbersOf(statement), [1, 3], 'who left before it was asked is not asked for');
    asked[0]?.leave();
    assert.equal(statement?.signal?.aborted, false);
    asked[2]?.leave();
    assert.equal(statement?.signal?.aborted, true);
  });

  it('is ended by the signal of who asks alone', async () => {
    const { ask, statements } = open();
    const [one, another] = [new AbortController(), new AbortController()];
    ask('A', {}, { n: 1 }, one.signal);
    ask('B', {}, { n: 2 });
    const { leave } = ask('C', {}, { n: 3 }, another.signal);
    ask('C', {}, { n: 4 }, one.signal);
    leave();
    await turn();
    assert.deepEqual(
      statements.map(({ signal }) => signal),
      [one.signal, undefined, one.signal],
    );
  });

  it('is nothing where all have left before it is asked', async () => {
    const { ask, statements } = open();
    for (const { leave } of [1, 2].map((n) => ask('A', {}, { n }))) leave();
    await turn();
    assert.equal(statements.length, 0);
    const { row } = ask('A', {}, { n: 4 });
    await turn();
    statements[0]?.answer();
    assert.deepEqual(await row, { place: 0, double: 8 });
  });
});
