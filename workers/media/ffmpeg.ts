/**
 * The one door to ffmpeg: protocols and formats by whitelist, argument arrays, no stdin, bounds on memory and time, and
 * errors in our words. fluent-ffmpeg is used here and nowhere else.
 */
import { PassThrough, type Readable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import { FabulaError } from '../../schema/errors.js';
import { filmInput, ownInput, underLimits } from './ffmpeg-safety.js';

export type { FfprobeData, FfprobeStream } from 'fluent-ffmpeg';

/** ffmpeg is killed when it neither writes nor reports for this long, */
const defaultStallMs = 60_000;
/** and when it has worked for this long in all, however busy it looks; the time its reader takes is the reader's. */
const defaultLongestMs = 12 * 3_600_000;

export interface FfmpegRun {
  /** Absolute path on this machine, or what ffmpeg is to read from its standard input. */
  readonly input: string | Readable;
  readonly inputOptions?: readonly string[];
  /** A film that is read besides, as the second input, with options before it. */
  readonly besides?: { readonly path: string; readonly options: readonly string[] };
  readonly outputOptions: readonly string[];
  readonly signal?: AbortSignal;
  readonly stallMs?: number;
  readonly longestMs?: number;
}

/** A local path as ffmpeg must see it, so that no name is taken for an option or a protocol. */
export const fileUrl = (path: string): string => `file:${path}`;

/**
 * Runs ffmpeg and yields what it writes to standard output, chunk by chunk.
 * FFMPEG_MISSING, FFMPEG_FAILED, FFMPEG_STALLED or CANCELLED; stopping the iteration kills the process.
 */
export async function* streamFfmpeg(run: FfmpegRun): AsyncGenerator<Buffer> {
  let failure: Error | undefined;
  let finished = false;
  const command = ffmpeg(typeof run.input === 'string' ? fileUrl(run.input) : run.input)
    .inputOptions(['-nostdin', ...(typeof run.input === 'string' ? filmInput : ownInput), ...(run.inputOptions ?? [])])
    .outputOptions([...run.outputOptions]);
  if (run.besides) command.input(fileUrl(run.besides.path)).inputOptions([...filmInput, ...run.besides.options]);
  await prepare(command);
  if (run.signal?.aborted) throw cancelled();
  const stall = watchdog(run.stallMs ?? defaultStallMs, run.longestMs ?? defaultLongestMs, () => stop('stalled'));
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
  // What was stopped before it ran has to be ended then.
  command.on('start', () => stopped && command.kill('SIGKILL'));
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
  if (stopped === 'cancelled') throw cancelled();
  if (stopped === 'stalled') throw new FabulaError('FFMPEG_STALLED', 'ffmpeg stopped answering and was ended.');
  if (failure) throw ffmpegError(failure);
}

const cancelled = () => new FabulaError('CANCELLED', 'The work was cancelled.');

/** Runs ffmpeg to its end and returns all that it wrote to standard output. */
export async function runFfmpeg(run: FfmpegRun): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of streamFfmpeg(run)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What fluent-ffmpeg keeps to itself, and what has to be told it. */
interface Inside {
  _getFfmpegPath(done: (error: Error | null, path?: string) => void): void;
  _getFfprobePath(done: (error: Error | null, path?: string) => void): void;
  _getArguments(): string[];
}

/** Where a program lies. FFMPEG_MISSING. */
export async function programPath(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const inside = ffmpeg() as unknown as Inside;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, path?: string) =>
      path ? resolve(path) : reject(ffmpegError(error ?? new Error(`Cannot find ${name}`)));
    if (name === 'ffmpeg') inside._getFfmpegPath(done);
    else inside._getFfprobePath(done);
  });
}

/** Has the command run under limits; and spares it to list formats and encoders first, a tenth of a second each time. */
async function prepare(command: ffmpeg.FfmpegCommand): Promise<void> {
  const path = await programPath('ffmpeg');
  const argumentsOf = (command as unknown as Inside)._getArguments.bind(command);
  Object.assign(command, {
    _checkCapabilities: (done: (error: null) => void) => done(null),
    availableEncoders: (done: (error: null, encoders: object) => void) => done(null, {}),
    _getFfmpegPath: (done: (error: null, path: string) => void) => done(null, underLimits(path, []).program),
    _getArguments: () => underLimits(path, argumentsOf()).args,
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

function watchdog(afterMs: number, inAllMs: number, bark: () => void) {
  let paused = false;
  let leftMs = inAllMs;
  let since = performance.now();
  const workedMs = () => (paused ? 0 : performance.now() - since);
  const timer = setTimeout(() => !paused && bark(), afterMs);
  return {
    reset() {
      if (workedMs() > leftMs) bark();
      else timer.refresh();
    },
    pause() {
      leftMs -= workedMs();
      paused = true;
    },
    resume() {
      paused = false;
      since = performance.now();
      if (leftMs < 0) bark();
      else timer.refresh();
    },
    clear: () => clearTimeout(timer),
  };
}
