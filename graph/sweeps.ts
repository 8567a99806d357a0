import type { TimeWindow } from './store.js';

export type EpisodeWindow = TimeWindow & { readonly episodeId: string };

/** Windows of one episode that touch or overlap, by their places in the request, and the window of all. */
export interface Sweep {
  readonly episodeId: string;
  readonly startMs: number;
  endMs: number;
  readonly places: number[];
}

/** Neighbouring windows, such as the shots of a page, as one window each: what is in it is in one of them. */
export function sweepsOf(windows: readonly EpisodeWindow[]): Sweep[] {
  const inOrder = windows
    .map((window, place) => ({ ...window, place }))
    .toSorted((a, b) => (a.episodeId === b.episodeId ? a.startMs - b.startMs : a.episodeId < b.episodeId ? -1 : 1));
  const sweeps: Sweep[] = [];
  for (const { episodeId, startMs, endMs, place } of inOrder) {
    const last = sweeps.at(-1);
    if (last && last.episodeId === episodeId && startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, endMs);
      last.places.push(place);
    } else sweeps.push({ episodeId, startMs, endMs, places: [place] });
  }
  return sweeps;
}
