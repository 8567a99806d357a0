import type { Scene } from '../../../schema/scene.js';
import { correctField } from '../correct-field.js';
import type { Alignment, LaidCue } from './alignment.js';
import { scriptName, sourceOf, withNote } from './by-alignment.js';

/** A scene of the film is one of the script's when more than half of its lines are. */
const leastShare = 0.5;

/** Scenes with the place and time of day of the script's scene that their lines are of, where the film does not say. */
export function layPlaces(scenes: readonly Scene[], laid: readonly LaidCue[], alignment: Alignment): Scene[] {
  const placeOf = ({ parts: [part] }: LaidCue) => alignment.lines[part?.line ?? -1]?.place;
  return scenes.map((scene) => {
    const own = laid.filter(({ startMs }) => startMs >= scene.startMs && startMs < scene.endMs).map(placeOf);
    const counts = new Map<number, number>();
    for (const place of own) if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
    const place = most && most[1] > leastShare * own.length ? alignment.places[most[0]] : undefined;
    if (!most || !place) return scene;
    const source = sourceOf(most[1] / own.length);
    let told = scene;
    for (const field of ['location', 'timeOfDay'] as const)
      if (scene[field] === undefined && place[field] !== undefined)
        told = correctField(told, scene, field, place[field], source);
    if (scene.setting === 'UNKNOWN' && place.setting !== undefined && place.setting !== 'UNKNOWN')
      told = correctField(told, scene, 'setting', place.setting, source);
    return told === scene
      ? scene
      : withNote(told, `${most[1]} of ${own.length} lines found in it are of one scene of ${scriptName(alignment)}.`);
  });
}
