/** Stills with nobody's face on them. */
import { FabulaError } from '../../schema/errors.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import { decodeJpegs, encodeJpegs } from '../media/jpeg.js';
import { evenLength } from '../media/picture-size.js';
import { toYuv420 } from '../media/yuv.js';
import { jpegSize } from './jpeg-size.js';
import { type LookFor, type Lookout, lookForAreas } from './look-for-areas.js';
import { type HiddenArea, hideAll, hideAreas } from './mosaic.js';

export interface PixelatedPicture {
  /** Encoded anew: no thumbnail, no EXIF, no comment is left. */
  readonly jpeg: Uint8Array;
  readonly hidden: readonly HiddenArea[];
}

/**
 * A picture of a film: what is found on it now, at its full size, and what is known to be there (shares of the frame),
 * is hidden. Errors as `lookForAreas` and `decodeJpegs`: then there is no picture.
 */
export async function pixelatePicture(
  jpeg: Uint8Array,
  known: (picture: RgbPicture) => readonly HiddenArea[],
  lookout: Lookout,
  wanted: Omit<LookFor, 'closely'> = {},
): Promise<PixelatedPicture> {
  const picture = await decode(jpeg, lookout.signal);
  const hidden = [...(await lookForAreas(picture, lookout, { ...wanted, closely: true })), ...known(picture)];
  hideAreas(picture, hidden);
  return { jpeg: await encode(picture, lookout.signal), hidden };
}

/** Portraits, and other pictures of one size that are a face and little more: hidden whole. In their order. */
export async function pixelatePortraits(jpegs: readonly Uint8Array[], signal?: AbortSignal): Promise<Uint8Array[]> {
  const [first] = jpegs;
  if (!first) return [];
  const { width, height } = jpegSize(first);
  const size = { width: evenLength(width), height: evenLength(height) };
  async function* planes() {
    for await (const picture of decodeJpegs(jpegs, size, signal)) {
      hideAll(picture);
      yield toYuv420(picture);
    }
  }
  const hidden: Uint8Array[] = [];
  for await (const jpeg of encodeJpegs(planes(), size, signal)) hidden.push(Uint8Array.from(jpeg));
  if (hidden.length !== jpegs.length) throw new FabulaError('FFMPEG_FAILED', 'A kept picture is damaged.');
  return hidden;
}

async function decode(jpeg: Uint8Array, signal?: AbortSignal): Promise<RgbPicture> {
  const { width, height } = jpegSize(jpeg);
  for await (const picture of decodeJpegs([jpeg], { width: evenLength(width), height: evenLength(height) }, signal))
    return { ...picture, rgb: Uint8Array.from(picture.rgb) };
  throw new FabulaError('FFMPEG_FAILED', 'A kept picture is damaged.');
}

async function encode(picture: RgbPicture, signal?: AbortSignal): Promise<Uint8Array> {
  async function* planes() {
    yield toYuv420(picture);
  }
  for await (const jpeg of encodeJpegs(planes(), picture, signal)) return Uint8Array.from(jpeg);
  throw new FabulaError('FFMPEG_FAILED', 'A picture could not be written.');
}
