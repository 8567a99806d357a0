import type { FoundKeyframe, KeyframesFinding } from '../findings.js';
import { runFfmpeg } from '../media/ffmpeg.js';
import { defineStage } from '../stage.js';

/** The first frame of each shot; to be replaced by the sharpest honest one. */
export const keyframesStage = defineStage({
  name: 'keyframes',
  version: '0',
  needs: ['probe', 'shots'],
  settings: () => null,
  async run({ film, pictures, signal }, { shots }): Promise<KeyframesFinding> {
    const keyframes: FoundKeyframe[] = [];
    for (const { startMs } of shots.shots) {
      const jpeg = await runFfmpeg({
        input: film.path,
        inputOptions: ['-ss', String(startMs / 1000)],
        outputOptions: ['-frames:v', '1', '-f', 'mjpeg', '-pix_fmt', 'yuvj420p'],
        signal,
      });
      const imageId = await pictures.save(jpeg);
      const grounds = { confidence: 0.5, evidence: [{ startMs, endMs: startMs + 1 }] };
      keyframes.push({ ...grounds, shotStartMs: startMs, atMs: startMs, imageId, sharpness: 0, valid: true });
    }
    return { summary: `${keyframes.length} keyframes.`, gaps: [], keyframes, contactSheetId: '' };
  },
});
