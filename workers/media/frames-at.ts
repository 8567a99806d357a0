import { type Frame, readFrames } from './frames.js';

/** Moments further apart than this are sought one by one: decoding what lies between costs more than ffmpeg's start. */
const seekPastMs = 8_000;

/** Most moments that one ffmpeg looks for: its expressions hold at most 98 terms. */
const mostMoments = 64;

/**
 * How far ahead of a run ffmpeg is sent: in some containers (MPEG streams, AVI) it comes out at a later key frame than
 * it was asked for, and in bare streams nowhere; then from further back, and from the film's start.
 */
const leadsMs = [500, 15_000, Number.POSITIVE_INFINITY];

/** Frames are not further apart than this. */
const slowestMs = 8_000;

/** Rounding moves a frame's time by less than this, in ffmpeg and here. */
const roundingMs = 2;

export interface FramesAtRequest {
  /** Absolute path of the film. */
  readonly path: string;
  /** The picture wanted, as shown. */
  readonly width: number;
  readonly height: number;
  /** In order. */
  readonly momentsMs: readonly number[];
  readonly signal?: AbortSignal;
}

/**
 * Yields, for each moment that the film lasts to, the first RGB frame from there on (readings are taken at frames, so
 * it is the very one); `atMs` is the moment asked for, the pixels are valid until the next one. The film is decoded
 * around the moments only.
 */
export async function* readFramesAt({ momentsMs, ...request }: FramesAtRequest): AsyncGenerator<Frame> {
  for (const moments of runsOf([...new Set(momentsMs)]))
    for (const leadMs of leadsMs) if (yield* readRun(request, moments, leadMs)) break;
}

/** Yields the frames of one run; false, and nothing, when the seek came out behind the first of them. */
async function* readRun(
  request: Omit<FramesAtRequest, 'momentsMs'>,
  moments: readonly number[],
  leadMs: number,
): AsyncGenerator<Frame, boolean> {
  const [first = 0, last = first] = [moments[0], moments.at(-1)];
  const startMs = Math.max(0, first - leadMs);
  const wanted = moments.map((ms) => firstFrom((ms - roundingMs - startMs) / 1000));
  const frames = readFrames({
    ...request,
    filter: `select='${[firstOfAll, ...wanted].join('+')}',scale=${request.width}:${request.height}:flags=area,setsar=1`,
    pixelFormat: 'rgb24',
    window: { startMs, endMs: last + slowestMs },
  });
  let found = 0;
  let isSought = startMs > 0;
  for await (const { atMs, pixels } of frames) {
    if (isSought && atMs > first + roundingMs) return false;
    isSought = false;
    for (; found < moments.length; found++) {
      const moment = moments[found] ?? 0;
      if (atMs < moment - 2 * roundingMs) break;
      yield { atMs: moment, pixels };
    }
    if (found === moments.length) break;
  }
  return !isSought;
}

const firstOfAll = 'isnan(prev_selected_t)';

/** ffmpeg's expression for the first frame at or after this second. */
const firstFrom = (seconds: number) => `gte(t\\,${seconds})*not(gte(prev_selected_t\\,${seconds}))`;

/** Moments that one ffmpeg reads: near each other, and not too many. */
export function runsOf(momentsMs: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const moment of momentsMs) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (!run || last === undefined || run.length === mostMoments || moment - last > seekPastMs) runs.push([moment]);
    else run.push(moment);
  }
  return runs;
}
