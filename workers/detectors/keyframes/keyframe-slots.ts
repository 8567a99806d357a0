import type { FoundShot } from '../../findings.js';

/** A stretch of a shot that is to get one keyframe. */
export interface KeyframeSlot {
  readonly shotStartMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Where candidates may lie: away from the transitions at the shot's ends, or the whole slot when nothing is left. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** A long shot gets one keyframe for each stretch of about this length. */
const slotMs = 10_000;

/** Candidates keep this far from a shot's ends (less in short shots), where codecs smear. */
const marginMs = 150;
const marginShare = 0.15;

/** Divides shots into the stretches that get one keyframe each, in order of time. */
export function keyframeSlots(shots: readonly FoundShot[]): KeyframeSlot[] {
  return shots.flatMap((shot, index) => {
    const margin = Math.min(marginMs, (shot.endMs - shot.startMs) * marginShare);
    const clearFrom = Math.max(shot.startMs + margin, shot.transitionRange?.endMs ?? 0);
    const clearTo = Math.min(shot.endMs - margin, shots[index + 1]?.transitionRange?.startMs ?? shot.endMs);
    const count = Math.max(1, Math.round((shot.endMs - shot.startMs) / slotMs));
    return Array.from({ length: count }, (_, part) => {
      const startMs = shot.startMs + Math.round((part * (shot.endMs - shot.startMs)) / count);
      const endMs = shot.startMs + Math.round(((part + 1) * (shot.endMs - shot.startMs)) / count);
      const [fromMs, toMs] = [Math.max(startMs, clearFrom), Math.min(endMs, clearTo)];
      const clear = fromMs < toMs ? { fromMs, toMs } : { fromMs: startMs, toMs: endMs };
      return { shotStartMs: shot.startMs, startMs, endMs, ...clear };
    });
  });
}
