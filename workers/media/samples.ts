import { streamFfmpeg } from './ffmpeg.js';

export interface SampleRequest {
  /** Absolute path of the film. */
  readonly path: string;
  /** Index of the audio stream in its container. */
  readonly streamIndex: number;
  readonly sampleRate: number;
  /** Samples in each block; the last one is shorter. */
  readonly blockLength: number;
  readonly signal?: AbortSignal;
}

const bytesPerSample = Float32Array.BYTES_PER_ELEMENT;

/**
 * Decodes an audio stream to mono (−1…1) and yields it block by block, each valid until the next one is asked for.
 * Sample n is heard n / sampleRate seconds after the container's start: a stream that starts late, or breaks off and
 * goes on, is filled up with silence, and what comes before the start is cut off.
 */
export async function* readSamples(request: SampleRequest): AsyncGenerator<Float32Array> {
  const block = new Float32Array(request.blockLength);
  const bytes = Buffer.from(block.buffer);
  let filled = 0;
  const chunks = streamFfmpeg({
    input: request.path,
    outputOptions: [
      ...['-map', `0:${request.streamIndex}`, '-vn', '-sn', '-dn', '-af', 'aresample=async=1:first_pts=0'],
      ...['-ac', '1', '-ar', String(request.sampleRate), '-c:a', 'pcm_f32le', '-f', 'f32le'],
    ],
    signal: request.signal,
  });
  for await (const chunk of chunks)
    for (let read = 0; read < chunk.length; ) {
      const copied = chunk.copy(bytes, filled, read);
      read += copied;
      filled += copied;
      if (filled < bytes.length) continue;
      yield block;
      filled = 0;
    }
  const rest = Math.floor(filled / bytesPerSample);
  if (rest > 0) yield block.subarray(0, rest);
}
