/** The picture that stands for a person, and what its face says when it is asked again; a part of the persons stage. */
import { alignedSquare, meshSquare } from '../detectors/faces/face-squares.js';
import {
  boxOn,
  eyeOpenness,
  pointsOn,
  portraitCandidates,
  portraitScore,
  portraitSquare,
} from '../detectors/identity/portrait-choice.js';
import type { AttributeReading } from '../detectors/identity/seen-attributes.js';
import { cutSquare, type RgbPicture } from '../detectors/rgb-picture.js';
import type { VideoStream } from '../findings.js';
import { readFramesAt } from '../media/frames-at.js';
import { encodeJpegs } from '../media/jpeg.js';
import { shrunkSize } from '../media/picture-size.js';
import { toYuv420 } from '../media/yuv.js';
import { alignedSidePx, meshSidePx } from '../models/host.js';
import type { FaceReading } from '../people-findings.js';
import type { StageContext } from '../stage.js';

/** Side of a portrait. */
const portraitPx = 256;
/** Frames are cut from pictures of this size at most. */
const mostLongSidePx = 1280;
/** Readings whose eyes are looked at before one becomes the portrait. */
const candidates = 3;
/** How a face is shown to the model again where its readings disagree: shifts and sizes in shares of the cut-out. */
const secondLooks = [
  { right: 0, down: 0, size: 1 },
  { right: 0.05, down: 0, size: 1 },
  { right: -0.05, down: 0, size: 1 },
  { right: 0, down: 0.05, size: 0.9 },
  { right: 0, down: -0.05, size: 1.12 },
] as const;

export interface Portrait {
  readonly cut: RgbPicture;
  /** The frame that it was cut from, and the face on it. */
  readonly picture: RgbPicture;
  readonly reading: FaceReading;
}

/** The best of a few candidates, once it is known whose eyes are open. */
export async function takePortrait(
  context: StageContext,
  video: VideoStream,
  readings: readonly FaceReading[],
): Promise<Portrait | undefined> {
  let best: { readonly portrait: Portrait; readonly score: number } | undefined;
  for (const reading of portraitCandidates(readings, candidates)) {
    const picture = await frameAt(context, video, reading.atMs);
    if (!picture) continue;
    const points = pointsOn(reading, picture);
    const face = cutSquare(picture, meshSquare(boxOn(reading, picture), points), meshSidePx);
    const { points: mesh } = await context.models.call('faces.mesh', face, context.signal);
    const score = portraitScore(reading) * (0.5 + 0.5 * eyeOpenness(mesh));
    if (best && best.score >= score) continue;
    const cut = cutSquare(picture, portraitSquare(points, picture), portraitPx);
    best = { portrait: { cut, picture, reading }, score };
  }
  return best?.portrait;
}

/** Test-time augmentation (Shanmugam et al. 2020), as SkyScript-100M §3.4 settles readings that contradict each other. */
export async function lookAgain(
  { models, signal }: StageContext,
  { picture, reading }: Portrait,
): Promise<AttributeReading[]> {
  const square = alignedSquare(pointsOn(reading, picture));
  const readings: AttributeReading[] = [];
  for (const { right, down, size } of secondLooks) {
    const { x, y } = square.centre;
    const centre = { x: x + right * square.sidePx, y: y + down * square.sidePx };
    const cut = cutSquare(picture, { ...square, centre, sidePx: square.sidePx * size }, alignedSidePx);
    const { female, age } = await models.call('faces.embed', cut, signal);
    if (female !== undefined && age !== undefined) readings.push({ female, age, weight: 1 });
  }
  return readings;
}

/** The frame that stands at this moment, as shown, at most `mostLongSidePx` long. */
async function frameAt(
  { film, signal }: StageContext,
  video: VideoStream,
  atMs: number,
): Promise<RgbPicture | undefined> {
  const { width, height } = shrunkSize(video, { longSidePx: mostLongSidePx });
  const frames = readFramesAt({ path: film.path, width, height, momentsMs: [atMs], signal });
  for await (const { pixels } of frames) return { rgb: Uint8Array.from(pixels), width, height };
  return undefined;
}

/** Their ids, in the same order. */
export async function savePortraits(
  { pictures, signal }: StageContext,
  portraits: readonly RgbPicture[],
): Promise<string[]> {
  const ids: string[] = [];
  if (portraits.length === 0) return ids;
  const size = { width: portraitPx, height: portraitPx };
  for await (const jpeg of encodeJpegs(asYuv(portraits), size, signal)) ids.push(await pictures.save(jpeg));
  return ids;
}

async function* asYuv(portraits: readonly RgbPicture[]): AsyncGenerator<Uint8Array> {
  for (const portrait of portraits) yield toYuv420(portrait);
}
