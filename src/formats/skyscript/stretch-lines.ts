/** A line that stands with people of several cases lasts from the first of them to the last. */
import type { Narrative } from '../../../schema/narrative.js';
import { readPerson } from './fields.js';
import { keptOf, sourceOf } from './kept.js';

export function stretchLines(narrative: Narrative): Narrative {
  const shotOf = new Map(narrative.shots.map((shot) => [shot.id, shot]));
  const lastEnd = new Map<string, number>();
  const keyOf = (sceneId: string, line: unknown) => JSON.stringify([sceneId, line]);
  for (const appearance of narrative.appearances) {
    const shot = shotOf.get(appearance.shotId);
    const source = sourceOf(appearance);
    const line = source && readPerson(source).line;
    if (!shot || line === undefined) continue;
    const key = keyOf(shot.sceneId, line);
    lastEnd.set(key, Math.max(lastEnd.get(key) ?? 0, shot.endMs));
  }
  const cueEnds = new Map<string, number>();
  const events = narrative.events.map((event) => {
    const line = keptOf(event)?.source;
    const endMs = typeof line === 'string' ? lastEnd.get(keyOf(event.sceneId, line)) : undefined;
    if (endMs === undefined || endMs <= event.endMs) return event;
    const [first, ...rest] = event.provenance.evidence;
    if (first?.nodeId !== undefined) cueEnds.set(first.nodeId, endMs);
    const evidence = first ? [{ ...first, endMs }, ...rest] : rest;
    const shotIds = narrative.shots
      .filter((shot) => shot.startMs < endMs && shot.endMs > event.startMs)
      .map(({ id }) => id);
    return { ...event, endMs, shotIds, provenance: { ...event.provenance, evidence } };
  });
  const cues = narrative.cues.map((cue) => ({ ...cue, endMs: cueEnds.get(cue.id) ?? cue.endMs }));
  return { ...narrative, events, cues };
}
