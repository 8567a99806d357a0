import { type Frame, readFrames } from './frames.js';

/** Moments further apart than this are sought one by one: decoding what lies between costs more than ffmpeg's start. */
const seekPastMs = 8_000;

/** Most moments that one ffmpeg looks for: it compares each frame with all of them. */
const mostMoments = 100;

/** Half of what rounding can move a frame's time by, and a bit. */
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
  const { width, height } = request;
  for (const moments of runsOf([...new Set(momentsMs)])) {
    const startMs = Math.max(0, (moments[0] ?? 0) - seekPastMs / 16);
    const endMs = (moments.at(-1) ?? 0) + seekPastMs;
    const frames = readFrames({
      ...request,
      filter: `select='${moments.map((ms) => firstFrom((ms - roundingMs - startMs) / 1000)).join('+')}',scale=${width}:${height}:flags=area,setsar=1`,
      pixelFormat: 'rgb24',
      window: { startMs, endMs },
    });
    let found = 0;
    for await (const { atMs, pixels } of frames) {
      for (; found < moments.length; found++) {
        const moment = moments[found] ?? 0;
        if (atMs < moment - 2 * roundingMs) break;
        yield { atMs: moment, pixels };
      }
      if (found === moments.length) break;
    }
  }
}

/** ffmpeg's expression for the first frame at or after this second; nothing has been selected before the first one. */
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
