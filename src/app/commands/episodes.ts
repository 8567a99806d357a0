import { pagesOf } from '../../../graph/pages.js';
import type { Episode } from '../../../schema/episode.js';
import { clockTime } from '../../narrative/clock-time.js';
import { readConfig } from '../config.js';
import { openStore } from '../open.js';
import { oneLine } from '../report-error.js';

/** Prints every episode: id, length, title. */
export async function listEpisodes({ json }: { readonly json?: boolean }): Promise<void> {
  const store = await openStore(readConfig());
  try {
    let count = 0;
    for await (const episodes of pagesOf((page) => store.episodes(page))) {
      count += episodes.length;
      for (const episode of episodes) process.stdout.write(json ? `${JSON.stringify(episode)}\n` : lineOf(episode));
    }
    if (count === 0 && !json) process.stdout.write('The graph is empty. Try: fabula analyze FILM\n');
  } finally {
    await store.close();
  }
}

const lineOf = ({ id, title, durationMs }: Episode) => `${id}  ${clockTime(durationMs)}  ${oneLine(title)}\n`;
