import type { Appearance } from '../../../schema/appearance.js';
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Scene } from '../../../schema/scene.js';
import type { Shot } from '../../../schema/shot.js';
import type { StoryObject } from '../../../schema/story-object.js';
import { groupBy } from '../group-by.js';
import { unionMs } from '../intervals.js';

/** A scene with all that tells who is in it. */
export interface SceneCast {
  readonly scene: Scene;
  readonly shots: readonly Shot[];
  /** Person → their appearances in the scene, in order of time; those who are seen longest come first. */
  readonly seen: ReadonlyMap<string, readonly Appearance[]>;
  /** Who speaks or acts in it and is never seen there, in that order. */
  readonly heard: readonly string[];
  /** What persons do and say in it. */
  readonly doings: readonly Event[];
  /** Somebody, nobody knows who: people from behind, faces that cannot be told from others. */
  readonly unknown: readonly StoryObject[];
}

/** Voices from another place or time: who speaks so is not there for it. Off screen is still in the scene. */
const elsewhere: ReadonlySet<string> = new Set(['voice-over', 'narration']);

/** Who is in each scene, in one pass over the narrative. */
export function castScenes({ scenes, shots, appearances, events, objects }: Narrative): SceneCast[] {
  const sceneOf = new Map(shots.map(({ id, sceneId }) => [id, sceneId]));
  const shotsOf = groupBy(shots, ({ sceneId }) => sceneId);
  const seenIn = groupBy(appearances, ({ shotId }) => sceneOf.get(shotId));
  const doneIn = groupBy(
    events.filter(({ personId, voiceType }) => personId !== undefined && !elsewhere.has(voiceType ?? '')),
    ({ sceneId }) => sceneId,
  );
  const unknownIn = groupBy(
    objects.filter(({ name }) => name === 'person'),
    ({ shotId }) => sceneOf.get(shotId),
  );
  return scenes.map((scene) => {
    const seen = longestFirst(seenIn.get(scene.id) ?? []);
    const doings = doneIn.get(scene.id) ?? [];
    const heard = doings.flatMap(({ personId }) => (personId !== undefined && !seen.has(personId) ? [personId] : []));
    return {
      scene,
      shots: shotsOf.get(scene.id) ?? [],
      seen,
      heard: [...new Set(heard)],
      doings,
      unknown: unknownIn.get(scene.id) ?? [],
    };
  });
}

function longestFirst(appearances: readonly Appearance[]): Map<string, readonly Appearance[]> {
  const inOrder = appearances.toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
  const persons = [...groupBy(inOrder, ({ personId }) => personId)].map(([personId, seen]) => ({
    personId,
    seen,
    seenMs: unionMs(seen),
  }));
  persons.sort((a, b) => b.seenMs - a.seenMs || (a.personId < b.personId ? -1 : 1));
  return new Map(persons.map(({ personId, seen }) => [personId, seen]));
}
