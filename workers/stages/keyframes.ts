import { clockTime } from '../../src/narrative/clock-time.js';
import { counted } from '../../src/narrative/counted.js';
import { honestKeyframes, type SavedFrame } from '../detectors/keyframes/honest-keyframes.js';
import { type KeyframeSlot, keyframeSlots } from '../detectors/keyframes/keyframe-slots.js';
import { measurePicture } from '../detectors/keyframes/picture-measures.js';
import { type ChosenFrame, SlotWatch } from '../detectors/keyframes/slot-watch.js';
import type { KeyframesFinding } from '../findings.js';
import { layContactSheet, makeThumb, type Thumb } from '../media/contact-sheet.js';
import { readFrames } from '../media/frames.js';
import { encodeJpegs } from '../media/jpeg.js';
import { type PictureSize, shrunkSize } from '../media/picture-size.js';
import { defineStage, type StageContext } from '../stage.js';

/** Widest keyframe, in pixels. */
const widest = 960;

/** Time between the frames that are looked at, in seconds. */
const stepSeconds = 0.28;

/** Most pictures on a contact sheet; of a longer film, evenly chosen ones. */
const mostThumbs = 240;

/** The sharpest honest frame of each shot, more for long shots; those that cannot stand for it keep the reason. */
export const keyframesStage = defineStage({
  name: 'keyframes',
  version: '1',
  needs: ['probe', 'shots'],
  settings: () => null,
  async run(context, { probe, shots }): Promise<KeyframesFinding> {
    const { pictures, signal } = context;
    const size = shrunkSize(probe.video, { widthPx: widest });
    const slots = keyframeSlots(shots.shots);
    const won: SavedFrame[] = [];
    const thumbs: { atMs: number; thumb: Thumb }[] = [];
    const waiting: Omit<ChosenFrame, 'pixels'>[] = [];
    const everyNth = Math.ceil(slots.length / mostThumbs);
    async function* pixelsOfChosen(): AsyncGenerator<Buffer> {
      for await (const { pixels, ...chosen } of chooseFrames(context, size, slots)) {
        if ((won.length + waiting.length) % everyNth === 0)
          thumbs.push({ atMs: chosen.atMs, thumb: makeThumb(pixels, size, clockTime(chosen.atMs)) });
        waiting.push(chosen);
        context.progress(chosen.atMs / Math.max(1, shots.durationMs));
        yield pixels;
      }
    }
    for await (const jpeg of encodeJpegs(pixelsOfChosen(), size, signal)) {
      const chosen = waiting.shift();
      if (chosen) won.push({ ...chosen, imageId: await pictures.save(jpeg) });
    }
    const keyframes = honestKeyframes(won);
    const rejected = keyframes.filter(({ valid }) => !valid).length;
    return {
      summary: `${counted(keyframes.length, 'keyframe')}, ${rejected} of them turned down.`,
      gaps: [],
      keyframes,
      contactSheetId: thumbs.length > 0 ? await saveSheet(context, inOrder(thumbs)) : '',
    };
  },
});

/** Looks at the film in small steps and yields the best frame of each slot when the slot has passed. */
async function* chooseFrames(
  { film, signal }: StageContext,
  size: PictureSize,
  slots: readonly KeyframeSlot[],
): AsyncGenerator<ChosenFrame> {
  const { width, height } = size;
  const scale = `scale=${width}:${height}:flags=area,setsar=1`;
  const request = { path: film.path, width, height, pixelFormat: 'yuv420p', signal } as const;
  const measure = (pixels: Buffer) => measurePicture(pixels.subarray(0, width * height), width, height);
  const watch = new SlotWatch(slots);
  const everyStep = `select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,${stepSeconds})',${scale}`;
  for await (const { atMs, pixels } of readFrames({ ...request, filter: everyStep })) {
    yield* watch.passedBefore(atMs);
    if (watch.isWanted(atMs)) watch.take(atMs, measure(pixels), pixels);
  }
  yield* watch.passedBefore(Number.POSITIVE_INFINITY);
  // Shots shorter than a step may have been stepped over.
  for (const slot of watch.missed) {
    const single = new SlotWatch([slot]);
    const window = { startMs: slot.startMs, endMs: slot.endMs };
    for await (const { atMs, pixels } of readFrames({ ...request, filter: scale, window }))
      if (single.isWanted(atMs)) single.take(atMs, measure(pixels), pixels);
    yield* single.passedBefore(Number.POSITIVE_INFINITY);
  }
}

const inOrder = (thumbs: readonly { atMs: number; thumb: Thumb }[]) =>
  thumbs.toSorted((a, b) => a.atMs - b.atMs).map(({ thumb }) => thumb);

async function saveSheet({ pictures, signal }: StageContext, thumbs: readonly Thumb[]): Promise<string> {
  const { pixels, ...size } = layContactSheet(thumbs);
  for await (const jpeg of encodeJpegs(single(pixels), size, signal)) return pictures.save(jpeg);
  return '';
}

async function* single(picture: Uint8Array): AsyncGenerator<Uint8Array> {
  yield picture;
}
