/** A stretch of a film with nobody's face on it: looked at several times a second, hidden, and encoded anew. */
import { Readable } from 'node:stream';
import type { Box } from '../../schema/box.js';
import type { Interval } from '../../src/narrative/intervals.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import type { ProbeFinding } from '../findings.js';
import { streamFfmpeg } from '../media/ffmpeg.js';
import { readFrames } from '../media/frames.js';
import { shrunkSize } from '../media/picture-size.js';
import { believed, coverOf, type Sighting } from './cover.js';
import { type Lookout, lookForAreas } from './look-for-areas.js';
import { type HiddenArea, hideAreas } from './mosaic.js';

export interface ClipRequest {
  /** Absolute path of the film. */
  readonly path: string;
  readonly probe: ProbeFinding;
  readonly startMs: number;
  readonly endMs: number;
  /** What is known already: faces by tracks, in shares of the frame. */
  readonly known: readonly Sighting[];
  /** Text is covered too; while burned-in subtitles stand, so is the band in which they do, whatever is found. */
  readonly text?: { readonly burnedIn: readonly Interval[] };
  /** The film's sound goes along: voices tell who speaks. */
  readonly sound: boolean;
  readonly lookout: Lookout;
  readonly onProgress?: (share: number) => void;
}

/** Time between looks, and between close ones that search small faces, heads and text. */
const lookStepMs = 160;
const closeStepMs = 960;
/** Looks are taken at this size, clips are no larger. */
const mostLongSidePx = { look: 960, clip: 1920 } as const;

/**
 * Yields an MP4: picture and, where asked for, sound, and nothing else of the film's container: no tags, chapters,
 * subtitles, pictures or data. Nothing is yielded before all of the stretch has been looked at. Errors as `lookForAreas`
 * and `streamFfmpeg`.
 */
export async function* pixelateClip(request: ClipRequest): AsyncGenerator<Uint8Array> {
  const seen = await lookThrough(request);
  const cover = coverOf(believed([...request.known, ...seen]));
  const band = bandOf(seen);
  const { path, probe, startMs, endMs, sound, text, lookout } = request;
  const { signal } = lookout;
  const size = shrunkSize(probe.video, { longSidePx: mostLongSidePx.clip });
  const rate = Math.min(60, Math.max(1, probe.video.frameRate));
  async function* pictures(): AsyncGenerator<Uint8Array> {
    const filter = `fps=${rate}:start_time=0,scale=${size.width}:${size.height}:flags=area,setsar=1`;
    const frames = readFrames({ path, filter, ...size, pixelFormat: 'rgb24', window: { startMs, endMs }, signal });
    for await (const { atMs, pixels } of frames) {
      const picture = { rgb: Uint8Array.from(pixels), ...size };
      hideAreas(
        picture,
        cover(atMs).map(({ what, box }) => onPicture(what, box, picture)),
      );
      if (text?.burnedIn.some((cue) => atMs >= cue.startMs - besideCueMs && atMs < cue.endMs + besideCueMs))
        hideAreas(picture, [onPicture('text', band, picture)]);
      yield picture.rgb;
      request.onProgress?.(0.5 + (0.5 * (atMs - startMs)) / Math.max(1, endMs - startMs));
    }
  }
  const seconds = String((endMs - startMs) / 1000);
  yield* streamFfmpeg({
    input: Readable.from(pictures(), { objectMode: false }),
    inputOptions: [
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      `${size.width}x${size.height}`,
      '-framerate',
      String(rate),
    ],
    ...(sound && probe.audio && { besides: { path, options: ['-ss', String(startMs / 1000), '-t', seconds] } }),
    outputOptions: [
      ...[
        '-map',
        '0:v:0',
        ...(sound && probe.audio ? ['-map', `1:${probe.audio.index}`, '-c:a', 'aac', '-b:a', '128k'] : ['-an']),
      ],
      ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact'],
      ...['-flags:v', '+bitexact', '-flags:a', '+bitexact', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'],
      // Players want it; and the encoder's own settings go.
      ...['-pix_fmt', 'yuv420p', '-bsf:v', 'filter_units=remove_types=6'],
      ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'],
    ],
    signal,
  });
}

/** Looks at the stretch, and a little before and after it. */
async function lookThrough({
  path,
  probe,
  startMs,
  endMs,
  text,
  lookout,
  onProgress,
}: ClipRequest): Promise<Sighting[]> {
  const size = shrunkSize(probe.video, { longSidePx: mostLongSidePx.look });
  const step = lookStepMs / 1000;
  const filter = `select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,${step})',scale=${size.width}:${size.height}:flags=area,setsar=1`;
  const window = { startMs: Math.max(0, startMs - lookStepMs), endMs: endMs + lookStepMs };
  const seen: Sighting[] = [];
  let closeMs = Number.NEGATIVE_INFINITY;
  for await (const { atMs, pixels } of readFrames({
    path,
    filter,
    ...size,
    pixelFormat: 'rgb24',
    window,
    signal: lookout.signal,
  })) {
    const picture = { rgb: pixels, ...size };
    const closely = atMs - closeMs >= closeStepMs;
    if (closely) closeMs = atMs;
    const areas = await lookForAreas(picture, lookout, { closely, text: closely && text !== undefined });
    for (const { what, box, score } of areas) {
      const shares = onFrame(box, picture);
      seen.push({ what, atMs, box: shares, score });
      // What only a close look finds stays hidden until the next one.
      if (closely)
        for (const aside of [-holdStepMs, holdStepMs]) seen.push({ what, atMs: atMs + aside, box: shares, score });
    }
    onProgress?.((0.5 * (atMs - startMs)) / Math.max(1, endMs - startMs));
  }
  return seen;
}

const holdStepMs = closeStepMs / 2;

const onFrame = ({ x, y, width, height }: Box, picture: RgbPicture): Box => ({
  x: x / picture.width,
  y: y / picture.height,
  width: width / picture.width,
  height: height / picture.height,
});

/** A box in shares of the frame, on this picture of it. */
export const onPicture = (what: HiddenArea['what'], { x, y, width, height }: Box, picture: RgbPicture): HiddenArea => ({
  what,
  box: { x: x * picture.width, y: y * picture.height, width: width * picture.width, height: height * picture.height },
});

/** Where subtitles stand when nobody saw them. */
export const usualBand: Box = { x: 0, y: 0.72, width: 1, height: 0.28 };

/** Over the whole width, as high as the text that was seen in the lower part of the picture. */
function bandOf(seen: readonly Sighting[]): Box {
  const low = seen.filter(({ what, box }) => what === 'text' && box.y > 0.55);
  if (low.length === 0) return usualBand;
  const top = Math.min(...low.map(({ box }) => box.y));
  return { x: 0, y: top, width: 1, height: Math.max(...low.map(({ box }) => box.y + box.height)) - top };
}

/** Subtitles fade in and out. */
const besideCueMs = 300;
