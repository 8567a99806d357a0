import { streamFfmpeg } from './ffmpeg.js';
import { matroskaFrames } from './matroska.js';

export interface FrameRequest {
  /** Absolute path of the film. */
  readonly path: string;
  /** ffmpeg filters that make the wanted picture, e.g. `scale=64:36:flags=area`; must yield width × height. */
  readonly filter: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: 'gray' | 'rgb24' | 'yuv444p' | 'yuv420p';
  /** Only this part of the film; seeks before decoding. Frames keep their times in the film. */
  readonly window?: { readonly startMs: number; readonly endMs: number };
  readonly inputOptions?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Frame {
  /** Presentation time in milliseconds from the container's start. */
  readonly atMs: number;
  /** Raw pixels in the requested format; valid until the next frame is asked for. */
  readonly pixels: Buffer;
}

const bytesPerPixel = { gray: 1, rgb24: 3, yuv444p: 3, yuv420p: 1.5 } as const;

/**
 * Decodes a film and yields its frames with their presentation times (variable rates included).
 * ffmpeg sends raw pictures in Matroska, because that carries each frame's time, in milliseconds, at no cost.
 */
export async function* readFrames(request: FrameRequest): AsyncGenerator<Frame> {
  const { width, height, window } = request;
  const size = width * height * bytesPerPixel[request.pixelFormat];
  // To seek to the very start leads to a later key frame in AVI and FLV.
  const seek = window && window.startMs > 0 ? ['-ss', String(window.startMs / 1000)] : [];
  const length = window ? ['-t', String((window.endMs - window.startMs) / 1000)] : [];
  const chunks = streamFfmpeg({
    input: request.path,
    inputOptions: [...(request.inputOptions ?? []), ...seek, ...length],
    outputOptions: [
      ...[
        '-map',
        '0:v:0',
        '-an',
        '-sn',
        '-dn',
        '-fps_mode',
        'passthrough',
        '-enc_time_base',
        '1:1000',
        '-vf',
        request.filter,
      ],
      // Threads of filters and of the raw "encoder" only cost on small pictures, and so does a write for each picture.
      ...['-filter_threads', '1', '-threads', '1', '-flush_packets', '0'],
      ...['-pix_fmt', request.pixelFormat, '-c:v', 'rawvideo', '-allow_raw_vfw', '1', '-f', 'matroska', '-live', '1'],
    ],
    signal: request.signal,
  });
  yield* matroskaFrames(chunks, size, window?.startMs ?? 0);
}
