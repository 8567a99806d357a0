/** Reads the subtitles that are part of the picture, in one pass over the film; a part of the cues stage. */
import { mergeLines } from '../detectors/text/line-merge.js';
import { markPieces } from '../detectors/text/mark-pieces.js';
import { joinRowPieces } from '../detectors/text/row-pieces.js';
import { partSubtitles } from '../detectors/text/subtitle-band.js';
import { groupBlocks } from '../detectors/text/text-blocks.js';
import type { TextBlock, TextLine } from '../detectors/text/text-line.js';
import { TextWatch } from '../detectors/text/text-watch.js';
import type { FoundCue, FoundSceneText, ProbeFinding, ShotsFinding } from '../findings.js';
import { type FrameRequest, readFrames } from '../media/frames.js';
import { type PictureSize, shrunkSize } from '../media/picture-size.js';
import type { StageContext } from '../stage.js';

/** Pictures are watched at this size at most: letters of ordinary subtitles are about 20 px high on them. */
const mostShortSidePx = 480;
const mostLongSidePx = 960;
/** Frames nearer to each other than this (above 33 a second) are passed over. */
const leastStepSeconds = 0.03;
/** What stands on the picture all the time is learned from the first minute, shown at this step before all else. */
const [previewMs, previewStepSeconds] = [60_000, 2];

/** What is written on the film's pictures: the subtitles as cues, everything else with the reason why it is none. */
export async function readBurnedInCues(
  context: StageContext,
  read: { readonly probe: ProbeFinding; readonly shots?: ShotsFinding },
): Promise<{ cues: FoundCue[]; sceneTexts: FoundSceneText[] }> {
  const { models, signal } = context;
  const { durationMs, video } = read.probe;
  const { width, height } = watchedSize(video);
  const lines: TextLine[] = [];
  const watch = new TextWatch(
    width,
    height,
    {
      detect: async (picture) => (await models.call('ocr.detect', picture, signal)).boxes,
      recognize: (line) => models.call('ocr.recognize', line, signal),
    },
    (line) => lines.push(line),
  );
  const framesEvery = (stepSeconds: number): FrameRequest => ({
    path: context.film.path,
    filter: [
      `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${stepSeconds})'`,
      // Where brightness lies apart from colour, colour need not be scaled at all.
      ...(/^yuvj?4/.test(video.pixelFormat) ? ['extractplanes=y'] : []),
      `scale=${width}:${height}:flags=bilinear`,
    ].join(','),
    width,
    height,
    pixelFormat: 'gray',
    signal,
  });
  const preview: Uint8Array[] = [];
  for await (const { pixels } of readFrames({
    ...framesEvery(previewStepSeconds),
    window: { startMs: 0, endMs: previewMs },
    inputOptions: ['-skip_frame', 'noref'],
  }))
    preview.push(Uint8Array.from(pixels));
  watch.preview(preview);
  const frames = readFrames(framesEvery(leastStepSeconds));
  let [lastMs, stepMs] = [0, 0];
  for await (const { atMs, pixels } of frames) {
    await watch.next(atMs, pixels);
    context.progress(Math.min(1, atMs / Math.max(1, durationMs)));
    [lastMs, stepMs] = [atMs, atMs - lastMs];
  }
  await watch.end(lastMs + stepMs);
  const cutsMs = read.shots?.shots.map((shot) => shot.startMs);
  const merged = joinRowPieces(mergeLines(lines));
  const pieces = markPieces(merged);
  const blocks = groupBlocks(merged.filter((line) => !pieces.has(line)));
  const { subtitles, others } = partSubtitles(blocks, { width, height, cutsMs });
  for (const { startMs, endMs, ...line } of pieces)
    others.push({
      block: { startMs, endMs, lines: [{ startMs, endMs, ...line }] },
      why: 'It is a piece of a watermark.',
    });
  return {
    cues: subtitles.map((block) => ({ ...foundText(block), source: 'BURNED_IN' })),
    sceneTexts: others.map(({ block, why }) => ({ ...foundText(block), why })),
  };
}

/** The picture as shown, shrunk to the watched size. */
export const watchedSize = (shown: PictureSize): PictureSize =>
  shrunkSize(shown, { shortSidePx: mostShortSidePx, longSidePx: mostLongSidePx });

function foundText({ lines, startMs, endMs }: TextBlock) {
  const texts = lines.map((line) => line.text);
  const otherReadings = lines.flatMap((line, index) =>
    line.otherReadings.map(({ text, confidence }) => ({
      field: 'text',
      value: texts.with(index, text).join('\n'),
      by: 'PaddleOCR',
      confidence,
    })),
  );
  const confidence = Math.min(...lines.map((line) => line.confidence));
  return { startMs, endMs, text: texts.join('\n'), confidence, evidence: [{ startMs, endMs }], otherReadings };
}
