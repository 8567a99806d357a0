import { deepEqual, rejects } from 'node:assert/strict';
import { pagesOf } from '../../graph/pages.js';
import type { Page, PageRequest } from '../../graph/store.js';

/** A list of the numbers below `length`, in pages of at most `most`. */
const numbers =
  (length: number, most: number) =>
  async ({ first, after = '-1' }: PageRequest): Promise<Page<number>> => {
    const from = Number(after) + 1;
    const nodes = Array.from({ length: Math.min(first, most, length - from) }, (_, n) => from + n);
    return { edges: nodes.map((node) => ({ node, cursor: String(node) })), hasNextPage: from + nodes.length < length };
  };

async function whole<Node>(pages: AsyncIterable<Node>): Promise<Node[]> {
  const found: Node[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe('a list that is read page after page', () => {
  it('comes whole and in order, each page as it was given', async () => {
    deepEqual(await whole(pagesOf(numbers(5, 2))), [[0, 1], [2, 3], [4]]);
    deepEqual(
      (await whole(pagesOf(numbers(250, 1000)))).map(({ length }) => length),
      [100, 100, 50],
    );
  });

  it('is one empty page where there is nothing', async () => {
    deepEqual(await whole(pagesOf(numbers(0, 2))), [[]]);
  });

  it('ends with the error that reading it met', async () => {
    await rejects(whole(pagesOf(async () => Promise.reject(new Error('The store is closed.')))), /closed/);
  });
});
