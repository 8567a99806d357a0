import type { SearchHit } from '../../../graph/store.js';
import { clockTime } from '../../narrative/clock-time.js';
import { readConfig } from '../config.js';
import { openStore } from '../open.js';
import { oneLine } from '../report-error.js';

export interface SearchOptions {
  readonly episode?: string;
  readonly first: number;
  readonly json?: boolean;
}

/** Prints the moments that match, best first: episode, time, kind, text. */
export async function search(text: string, { episode, first, json }: SearchOptions): Promise<void> {
  const store = await openStore(readConfig());
  try {
    const page = await store.search({ text, ...(episode && { episodeId: episode }) }, { first });
    const hits = page.edges.map((edge) => edge.node);
    for (const hit of hits) process.stdout.write(json ? `${JSON.stringify(hit)}\n` : lineOf(hit));
    if (hits.length === 0 && !json) process.stdout.write('Nothing found.\n');
    if (page.hasNextPage && !json) process.stdout.write(`There is more: --first takes up to 100.\n`);
  } finally {
    await store.close();
  }
}

function lineOf({ episodeId, startMs, endMs, node, snippet }: SearchHit): string {
  return `${episodeId}  ${clockTime(startMs)}–${clockTime(endMs)}  ${node.kind}  ${oneLine(snippet)}\n`;
}
