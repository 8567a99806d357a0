import type { Appearance } from '../../schema/appearance.js';
import type { Box } from '../../schema/box.js';
import type { Event } from '../../schema/event.js';
import type { Shot } from '../../schema/shot.js';
import type { Findings } from '../findings.js';
import type { NodeMaker } from './node-maker.js';

/** Somebody comes in or goes when the shot runs without them for this long before or after. */
const leastWithoutMs = 1000;
/** An event of this length stands for the moment. */
const momentMs = 1000;
/** A face whose edge is this near to the picture's side, in its own widths, comes from there or goes there. */
const nearSide = 0.6;
/** Ours: the track may also have been lost there. */
const confidence = 0.5;

/**
 * Entrances and exits through the sides of the picture: a person's first or last sight within a shot, a second or more
 * away from the cut, beside the left or right edge. Somebody who is merely cut to, or turns round, does not come in.
 */
export function makeComings(
  appearances: readonly Appearance[],
  shots: readonly Shot[],
  { people }: Pick<Findings, 'people'>,
  make: NodeMaker,
): Event[] {
  const shotOf = new Map(shots.map((shot) => [shot.id, shot]));
  return appearances.flatMap((appearance) => {
    const shot = shotOf.get(appearance.shotId);
    if (!shot) return [];
    const starts = appearance.provenance.evidence[0]?.startMs;
    const ends = appearance.provenance.evidence.at(-1)?.endMs;
    const inShot = people.tracks.filter(({ shotStartMs }) => shotStartMs >= shot.startMs && shotStartMs < shot.endMs);
    const first = inShot.find(({ startMs }) => startMs === starts)?.readings[0];
    const last = inShot.find(({ endMs }) => endMs === ends)?.readings.at(-1);
    const comesFrom = appearance.startMs - shot.startMs >= leastWithoutMs && first ? sideOf(first.box) : undefined;
    const goesTo = shot.endMs - appearance.endMs >= leastWithoutMs && last ? sideOf(last.box) : undefined;
    const event = (type: 'ENTRANCE' | 'EXIT', atMs: number, description: string): Event => {
      const startMs = Math.max(shot.startMs, Math.min(atMs, shot.endMs - momentMs));
      const endMs = Math.min(shot.endMs, startMs + momentMs);
      return {
        ...make('Event', 'persons', startMs, { confidence, evidence: [{ startMs, endMs, nodeId: appearance.id }] }),
        ordinal: 0,
        ...{ type, startMs, endMs, description },
        sceneId: shot.sceneId,
        shotIds: [shot.id],
        personId: appearance.personId,
        targetIds: [],
      };
    };
    return [
      ...(comesFrom ? [event('ENTRANCE', appearance.startMs, `Comes into the picture from the ${comesFrom}.`)] : []),
      ...(goesTo ? [event('EXIT', appearance.endMs - momentMs, `Leaves the picture to the ${goesTo}.`)] : []),
    ];
  });
}

function sideOf({ x, width }: Box): 'left' | 'right' | undefined {
  if (x <= nearSide * width) return 'left';
  return 1 - (x + width) <= nearSide * width ? 'right' : undefined;
}
