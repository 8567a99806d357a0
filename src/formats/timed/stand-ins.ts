/** Marks the nodes that stand for all where a format tells of none. */
import type { Reading } from '../format.js';
import { asStandIn } from '../script/nodes.js';

const told = {
  scenes: 'Where scenes begin: the file tells of none, so that one stands for all.',
  shots: 'Where shots begin: the file tells of none, so that one stands for each scene.',
} as const;

/** The reading with the nodes of these lists marked, and with gaps and a report that say so. */
export function onlyStandIns({ narrative, report }: Reading, lists: readonly (keyof typeof told)[]): Reading {
  const { episode } = narrative;
  const gaps = lists.map((list) => ({
    ...{ stage: 'import', missing: told[list] },
    remedy: 'Analyse the film itself: fabula analyze VIDEO.',
  }));
  const marked = {
    scenes: lists.includes('scenes') ? narrative.scenes.map(asStandIn) : narrative.scenes,
    shots: lists.includes('shots') ? narrative.shots.map(asStandIn) : narrative.shots,
  };
  return {
    narrative: {
      ...narrative,
      ...marked,
      episode: { ...episode, report: { ...episode.report, gaps: [...episode.report.gaps, ...gaps] } },
    },
    report: [...report, ...lists.map((list) => ({ what: 'ESTIMATED' as const, reason: told[list] }))],
  };
}
