import type { Interval } from '../../src/narrative/intervals.js';

export interface SoundClip extends Interval {
  /** Mono, −1…1; the caller's own. */
  readonly samples: Float32Array;
}

/**
 * Cuts stretches out of a recording that comes block by block (each block valid until the next one), in one pass.
 * `intervals` are in order and do not overlap; one that the recording does not reach is left out.
 */
export async function* cutSamples(
  blocks: AsyncIterable<Float32Array>,
  sampleRate: number,
  intervals: readonly Interval[],
): AsyncGenerator<SoundClip> {
  const waiting = intervals.map(({ startMs, endMs }) => ({
    startMs,
    endMs,
    from: Math.round((startMs * sampleRate) / 1000),
    to: Math.round((endMs * sampleRate) / 1000),
  }));
  let clip = waiting.shift();
  let samples = new Float32Array(clip ? clip.to - clip.from : 0);
  let filled = 0;
  let blockStart = 0;
  for await (const block of blocks) {
    while (clip && clip.from < blockStart + block.length) {
      const piece = block.subarray(clip.from + filled - blockStart, clip.to - blockStart);
      samples.set(piece, filled);
      filled += piece.length;
      if (filled < samples.length) break;
      yield { startMs: clip.startMs, endMs: clip.endMs, samples };
      clip = waiting.shift();
      samples = new Float32Array(clip ? clip.to - clip.from : 0);
      filled = 0;
    }
    if (!clip) return;
    blockStart += block.length;
  }
  if (clip && filled > 0) yield { startMs: clip.startMs, endMs: clip.endMs, samples: samples.subarray(0, filled) };
}
