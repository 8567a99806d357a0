import type { Appearance } from '../../../schema/appearance.js';
import { type Interval, overlaps, unionMs } from '../intervals.js';
import type { Coming } from './comings.js';
import type { SceneCast } from './scene-cast.js';

/** A stretch of a scene in which one person is there and nobody else. */
export interface Solitude {
  readonly personId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The person's appearances in it. */
  readonly appearances: readonly Appearance[];
  /** For how much of it the person is seen, 0…1. */
  readonly seenShare: number;
  /** No others are in the scene at all; or all come later; or all have left. */
  readonly why: 'NO_OTHERS' | 'NOT_YET' | 'NO_MORE';
}

/** Shorter stretches are not worth saying. */
const leastMs = 5000;
/** The person must be seen for this share of it: pictures without anybody say nothing of who is there. */
const leastSeenShare = 0.5;

type Window = Interval & Pick<Solitude, 'why'>;

/**
 * Who is alone, and when. Not seen is not absent: in a talk, each is shown alone. So a person is alone in a scene in
 * which nobody else is ever seen or heard; before all others have come in, or after all have left, where we saw them
 * do so. Anybody from behind, and any face that cannot be told from others, may be somebody else.
 */
export function findSolitude(cast: SceneCast, comings: readonly Coming[]): Solitude[] {
  const spokenTo = cast.doings.flatMap(({ targetIds }) => targetIds);
  const everybody = new Set([...cast.seen.keys(), ...cast.heard, ...spokenTo]);
  return [...cast.seen].flatMap(([personId, own]) => {
    const others = [...everybody].filter((id) => id !== personId);
    const windows = windowsWithout(others, comings, cast.scene);
    const signs = windows.length > 0 ? signsOfOthers(cast, personId) : [];
    return windows.flatMap((window): Solitude[] => {
      const appearances = own.filter((appearance) => overlaps(appearance, window));
      const startMs = Math.max(window.startMs, Math.min(...appearances.map((seen) => seen.startMs)));
      const endMs = Math.min(window.endMs, Math.max(...appearances.map((seen) => seen.endMs)));
      if (appearances.length === 0 || endMs - startMs < leastMs) return [];
      if (signs.some((sign) => overlaps(sign, { startMs, endMs }))) return [];
      const seenMs = unionMs(appearances.map((seen) => within(seen, { startMs, endMs })));
      const seenShare = seenMs / (endMs - startMs);
      return seenShare < leastSeenShare ? [] : [{ personId, startMs, endMs, appearances, seenShare, why: window.why }];
    });
  });
}

/** The whole scene if nobody else is in it; else what of it lies before all of them come in, and after all leave. */
function windowsWithout(others: readonly string[], comings: readonly Coming[], { startMs, endMs }: Interval): Window[] {
  if (others.length === 0) return [{ startMs, endMs, why: 'NO_OTHERS' }];
  const timesOf = (type: Coming['type']) =>
    others.map((id) => comings.filter((coming) => coming.type === type && coming.appearance.personId === id));
  const entrances = timesOf('ENTRANCE').map((own) => own[0]?.atMs);
  const exits = timesOf('EXIT').map((own) => own.at(-1)?.atMs);
  const known = (times: readonly (number | undefined)[]): times is readonly number[] => !times.includes(undefined);
  return [
    ...(known(entrances) ? [{ startMs, endMs: Math.min(...entrances), why: 'NOT_YET' as const }] : []),
    ...(known(exits) ? [{ startMs: Math.max(...exits), endMs, why: 'NO_MORE' as const }] : []),
  ];
}

/** When anybody else may be there: their appearances and doings, what is said to them, and whoever is unknown. */
function signsOfOthers({ seen, doings, unknown, shots }: SceneCast, personId: string): Interval[] {
  const shotOf = new Map(shots.map((shot) => [shot.id, shot]));
  return [
    ...[...seen].flatMap(([id, appearances]) => (id === personId ? [] : appearances)),
    ...doings.filter((event) => [event.personId, ...event.targetIds].some((id) => id !== personId)),
    ...unknown.flatMap(({ shotId }) => shotOf.get(shotId) ?? []),
  ];
}

const within = (a: Interval, b: Interval): Interval => ({
  startMs: Math.max(a.startMs, b.startMs),
  endMs: Math.min(a.endMs, b.endMs),
});
