/** Finds again, in a narrative, the cues that a script was laid on. */
import type { Cue } from '../../../schema/cue.js';
import type { Narrative } from '../../../schema/narrative.js';
import { diceShare } from '../evaluation/lexical-similarity.js';
import { overlapMs } from '../intervals.js';
import { alignScript } from './align-script.js';
import type { Alignment, LaidCue } from './alignment.js';
import { unitReader } from './units.js';

export interface FoundCue {
  readonly cue: Cue;
  readonly laid: LaidCue;
}

/** Of the cues that a script was laid on, so many must be there still; else it is aligned anew. */
const leastFound = 0.9;
/** A cue that is read otherwise now must share so much with what it said, or with what the script says. */
const leastAlike = 0.3;

/**
 * The cues of an alignment, and the alignment; made anew where a new analysis cut or read the cues otherwise.
 * SCRIPT_MISMATCH where it does not fit any more.
 */
export function findLaid(
  { cues, episode }: Narrative,
  alignment: Alignment,
): { readonly found: readonly FoundCue[]; readonly alignment: Alignment } {
  const found = match(cues, alignment.laid);
  if (found.length >= leastFound * alignment.laid.length) return { found, alignment };
  const { title, format, lines, places } = alignment;
  const anew = alignScript({ title, format, lines, places }, cues, episode.durationMs);
  return { found: match(cues, anew.laid), alignment: anew };
}

function match(cues: readonly Cue[], laid: readonly LaidCue[]): FoundCue[] {
  const read = unitReader();
  const byId = new Map(cues.map((cue) => [cue.id, cue]));
  const inOrder = cues.toSorted((a, b) => a.startMs - b.startMs);
  const taken = new Set<string>();
  let first = 0;
  return laid.flatMap((each) => {
    const same = byId.get(each.cueId);
    while (first < inOrder.length && (inOrder[first] as Cue).endMs <= each.startMs - longestCueMs) first++;
    const cue = same && isIt(same, each) ? same : nearest(each);
    if (!cue || taken.has(cue.id)) return [];
    taken.add(cue.id);
    return [{ cue, laid: each }];
  });

  function nearest(each: LaidCue): Cue | undefined {
    let best: { cue: Cue; sharedMs: number } | undefined;
    for (let n = first; n < inOrder.length; n++) {
      const cue = inOrder[n] as Cue;
      if (cue.startMs >= each.endMs) break;
      const sharedMs = overlapMs(cue, each);
      if (sharedMs > (best?.sharedMs ?? 0) && isIt(cue, each)) best = { cue, sharedMs };
    }
    return best?.cue;
  }

  function isIt(cue: Cue, { startMs, endMs, read: before, parts }: LaidCue): boolean {
    const shorterMs = Math.min(cue.endMs - cue.startMs, endMs - startMs);
    if (2 * overlapMs(cue, { startMs, endMs }) < shorterMs) return false;
    if (cue.text === before) return true;
    const now = read(cue.text);
    const texts = [before, parts.map(({ text }) => text).join(' ')].map(read);
    return texts.some((text) => now && text && diceShare(now, text) >= leastAlike);
  }
}

/** Cues that begin longer before a moment are not on screen then. */
const longestCueMs = 60_000;
