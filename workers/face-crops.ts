/** Small square JPEGs of faces, cut from a film at its moments or from pictures of it that were kept. */
import type { Box } from '../schema/box.js';
import { FabulaError } from '../schema/errors.js';
import { cutSquare, type RgbPicture, squareAround, type TurnedSquare } from './detectors/rgb-picture.js';
import { probeFile } from './media/ffprobe.js';
import { readFramesAt } from './media/frames-at.js';
import { decodeJpegs, encodeJpegs } from './media/jpeg.js';
import type { PictureSize } from './media/picture-size.js';
import { toYuv420 } from './media/yuv.js';
import { describeFilm } from './stages/probe.js';

/** Side of a crop. */
export const cropPx = 96;

/** A crop's side in sides of the face: hair and chin belong to a likeness. */
const aroundFace = 1.8;

/** Films are read at this size at most: a face is seldom so small that more would show. Kept pictures are smaller. */
const mostLongSidePx = { film: 1920, picture: 960 } as const;

/** What to cut out of one picture; without a box, the whole of it. */
export interface CropRequest {
  /** The caller's name for it. */
  readonly id: string;
  /** In shares of the frame as shown. */
  readonly box?: Box;
  /** The picture is of another moment, and the face may have moved: as much of it as a square holds, around the box. */
  readonly isElsewhen?: boolean;
}

export interface Crop {
  readonly id: string;
  readonly jpeg: Uint8Array;
}

/**
 * Yields the crops in order of time; none for a moment that the film does not last to. Boxes are laid on the picture
 * as players show it: turned, with square pixels. Errors as `describeFilm` and `streamFfmpeg`.
 */
export function cropFilm(
  path: string,
  wanted: readonly (CropRequest & { readonly atMs: number })[],
  signal?: AbortSignal,
): AsyncGenerator<Crop> {
  return encode(cuts(), signal);
  async function* cuts(): AsyncGenerator<Cut> {
    const size = readSize(describeFilm(await probeFile(path)).video, mostLongSidePx.film);
    const inOrder = wanted.toSorted((a, b) => a.atMs - b.atMs);
    let next = 0;
    const momentsMs = inOrder.map((request) => request.atMs);
    for await (const { atMs, pixels } of readFramesAt({ path, ...size, momentsMs, signal }))
      for (let request = inOrder[next]; request && request.atMs <= atMs; request = inOrder[++next])
        yield cut({ rgb: pixels, ...size }, request);
  }
}

/**
 * Yields the crops of kept pictures: JPEGs that show the whole frame, of a film that is shown at this size.
 * FFMPEG_FAILED when one of them cannot be read: which face is on which picture would not be sure any more.
 */
export function cropPictures(
  pictures: readonly { readonly jpeg: Uint8Array; readonly crops: readonly CropRequest[] }[],
  shown: PictureSize,
  signal?: AbortSignal,
): AsyncGenerator<Crop> {
  return encode(cuts(), signal);
  async function* cuts(): AsyncGenerator<Cut> {
    const jpegs = pictures.map(({ jpeg }) => jpeg);
    const found: Cut[] = [];
    let read = 0;
    for await (const picture of decodeJpegs(jpegs, readSize(shown, mostLongSidePx.picture), signal))
      found.push(...(pictures[read++]?.crops ?? []).map((request) => cut(picture, request)));
    if (read !== pictures.length) throw new FabulaError('FFMPEG_FAILED', 'A kept picture is damaged.');
    yield* found;
  }
}

interface Cut {
  readonly id: string;
  readonly picture: RgbPicture;
}

const cut = (picture: RgbPicture, { id, box, isElsewhen = false }: CropRequest): Cut => ({
  id,
  picture: cutSquare(
    picture,
    box ? squareAroundFace(box, picture, isElsewhen ? Number.POSITIVE_INFINITY : aroundFace) : squareAround(picture),
    cropPx,
  ),
});

/** So many faces' sides around the face, upright, moved and shrunk so as to stay on the picture as far as it can. */
export function squareAroundFace(box: Box, { width, height }: PictureSize, sides = aroundFace): TurnedSquare {
  const facePx = Math.max(box.width * width, box.height * height, 1);
  const sidePx = Math.max(facePx, Math.min(facePx * sides, width, height));
  const within = (at: number, length: number) =>
    sidePx > length ? length / 2 : Math.max(sidePx / 2, Math.min(length - sidePx / 2, at));
  const x = within((box.x + box.width / 2) * width, width);
  const y = within((box.y + box.height / 2) * height, height);
  return { centre: { x, y }, sidePx, angle: 0 };
}

async function* encode(cuts: AsyncGenerator<Cut>, signal?: AbortSignal): AsyncGenerator<Crop> {
  const first = await cuts.next();
  // ffmpeg calls no pictures at all a failure.
  if (first.done) return;
  const waiting: string[] = [];
  async function* planes(): AsyncGenerator<Uint8Array> {
    for (let next: IteratorResult<Cut> = first; !next.done; next = await cuts.next()) {
      waiting.push(next.value.id);
      yield toYuv420(next.value.picture);
    }
  }
  for await (const jpeg of encodeJpegs(planes(), { width: cropPx, height: cropPx }, signal)) {
    const id = waiting.shift();
    // The encoder's buffer holds many pictures; a slice of it would keep them all.
    if (id !== undefined) yield { id, jpeg: Uint8Array.from(jpeg) };
  }
}

function readSize({ width, height }: PictureSize, longSidePx: number): PictureSize {
  const scale = Math.min(1, longSidePx / Math.max(width, height));
  const whole = (length: number) => Math.max(2, Math.round(length * scale));
  return { width: whole(width), height: whole(height) };
}
