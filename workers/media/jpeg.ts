import { Readable } from 'node:stream';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import { streamFfmpeg } from './ffmpeg.js';
import type { PictureSize } from './picture-size.js';

/** ffmpeg's scale for JPEG: 2 is nearly lossless, 31 the worst. */
const quality = 4;

const startOfImage = Buffer.of(0xff, 0xd8);
const endOfImage = Buffer.of(0xff, 0xd9);

/**
 * Turns raw pictures in planar 4:2:0 (yuv420p), both sides even, into JPEGs, one for one and in their order, in a single
 * ffmpeg. Errors as `streamFfmpeg`.
 */
export async function* encodeJpegs(
  pictures: AsyncIterable<Uint8Array>,
  { width, height }: PictureSize,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const source = new Source(pictures);
  const chunks = streamFfmpeg({
    input: Readable.from(source.read(), { objectMode: false }),
    inputOptions: ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`],
    outputOptions: [
      ...[
        '-fps_mode',
        'passthrough',
        '-threads',
        '1',
        '-c:v',
        'mjpeg',
        '-pix_fmt',
        'yuvj420p',
        '-q:v',
        String(quality),
      ],
      ...['-huffman', 'optimal', '-bitexact', '-flush_packets', '1', '-f', 'image2pipe'],
    ],
    signal,
  });
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of chunks) {
      held = Buffer.concat([held, chunk]);
      // Within a JPEG's data a 0xff is always followed by a 0x00, so this pair of bytes ends it and nothing else.
      for (let end = held.indexOf(endOfImage); end >= 0; end = held.indexOf(endOfImage)) {
        yield held.subarray(held.indexOf(startOfImage), end + endOfImage.length);
        held = held.subarray(end + endOfImage.length);
      }
    }
  } catch (error) {
    // What went wrong with the pictures matters, not that ffmpeg then had nothing to read.
    throw source.failure ?? error;
  }
}

/**
 * Decodes JPEGs, each scaled to one size, in their order and in a single ffmpeg; the pixels are valid until the next
 * picture. Fewer come back when one cannot be read. Errors as `streamFfmpeg`.
 */
export async function* decodeJpegs(
  jpegs: Iterable<Uint8Array>,
  { width, height }: PictureSize,
  signal?: AbortSignal,
): AsyncGenerator<RgbPicture> {
  const chunks = streamFfmpeg({
    input: Readable.from(jpegs, { objectMode: false }),
    inputOptions: ['-f', 'mjpeg'],
    outputOptions: [
      ...['-fps_mode', 'passthrough', '-vf', `scale=${width}:${height}:flags=area,setsar=1`],
      ...['-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'rawvideo'],
    ],
    signal,
  });
  const rgb = Buffer.alloc(width * height * 3);
  let filled = 0;
  for await (const chunk of chunks)
    for (let read = 0; read < chunk.length; ) {
      const copied = chunk.copy(rgb, filled, read);
      read += copied;
      filled += copied;
      if (filled < rgb.length) continue;
      yield { rgb, width, height };
      filled = 0;
    }
}

/** Remembers why the pictures broke off. */
class Source {
  failure: unknown;

  constructor(private readonly pictures: AsyncIterable<Uint8Array>) {}

  async *read(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.pictures;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
