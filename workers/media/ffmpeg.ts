/**
 * The one door to ffmpeg: protocols and formats by whitelist, argument arrays, no stdin, a watchdog, and errors in our
 * words. fluent-ffmpeg is used here and nowhere else.
 */
import { PassThrough, type Readable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import { FabulaError } from '../../schema/errors.js';

export type { FfprobeData, FfprobeStream } from 'fluent-ffmpeg';

/** Containers and elementary streams that hold films, sound and subtitles; no playlists, no concat, no devices. */
const inputFormats =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,av1,mjpeg,ivf,obu,flv,asf,ogg,mxf,rm,gif,dv,nut,yuv4mpegpipe,wav,mp3,flac,aac,ac3,eac3,aiff,amr,caf,srt,webvtt,ass,rawvideo,lavfi';

const inputSafety = ['-nostdin', '-protocol_whitelist', 'file,pipe', '-format_whitelist', inputFormats];

/** ffmpeg is killed when it neither writes nor reports for this long. */
const defaultStallMs = 60_000;

export interface FfmpegRun {
  /** Absolute path on this machine, or what ffmpeg is to read from its standard input. */
  readonly input: string | Readable;
  readonly inputOptions?: readonly string[];
  readonly outputOptions: readonly string[];
  readonly signal?: AbortSignal;
  readonly stallMs?: number;
}

/** A local path as ffmpeg must see it, so that no name is taken for an option or a protocol. */
export const fileUrl = (path: string): string => `file:${path}`;

/**
 * Runs ffmpeg and yields what it writes to standard output, chunk by chunk.
 * FFMPEG_MISSING, FFMPEG_FAILED, FFMPEG_STALLED or CANCELLED; stopping the iteration kills the process.
 */
export async function* streamFfmpeg(run: FfmpegRun): AsyncGenerator<Buffer> {
  run.signal?.throwIfAborted();
  let failure: Error | undefined;
  let finished = false;
  const command = ffmpeg(typeof run.input === 'string' ? fileUrl(run.input) : run.input)
    .inputOptions([...inputSafety, ...(run.inputOptions ?? [])])
    .outputOptions([...run.outputOptions]);
  // It would run ffmpeg twice more to list formats and encoders that we know to be there: a tenth of a second each time.
  Object.assign(command, { _checkCapabilities: (done: (error: null) => void) => done(null) });
  const stall = watchdog(run.stallMs ?? defaultStallMs, () => stop('stalled'));
  let stopped: 'stalled' | 'cancelled' | 'left' | undefined;
  function stop(reason: NonNullable<typeof stopped>): void {
    if (finished) return;
    stopped ??= reason;
    command.kill('SIGKILL');
  }
  const onAbort = () => stop('cancelled');
  run.signal?.addEventListener('abort', onAbort);
  const ended = new Promise<void>((resolve) => {
    command.on('end', () => resolve());
    command.on('error', (error: Error) => {
      failure = error;
      resolve();
    });
  }).then(() => {
    finished = true;
  });
  command.on('stderr', () => stall.reset());
  // A stream that says it closed makes fluent-ffmpeg end ffmpeg 20 ms later and call that a failure: on a busy machine
  // ffmpeg needs longer between its last byte and its exit.
  const output = new PassThrough({ emitClose: false });
  command.pipe(output);
  // A killed ffmpeg can leave the pipe open; without this, a reader would wait for ever.
  ended.then(() => (stopped || failure) && output.destroy(failure ?? new Error(stopped)));
  try {
    for await (const chunk of output) {
      // A reader that takes its time (a model, a remote endpoint) must not pass for a stalled ffmpeg.
      stall.pause();
      yield chunk as Buffer;
      stall.resume();
    }
  } catch (error) {
    if (!stopped && !failure) failure = error as Error;
  } finally {
    if (!output.readableEnded) stop('left');
    await ended;
    stall.clear();
    run.signal?.removeEventListener('abort', onAbort);
  }
  if (stopped === 'cancelled') throw new FabulaError('CANCELLED', 'The work was cancelled.');
  if (stopped === 'stalled') throw new FabulaError('FFMPEG_STALLED', 'ffmpeg stopped answering and was ended.');
  if (failure) throw ffmpegError(failure);
}

/** Runs ffmpeg to its end and returns all that it wrote to standard output. */
export async function runFfmpeg(run: FfmpegRun): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of streamFfmpeg(run)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What ffprobe says of a file: `-show_format -show_streams`, as it prints it. */
export function probeFile(path: string): Promise<ffmpeg.FfprobeData> {
  return new Promise((resolve, reject) => {
    ffmpeg.ffprobe(fileUrl(path), inputSafety.slice(1), (error: Error | null, found) =>
      error ? reject(ffmpegError(error)) : resolve(found),
    );
  });
}

/** ffmpeg's own failure as one of ours; its last line of complaint is kept, its paths are not. */
export function ffmpegError(error: Error): FabulaError {
  if (/cannot find ff(mpeg|probe)|ENOENT/i.test(error.message))
    return new FabulaError(
      'FFMPEG_MISSING',
      'ffmpeg is not installed.',
      'Install it, e.g. `sudo apt-get install ffmpeg`.',
      {
        cause: error,
      },
    );
  if (/No space left on device/i.test(error.message))
    return new FabulaError('DISK_FULL', 'The disk is full.', 'Free some space and run the same command again.', {
      cause: error,
    });
  const lastLine = error.message.trim().split('\n').at(-1) ?? '';
  return new FabulaError('FFMPEG_FAILED', `ffmpeg failed: ${lastLine.replaceAll(/(file:)?\/\S+/g, '…')}`, undefined, {
    cause: error,
  });
}

function watchdog(afterMs: number, bark: () => void) {
  let paused = false;
  const timer = setTimeout(() => !paused && bark(), afterMs);
  return {
    reset: () => void timer.refresh(),
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      timer.refresh();
    },
    clear: () => clearTimeout(timer),
  };
}
