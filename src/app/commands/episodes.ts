import { clockTime } from '../../narrative/clock-time.js';
import { readConfig } from '../config.js';
import { openStore } from '../open.js';
import { oneLine } from '../report-error.js';

const pageSize = 100;

/** Prints every episode: id, length, title. */
export async function listEpisodes({ json }: { readonly json?: boolean }): Promise<void> {
  const store = await openStore(readConfig());
  try {
    let count = 0;
    for (let after: string | undefined, more = true; more; ) {
      const page = await store.episodes({ first: pageSize, ...(after && { after }) });
      for (const { node } of page.edges) {
        count++;
        const { id, title, durationMs } = node;
        process.stdout.write(
          json ? `${JSON.stringify(node)}\n` : `${id}  ${clockTime(durationMs)}  ${oneLine(title)}\n`,
        );
      }
      after = page.edges.at(-1)?.cursor;
      more = page.hasNextPage;
    }
    if (count === 0 && !json) process.stdout.write('The graph is empty. Try: fabula analyze FILM\n');
  } finally {
    await store.close();
  }
}
