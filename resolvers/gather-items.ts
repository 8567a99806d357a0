import type { Store } from '../graph/store.js';
import { FabulaError } from '../schema/errors.js';
import { type CalibrationItem, calibrationItems } from '../src/narrative/calibration/calibration-item.js';

/** All that can be judged of an episode, or of all episodes of a series. NOT_FOUND. */
export async function gatherItems(
  store: Store,
  of: { readonly episodeId: string } | { readonly seriesId: string },
): Promise<CalibrationItem[]> {
  const items: CalibrationItem[] = [];
  for await (const id of 'episodeId' in of ? [of.episodeId] : episodesOf(store, of.seriesId)) {
    const narrative = await store.readNarrative(id, 'effective');
    if (!narrative) throw new FabulaError('NOT_FOUND', `There is no episode ${id}.`);
    items.push(...calibrationItems(narrative));
  }
  return items;
}

async function* episodesOf(store: Store, seriesId: string): AsyncGenerator<string> {
  const [series] = await store.series([seriesId]);
  if (!series) throw new FabulaError('NOT_FOUND', `There is no series ${seriesId}.`);
  for (let after: string | undefined, more = true; more; ) {
    const page = await store.episodes({ first: 100, ...(after !== undefined && { after }) }, seriesId);
    for (const { node } of page.edges) yield node.id;
    after = page.edges.at(-1)?.cursor;
    more = page.hasNextPage;
  }
}
