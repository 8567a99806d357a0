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
  return [...seen.values()].flatMap((own) =>
    own.flatMap((appearance, n): Coming[] => {
      const { entersFrom, leavesTo, startMs, endMs, personId } = appearance;
      const before = own.slice(0, n).reduce<Appearance | undefined>(laterEnd, undefined);
      const after = own.slice(n + 1).toSorted((a, b) => a.startMs - b.startMs)[0];
      const comes = !before || (before.leavesTo !== undefined && startMs - before.endMs >= awayMs);
      const isLast = !before || before.endMs <= endMs;
      const goes = isLast && (!after || (after.entersFrom !== undefined && after.startMs - endMs >= awayMs));
      const others = everybody.filter((other) => other.personId !== personId);
      return [
        ...(entersFrom && comes
          ? [
              {
                type: 'ENTRANCE' as const,
                side: entersFrom,
                appearance,
                atMs: startMs,
                others: others.some((other) => other.startMs < startMs),
              },
            ]
          : []),
        ...(leavesTo && goes
          ? [
              {
                type: 'EXIT' as const,
                side: leavesTo,
                appearance,
                atMs: endMs,
                others: others.some((other) => other.endMs > endMs),
              },
            ]
          : []),
      ];
    }),
  );
}

const laterEnd = (latest: Appearance | undefined, next: Appearance): Appearance =>
  latest && latest.endMs >= next.endMs ? latest : next;
