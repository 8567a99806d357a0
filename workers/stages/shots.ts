import type { Gap } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { counted } from '../../src/narrative/counted.js';
import type { Boundary } from '../detectors/shots/boundaries.js';
import { LookGatherer } from '../detectors/shots/look-gatherer.js';
import {
  colourSignals,
  cutRhythm,
  lightAndMotion,
  measureColour,
  SecondMeans,
} from '../detectors/shots/picture-signals.js';
import { ShotDetector } from '../detectors/shots/shot-detector.js';
import { lumaHeight, lumaWidth, smallFrameFilter } from '../detectors/shots/small-frame.js';
import type { FoundShot, ProbeFinding, ShotsFinding, VideoStream } from '../findings.js';
import { readFrames } from '../media/frames.js';
import { defineStage, type StageContext } from '../stage.js';

/** One pass over the film in small frames: where its shots meet, how they look, and what the picture does a second. */
export const shotsStage = defineStage({
  name: 'shots',
  version: '3',
  needs: ['probe'],
  settings: () => null,
  run: async (context, { probe }): Promise<ShotsFinding> => {
    const detector = new ShotDetector();
    const looks = new LookGatherer();
    const saturation = new SecondMeans();
    const warmth = new SecondMeans();
    await watchFilm(context, probe, detector, (atMs, change, coarse) => {
      if (!looks.take(atMs, change, coarse)) return;
      const colour = measureColour(coarse);
      saturation.add(atMs, colour.saturation);
      warmth.add(atMs, colour.warmth);
    });
    const boundaries = detector.finish();
    const { columns } = detector;
    if (columns.length === 0)
      throw new FabulaError('MEDIA_NO_PICTURE', 'No picture of the film can be decoded.', 'Copy or download it again.');
    const durationMs = columns.atMs(columns.length - 1) + lastFrameMs(columns, probe.video);
    const shots = layShots(boundaries, durationMs, looks);
    return {
      summary: `${counted(shots.length, 'shot')} in ${columns.length} frames`,
      gaps: missingEnd(probe.durationMs, durationMs),
      ...{ frameCount: columns.length, durationMs, shots },
      signals: [
        ...lightAndMotion(columns, durationMs, new Set(boundaries.map(({ atMs }) => atMs))),
        ...colourSignals(saturation, warmth, durationMs),
        cutRhythm(
          shots.map(({ startMs }) => startMs),
          durationMs,
        ),
      ],
    };
  },
});

/** Pictures that no other is made from need not be deblocked to be averaged down: nothing builds on their edges. */
const unfilteredAsides = ['-skip_loop_filter', 'noref'];
/** Pictures up to this many pixels are decoded by one thread: more would cost more than they save. */
const oneThreadPixels = 1280 * 720;
const oneThread = ['-threads', '1'];

async function watchFilm(
  { film, signal, progress, log }: StageContext,
  { video, durationMs }: ProbeFinding,
  detector: ShotDetector,
  seen: (atMs: number, change: number, coarse: Uint8Array) => void,
): Promise<void> {
  let nextReportMs = 0;
  try {
    for await (const { atMs, pixels } of readFrames({
      path: film.path,
      filter: smallFrameFilter,
      width: lumaWidth,
      height: lumaHeight,
      pixelFormat: 'yuv420p',
      inputOptions: [
        ...unfilteredAsides,
        ...(video.codedWidth * video.codedHeight <= oneThreadPixels ? oneThread : []),
      ],
      signal,
    })) {
      const { change, coarse } = detector.push(atMs, pixels);
      seen(atMs, change, coarse);
      if (atMs < nextReportMs) continue;
      progress(Math.min(1, atMs / Math.max(1, durationMs)));
      nextReportMs = atMs + 2000;
    }
  } catch (error) {
    const isBroken = error instanceof FabulaError && error.code === 'FFMPEG_FAILED' && detector.columns.length > 0;
    if (!isBroken) throw error;
    log.warn({ frames: detector.columns.length }, `the film breaks off: ${error.message}`);
  }
}

function layShots(boundaries: readonly Boundary[], durationMs: number, looks: LookGatherer): FoundShot[] {
  const inside = boundaries.filter(({ atMs }) => atMs > 0 && atMs < durationMs);
  return [undefined, ...inside].map((boundary, index): FoundShot => {
    const startMs = boundary?.atMs ?? 0;
    const next = inside[index];
    const endMs = next?.atMs ?? durationMs;
    const clear = looks.during(boundary?.range?.endMs ?? startMs, next?.range?.startMs ?? endMs);
    return {
      ...{ startMs, endMs },
      transition: boundary?.transition ?? 'START',
      ...(boundary?.range && { transitionRange: boundary.range }),
      looks: clear.length > 0 ? clear : looks.during(startMs, endMs),
      confidence: boundary?.confidence ?? 1,
      evidence: [boundary?.evidence ?? { startMs: 0, endMs: 0, note: 'the film starts' }],
    };
  });
}

/** How long the last frame stands: as long as most of those before it; for a lone frame, what the rate says. */
function lastFrameMs(columns: { readonly length: number; atMs(frame: number): number }, video: VideoStream): number {
  const gaps: number[] = [];
  for (let frame = Math.max(1, columns.length - 9); frame < columns.length; frame++)
    gaps.push(columns.atMs(frame) - columns.atMs(frame - 1));
  gaps.sort((one, other) => one - other);
  const byRate = video.frameRate > 0 ? Math.round(1000 / video.frameRate) : 40;
  return Math.max(1, gaps[gaps.length >> 1] ?? byRate);
}

/** Told apart from a container that rounds, or whose sound goes on for a moment. */
const tolerableMs = 500;
const tolerableShare = 0.02;

function missingEnd(expectedMs: number, durationMs: number): Gap[] {
  if (expectedMs - durationMs <= Math.max(tolerableMs, tolerableShare * expectedMs)) return [];
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  return [
    {
      stage: 'shots',
      missing: `The picture from ${seconds(durationMs)} s to ${seconds(expectedMs)} s cannot be decoded, though the file says that it is there.`,
      remedy: 'Copy or download the film again.',
    },
  ];
}
