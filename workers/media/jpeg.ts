import { Readable } from 'node:stream';
import { streamFfmpeg } from './ffmpeg.js';

/** Size of a raw picture in planar 4:2:0 (yuv420p), in pixels; both even. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** ffmpeg's scale for JPEG: 2 is nearly lossless, 31 the worst. */
const quality = 4;

const startOfImage = Buffer.of(0xff, 0xd8);
const endOfImage = Buffer.of(0xff, 0xd9);

/** Turns raw pictures into JPEGs, one for one and in their order, in a single ffmpeg. Errors as `streamFfmpeg`. */
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
