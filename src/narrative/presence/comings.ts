import type { Appearance } from '../../../schema/appearance.js';
import type { FrameSide } from '../../../schema/enums.js';
import type { SceneCast } from './scene-cast.js';

/** Somebody comes into a scene, or leaves it. */
export interface Coming {
  readonly type: 'ENTRANCE' | 'EXIT';
  readonly side: FrameSide;
  readonly appearance: Appearance;
  /** First seen then, or last seen until then. */
  readonly atMs: number;
  /** Others were seen in the scene before an entrance, or are after an exit: it surely goes on without this person. */
  readonly others: boolean;
}

/** Who is back sooner has not been away: they crossed the edge between two set-ups. */
const awayMs = 5000;

/**
 * Entrances and exits of a scene, from appearances that cross the picture's edge. An entrance is a person's first
 * sight in the scene, or the first one long after an exit; an exit is the last one, or the last one long before an
 * entrance. Somebody who walks out of one set-up and into the next has not left, and who is first shown by a cut has
 * not come.
 */
export function findComings({ seen }: SceneCast): Coming[] {
  const everybody = [...seen.values()].flat();
  return [...seen].flatMap(([personId, own]) => {
    const isThere = (test: (other: Appearance) => boolean) =>
      everybody.some((other) => other.personId !== personId && test(other));
    let latest: Appearance | undefined;
    return own.flatMap((appearance, n): Coming[] => {
      const before = latest;
      latest = laterEnd(before, appearance);
      const after = own[n + 1];
      const { entersFrom, leavesTo, startMs, endMs } = appearance;
      const found: Coming[] = [];
      if (entersFrom && (!before || (before.leavesTo && startMs - before.endMs >= awayMs))) {
        const others = isThere((other) => other.startMs < startMs);
        found.push({ type: 'ENTRANCE', side: entersFrom, appearance, atMs: startMs, others });
      }
      if (leavesTo && latest === appearance && (!after || (after.entersFrom && after.startMs - endMs >= awayMs))) {
        const others = isThere((other) => other.endMs > endMs);
        found.push({ type: 'EXIT', side: leavesTo, appearance, atMs: endMs, others });
      }
      return found;
    });
  });
}

const laterEnd = (latest: Appearance | undefined, next: Appearance): Appearance =>
  latest && latest.endMs >= next.endMs ? latest : next;
