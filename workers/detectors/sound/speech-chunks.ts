import type { Interval } from '../../../src/narrative/intervals.js';

/** Whisper hears half a minute at a time. */
const longestChunkMs = 28_000;
/** Two stretches of speech further apart than this are sent apart. */
const longestPauseMs = 4_000;
/** A stretch without a pause is cut at its quietest second, after at least so much. */
const leastCutMs = 14_000;
/** Speech intervals leave out faint first and last sounds. */
const marginMs = 200;

/**
 * Groups speech into chunks for a transcriber, cut at silences where there are any: at most 28 s each, in order and
 * without overlap. `loudness` is dBFS a second; nothing reaches past `durationMs`.
 */
export function chunkSpeech(speech: readonly Interval[], loudness: readonly number[], durationMs: number): Interval[] {
  const chunks: { startMs: number; endMs: number }[] = [];
  for (const stretch of speech.flatMap((each) => cutAtQuiet(each, loudness))) {
    const last = chunks.at(-1);
    if (last && stretch.endMs - last.startMs <= longestChunkMs && stretch.startMs - last.endMs <= longestPauseMs)
      last.endMs = stretch.endMs;
    else chunks.push({ ...stretch });
  }
  return chunks.map(({ startMs, endMs }, index) => ({
    startMs: startMs - marginBetween(chunks[index - 1]?.endMs ?? 0, startMs),
    endMs: endMs + marginBetween(endMs, chunks[index + 1]?.startMs ?? durationMs),
  }));
}

/** How far a chunk may reach into the silence before or after it: neighbours share a short one. */
const marginBetween = (fromMs: number, toMs: number) =>
  Math.max(0, Math.min(marginMs, Math.floor((toMs - fromMs) / 2)));

function cutAtQuiet({ startMs, endMs }: Interval, loudness: readonly number[]): Interval[] {
  const pieces: Interval[] = [];
  let from = startMs;
  while (endMs - from > longestChunkMs) {
    const to = quietestMs(loudness, from + leastCutMs, from + longestChunkMs);
    pieces.push({ startMs: from, endMs: to });
    from = to;
  }
  return [...pieces, { startMs: from, endMs }];
}

/** Middle of the quietest whole second in [fromMs, toMs). */
function quietestMs(loudness: readonly number[], fromMs: number, toMs: number): number {
  let quietest = Math.ceil(fromMs / 1000);
  for (let second = quietest; (second + 1) * 1000 <= toMs; second++)
    if ((loudness[second] ?? 0) < (loudness[quietest] ?? 0)) quietest = second;
  return quietest * 1000 + 500;
}
