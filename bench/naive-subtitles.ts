/** The obvious way, as the peer: read the bottom third of the picture twice a second, and join readings that agree. */
import { resample } from '../workers/detectors/luma-picture.js';
import { textSimilarity } from '../workers/detectors/text/text-similarity.js';
import type { ProbeFinding } from '../workers/findings.js';
import { readFrames } from '../workers/media/frames.js';
import type { StageContext } from '../workers/stage.js';
import { watchedSize } from '../workers/stages/burned-in-cues.js';
import type { TimedText } from './cue-score.js';

const everyMs = 500;
const leastConfidence = 0.6;
const sameText = 0.7;

export async function readNaively({ film, models }: StageContext, probe: ProbeFinding): Promise<TimedText[]> {
  const { width, height } = watchedSize(probe.video);
  const third = 2 * Math.round(height / 6);
  const cues: { startMs: number; endMs: number; text: string }[] = [];
  const filter = `fps=${1000 / everyMs},scale=${width}:${height},crop=${width}:${third}:0:${height - third}`;
  for await (const { atMs, pixels } of readFrames({
    path: film.path,
    filter,
    width,
    height: third,
    pixelFormat: 'gray',
  })) {
    const picture = { luma: pixels, width, height: third };
    const texts: string[] = [];
    for (const { x, y, width: w, height: h } of (await models.call('ocr.detect', picture)).boxes) {
      const line = resample(
        picture,
        { x: x - h / 3, y, width: w + (2 * h) / 3, height: h },
        Math.round(((w + (2 * h) / 3) * 48) / h),
        48,
      );
      const { text, confidence } = await models.call('ocr.recognize', line);
      if (confidence >= leastConfidence && text.trim()) texts.push(text.trim());
    }
    const text = texts.join('\n');
    const last = cues.at(-1);
    if (text && last && last.endMs >= atMs && textSimilarity(last.text, text) >= sameText) last.endMs = atMs + everyMs;
    else if (text) cues.push({ startMs: atMs, endMs: atMs + everyMs, text });
  }
  return cues;
}
