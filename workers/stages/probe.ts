import { open } from 'node:fs/promises';
import { FabulaError } from '../../schema/errors.js';
import type { ProbeFinding, VideoStream } from '../findings.js';
import type { FfprobeData, FfprobeStream } from '../media/ffmpeg.js';
import { probeFile } from '../media/ffprobe.js';
import { defineStage } from '../stage.js';

/** Subtitle codecs that hold text; the others (PGS, VobSub, DVB) hold pictures. */
const textSubtitles = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text', 'ttml', 'eia_608']);

/** Base and mean rates that differ by more than this share make a stream variable. */
const rateTolerance = 0.01;

/** What the container says of the film: length, picture, sound, subtitles. Nothing is decoded. */
export const probeStage = defineStage({
  name: 'probe',
  version: '2',
  needs: [],
  settings: () => null,
  run: ({ film, signal }) => probeFilm(film.path, signal),
});

/** The same of any file. As `describeFilm`; MEDIA_TRUNCATED; FFMPEG_MISSING, FFMPEG_STALLED, CANCELLED. */
export const probeFilm = async (path: string, signal?: AbortSignal): Promise<ProbeFinding> =>
  describeFilm(await probeFile(path, signal).catch(async (error) => refuseFile(error, await firstBytes(path))));

function refuseFile(error: unknown, start: Buffer): never {
  if (!(error instanceof FabulaError) || error.code !== 'FFMPEG_FAILED') throw error;
  // ffprobe trusts the name `….mp4`; the first box of a real one tells a torn film from a file that never was one.
  if (/^(ftyp|moov|mdat|free|skip|wide|pnot)$/.test(start.toString('latin1', 4, 8)))
    throw new FabulaError(
      'MEDIA_TRUNCATED',
      'The file breaks off before it can be played.',
      'Copy or download it again.',
      {
        cause: error,
      },
    );
  throw new FabulaError('MEDIA_NOT_VIDEO', 'The file is not a video.', 'Give a file that ffmpeg can play.', {
    cause: error,
  });
}

async function firstBytes(path: string): Promise<Buffer> {
  await using file = await open(path, 'r');
  return (await file.read(Buffer.alloc(8), 0, 8, 0)).buffer;
}

/**
 * Turns ffprobe's answer into a finding. MEDIA_NO_PICTURE when there is sound but no moving picture (the cover of an
 * audio file is none), MEDIA_NOT_VIDEO when there is neither.
 */
export function describeFilm(found: FfprobeData): ProbeFinding {
  const picture = found.streams.find((stream) => isMovingPicture(stream));
  if (!picture) throw noPicture(found);
  const sound = found.streams.find((stream) => stream.codec_type === 'audio' && Number(stream.sample_rate) > 0);
  const video = describeVideo(picture);
  const durationMs = durationOf(found, picture);
  return {
    durationMs,
    container: found.format.format_name ?? 'unknown',
    video,
    ...(sound && { audio: describeSound(sound) }),
    subtitles: found.streams.filter((stream) => kindOf(stream) === 'subtitle').map(describeSubtitles),
    summary: summaryOf(video, durationMs),
    gaps: [],
  };
}

/** fluent-ffmpeg's types know only two of ffprobe's words here. */
const kindOf = (stream: FfprobeStream): string | undefined => stream.codec_type;

const isMovingPicture = (stream: FfprobeStream) =>
  kindOf(stream) === 'video' &&
  !stream.disposition?.attached_pic &&
  (stream.width ?? 0) > 0 &&
  (stream.height ?? 0) > 0;

function noPicture(found: FfprobeData): FabulaError {
  return found.streams.some((stream) => kindOf(stream) === 'audio')
    ? new FabulaError(
        'MEDIA_NO_PICTURE',
        'The file has sound but no moving picture.',
        'Give a file with a video stream.',
      )
    : new FabulaError('MEDIA_NOT_VIDEO', 'The file holds no video.', 'Give a file that ffmpeg can play.');
}

function describeVideo(stream: FfprobeStream): VideoStream {
  const codedWidth = stream.width ?? 0;
  const codedHeight = stream.height ?? 0;
  const pixelAspect = ratioOf(stream.sample_aspect_ratio, ':') || 1;
  const rotation = rotationOf(stream);
  const shownWidth = Math.max(1, Math.round(codedWidth * pixelAspect));
  const [width, height] = rotation % 180 === 0 ? [shownWidth, codedHeight] : [codedHeight, shownWidth];
  const mean = ratioOf(stream.avg_frame_rate, '/');
  const base = ratioOf(stream.r_frame_rate, '/');
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    pixelFormat: stream.pix_fmt ?? 'unknown',
    codedWidth,
    codedHeight,
    width,
    height,
    rotation,
    pixelAspect,
    frameRate: mean || base || 25,
    variableFrameRate: mean > 0 && base > 0 && Math.abs(base / mean - 1) > rateTolerance,
  };
}

function describeSound(stream: FfprobeStream): NonNullable<ProbeFinding['audio']> {
  const language = languageOf(stream);
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    channels: stream.channels ?? 1,
    sampleRate: Number(stream.sample_rate),
    ...(language && { language }),
  };
}

function describeSubtitles(stream: FfprobeStream): ProbeFinding['subtitles'][number] {
  const codec = stream.codec_name ?? 'unknown';
  const language = languageOf(stream);
  const title: unknown = stream.tags?.title;
  return {
    index: stream.index,
    codec,
    text: textSubtitles.has(codec),
    default: Boolean(stream.disposition?.default),
    forced: Boolean(stream.disposition?.forced),
    ...(language && { language }),
    ...(title !== undefined && { title: String(title) }),
  };
}

/** `30000/1001` or `4:3` as a number; 0 where there is none. */
function ratioOf(text: string | undefined, separator: string): number {
  const [over, under] = String(text ?? '')
    .split(separator)
    .map(Number);
  return over && under && Number.isFinite(over / under) ? over / under : 0;
}

/** Clockwise degrees by which a player turns the picture: 0, 90, 180 or 270. */
function rotationOf(stream: FfprobeStream): number {
  // ffprobe's display matrix counts counter-clockwise, the older `rotate` tag clockwise.
  const matrix = Number(stream.rotation);
  const clockwise = Number.isFinite(matrix) ? -matrix : Number(stream.tags?.rotate ?? 0);
  return (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360;
}

function languageOf(stream: FfprobeStream): string | undefined {
  const tag: unknown = stream.tags?.language;
  return typeof tag === 'string' && tag !== 'und' && /^[A-Za-z]{2,3}(-[\w-]+)?$/.test(tag) ? tag : undefined;
}

/** Milliseconds as the container claims them, the picture's own length first; 0 when it makes no claim. */
function durationOf(found: FfprobeData, picture: FfprobeStream): number {
  const seconds = [picture.duration, found.format.duration].map(Number).find((length) => length > 0);
  return seconds ? Math.max(1, Math.round(seconds * 1000)) : 0;
}

function summaryOf(video: VideoStream, durationMs: number): string {
  const turned = video.rotation ? `, turned by ${video.rotation}°` : '';
  const rate = `${Number(video.frameRate.toFixed(3))} frames a second${video.variableFrameRate ? ' (variable)' : ''}`;
  return `${video.width}×${video.height}, ${rate}, ${(durationMs / 1000).toFixed(2)} s${turned}.`;
}
