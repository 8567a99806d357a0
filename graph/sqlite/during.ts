import type { Database } from 'better-sqlite3';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { TimeWindow } from '../store.js';
import { type Json, jsonList } from './json.js';
import { longestPage } from './pages.js';
import { type Found, windowReader } from './windows.js';

type EpisodeWindow = TimeWindow & { readonly episodeId: string };

/** Windows of one episode that touch or overlap, by their places in the request, and the window of all. */
interface Run {
  readonly episodeId: string;
  readonly startMs: number;
  endMs: number;
  readonly places: number[];
}

/**
 * What overlaps each of many windows. Neighbouring windows, such as the shots of a page, are read in one sweep: every
 * node of the sweep belongs to one of them, so it costs no more than the answer.
 */
export function duringReads(db: Database) {
  const read = windowReader(db);
  const overlapping = (found: readonly Found[], { startMs, endMs }: TimeWindow) =>
    startMs < endMs ? found.filter((node) => node.startMs < endMs && node.endMs > startMs) : [];

  return {
    during(
      kind: NodeKind,
      windows: readonly EpisodeWindow[],
      limit: number,
    ): Json<readonly (readonly NarrativeNode[])[]> {
      const most = Math.min(limit, longestPage);
      const answers = windows.map((): readonly Found[] => []);
      for (const { episodeId, startMs, endMs, places } of runsOf(windows)) {
        const enough = places.length * most;
        const swept = read({ episodeId, kind, window: { startMs, endMs }, limit: enough + 1 });
        for (const place of places) {
          const window = windows[place];
          // With more than all answers can hold, the sweep may have stopped short of the last windows.
          const isCutShort = places.length > 1 && swept.length > enough;
          const found = window && isCutShort ? read({ episodeId, kind, window, limit: most }) : swept;
          if (window) answers[place] = overlapping(found, window).slice(0, most);
        }
      }
      return jsonList(answers.map((found) => jsonList(found.map(({ body }) => body))));
    },
  };
}

function runsOf(windows: readonly EpisodeWindow[]): Run[] {
  const inOrder = windows
    .map((window, place) => ({ ...window, place }))
    .toSorted((a, b) => (a.episodeId === b.episodeId ? a.startMs - b.startMs : a.episodeId < b.episodeId ? -1 : 1));
  const runs: Run[] = [];
  for (const { episodeId, startMs, endMs, place } of inOrder) {
    const last = runs.at(-1);
    if (last && last.episodeId === episodeId && startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, endMs);
      last.places.push(place);
    } else runs.push({ episodeId, startMs, endMs, places: [place] });
  }
  return runs;
}
