import type { Page, PageRequest } from '../graph/store.js';

/** As many as the store gives at a time. */
const longestPage = 100;

/** The nodes of a whole list of the store, page after page, as far as anybody looks at them. */
export async function* everyNode<Node>(ask: (page: PageRequest) => Promise<Page<Node>>): AsyncGenerator<Node> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await ask({ first: longestPage, ...(after !== undefined && { after }) });
    for (const { node } of page.edges) yield node;
    after = page.edges.at(-1)?.cursor;
    more = page.hasNextPage;
  }
}
