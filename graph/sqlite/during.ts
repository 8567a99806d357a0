import type { Database } from 'better-sqlite3';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { longestPage } from '../pages.js';
import type { TimeWindow } from '../store.js';
import { type EpisodeWindow, sweepsOf } from '../sweeps.js';
import { type Json, jsonList } from './json.js';
import { type Found, windowReader } from './windows.js';

/**
 * What overlaps each of many windows. Neighbouring windows, such as the shots of a page, are read in one sweep: every
 * node of the sweep belongs to one of them, so it costs no more than the answer.
 */
export function duringReads(db: Database) {
  const { rows: read } = windowReader(db);
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
      for (const { episodeId, startMs, endMs, places } of sweepsOf(windows)) {
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
      return jsonList(answers.map((found) => jsonList(found.map(({ json }) => json))));
    },
  };
}
