import { overlapMs } from '../intervals.js';
import { alignInBand } from './align-in-band.js';
import { type ComparableScene, sceneFields } from './comparable-script.js';
import type { Match } from './match.js';
import { likenessOf, type Readings, type TextReader } from './readings.js';
import { startsNear, windowOf } from './time-window.js';

/** Scenes may be the same that share time, or start as near to each other as events must. */
export const maySceneBe = (one: ComparableScene, other: ComparableScene): boolean =>
  startsNear(one, other) || overlapMs(one, other) > 0;

/** The scenes of two scripts that are the same: most alike in all fields together, then sharing most time. */
export function matchScenes(
  predicted: readonly ComparableScene[],
  reference: readonly ComparableScene[],
  { read, replace }: TextReader,
): Match[] {
  const readScene = (scene: ComparableScene): Readings =>
    sceneFields.map((field) => {
      const text = scene[field];
      // Inside is not half outside, however many letters two words share.
      if (field === 'type') return text === undefined ? undefined : types.indexOf(text);
      return text === undefined ? undefined : read(replace(text));
    });
  const types = [...new Set([...predicted, ...reference].flatMap(({ type }) => type ?? []))];
  const ours = predicted.map(readScene);
  const theirs = reference.map(readScene);
  const similarity = (i: number, j: number) =>
    sceneFields.map((_, field) => likenessOf(ours[i]?.[field], theirs[j]?.[field], (one, other) => one === other));
  const { pairs } = alignInBand({
    rows: predicted.length,
    columns: reference.length,
    window: windowOf(predicted, reference, maySceneBe),
    parts: 2 + sceneFields.length,
    weigh: (i, j, worth) => {
      const [one, other] = [predicted[i] as ComparableScene, reference[j] as ComparableScene];
      if (!maySceneBe(one, other)) return false;
      const alike = similarity(i, j).map((value) => value ?? 0);
      const total = alike.reduce((sum, value) => sum + value, 0);
      worth.set([total, overlapMs(one, other), ...alike]);
      return total > 0;
    },
    leavesRow: (i, j) => (predicted[i]?.startMs ?? 0) > (reference[j]?.startMs ?? 0),
  });
  return pairs.map(([p, r]) => ({ predicted: p, reference: r, similarity: similarity(p, r) }));
}
