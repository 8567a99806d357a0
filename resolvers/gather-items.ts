import type { Store } from '../graph/store.js';
import { FabulaError } from '../schema/errors.js';
import { type CalibrationItem, calibrationItems } from '../src/narrative/calibration/calibration-item.js';
import { everyNode } from './every-node.js';

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
  for await (const { id } of everyNode((page) => store.episodes(page, seriesId))) yield id;
}
