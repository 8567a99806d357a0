/** What a file holds, by its content: ffprobe, under the same limits as ffmpeg. */
import { type ExecFileException, execFile } from 'node:child_process';
import { FabulaError } from '../../schema/errors.js';
import { type FfprobeData, type FfprobeStream, ffmpegError, fileUrl, programPath } from './ffmpeg.js';
import { filmInput, underLimits } from './ffmpeg-safety.js';

/** ffprobe reads a few MB and decodes a few pictures; what takes longer does not end. */
const longestMs = 60_000;

/** A file may hold a thousand streams and long tags; more is no film's. */
const mostOutput = 16 * 2 ** 20;

interface SideData {
  readonly rotation?: number;
}

/**
 * What ffprobe says of a file: its format and its streams. FFMPEG_MISSING, FFMPEG_FAILED (no film, and why),
 * FFMPEG_STALLED (no end of it) or CANCELLED.
 */
export async function probeFile(path: string, signal?: AbortSignal): Promise<FfprobeData> {
  const wanted = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'];
  const { program, args } = underLimits(await programPath('ffprobe'), [...wanted, ...filmInput, fileUrl(path)]);
  const found = JSON.parse(await outputOf(program, args, signal)) as Partial<FfprobeData>;
  return { format: found.format ?? {}, streams: (found.streams ?? []).map(withRotation), chapters: [] };
}

function outputOf(program: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  const limits = { timeout: longestMs, killSignal: 'SIGKILL', maxBuffer: mostOutput, signal } as const;
  return new Promise((resolve, reject) => {
    execFile(program, args, limits, (error, output, complaint) => {
      if (!error) resolve(output);
      else if (signal?.aborted) reject(new FabulaError('CANCELLED', 'The work was cancelled.'));
      else reject(failureOf(error, complaint));
    });
  });
}

function failureOf(error: ExecFileException, complaint: string): FabulaError {
  if (error.killed && error.signal === 'SIGKILL' && error.code === null)
    return new FabulaError('FFMPEG_STALLED', 'ffprobe did not come to an end and was ended.');
  const { code, signal } = error;
  // Its message would be the whole command.
  return ffmpegError(
    new Error(complaint.trim() || `ffprobe ended with ${signal ?? code}`, { cause: { code, signal } }),
  );
}

/** Streams are turned by a matrix beside them. */
function withRotation(stream: FfprobeStream): FfprobeStream {
  const sides: unknown = stream.side_data_list;
  const rotation = Array.isArray(sides)
    ? (sides as SideData[]).find((side) => side.rotation !== undefined)?.rotation
    : undefined;
  return rotation === undefined ? stream : { ...stream, rotation };
}
