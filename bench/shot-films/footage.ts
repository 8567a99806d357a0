import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Camera, paintScene } from './painted.js';
import type { Random } from './random.js';

/** Writes the picture at a moment of the footage into a planar 4:2:0 buffer. Moments are asked for in order. */
export type Footage = (seconds: number, target: Uint8Array) => void;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Real stretches without any boundary, by clip name. */
export type RealStretches = readonly { readonly path: string; readonly startS: number; readonly endS: number }[];

const videoFolder = fileURLToPath(new URL('../../../../shared/data/video/', import.meta.url));
const truthFile = fileURLToPath(new URL('../../../../shared/data/truth/shots.json', import.meta.url));

export interface ShotTruth {
  readonly cuts: readonly number[];
  readonly gradual: readonly (readonly [number, number])[];
  readonly unscored: readonly (readonly [number, number])[];
}

/** The hand-made truth by path of the clip, or nothing where the shared data are absent. */
export function truthClips(): ReadonlyMap<string, ShotTruth> {
  if (!existsSync(truthFile)) return new Map();
  const { clips } = JSON.parse(readFileSync(truthFile, 'utf8')) as { clips: Record<string, ShotTruth> };
  return new Map(Object.entries(clips).map(([name, truth]) => [videoFolder + name, truth]));
}

/** Stretches of the truth clips that lie between two marks, a little away from both. */
export function realStretches(clips: ReadonlyMap<string, ShotTruth>): RealStretches {
  return [...clips].flatMap(([path, truth]) => {
    const marks = [...truth.cuts.map((cut) => [cut, cut] as const), ...truth.gradual, ...truth.unscored];
    marks.sort((one, other) => one[0] - other[0]);
    const stretches = [];
    let from = 0;
    for (const [start, end] of marks) {
      if (start - from > 1.6) stretches.push({ path, startS: from + 0.3, endS: start - 0.3 });
      from = Math.max(from, end);
    }
    return stretches;
  });
}

/** Standard deviation of luma under which there is nothing to see in a picture: a plain card, or what a fade left. */
const leastDeviation = 3;

function isOneColour(luma: Uint8Array): boolean {
  let sum = 0;
  let squares = 0;
  for (const value of luma) {
    sum += value;
    squares += value * value;
  }
  return squares / luma.length - (sum / luma.length) ** 2 < leastDeviation ** 2;
}

/**
 * Footage that ffmpeg draws or reads, rendered whole (a few seconds of small pictures); undefined when there is nothing
 * to see in some of it, because a stretch that is empty on the way has a boundary for some and none for others.
 */
function rendered(
  input: readonly string[],
  filter: string,
  size: FrameSize,
  rate: number,
  seconds: number,
): Footage | undefined {
  const { stdout, status, stderr } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', ...input, '-t', String(seconds), '-an', '-vf'],
      `${filter}${filter && ','}scale=${size.width}:${size.height},setsar=1,fps=${rate},format=yuv420p`,
      ...['-f', 'rawvideo', '-'],
    ],
    { maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(String(stderr));
  const frameBytes = (size.width * size.height * 3) / 2;
  const count = Math.floor(stdout.length / frameBytes);
  if (count === 0) throw new Error(`no pictures from ${input.join(' ')}`);
  const isPlain = (frame: number) =>
    isOneColour(stdout.subarray(frame * frameBytes).subarray(0, size.width * size.height));
  for (let frame = 0; frame < count; frame += Math.ceil(rate / 5)) if (isPlain(frame)) return undefined;
  return (at, target) => {
    const index = Math.min(count - 1, Math.round(at * rate));
    target.set(stdout.subarray(index * frameBytes, (index + 1) * frameBytes));
  };
}

/** What ffmpeg can draw by itself. */
function drawnSource(random: Random): string {
  const seed = random.integer(1, 1e6);
  return random.pick([
    () => 'testsrc2=s=640x360:r=25',
    () =>
      `mandelbrot=s=320x180:r=25:start_x=${random.between(-1, 0.2)}:start_y=${random.between(-0.8, 0.8)}:start_scale=${random.between(0.05, 2)}:end_scale=.001:end_pts=800`,
    () =>
      `life=s=160x90:r=25:mold=${random.integer(2, 20)}:ratio=.3:seed=${seed}:life_color=#C83232:death_color=#3264C8`,
    () => `cellauto=s=320x180:r=25:rule=${random.pick([18, 30, 90, 110, 150])}:seed=${seed}`,
    () => `gradients=s=320x180:r=25:seed=${seed}:n=${random.integer(2, 8)}:speed=${random.between(0.005, 0.06)}`,
    () =>
      `color=s=320x180:r=25:c=0x${random.integer(0, 0xffffff).toString(16).padStart(6, '0')},noise=alls=${random.integer(20, 90)}:allf=t:all_seed=${seed % 1000}`,
    () => 'smptehdbars=s=320x180:r=25',
  ])();
}

/**
 * Takes footage of any sort: painted, drawn by ffmpeg or (where there is some) real; never from the source that is to
 * be avoided, because two shots of one picture have no boundary that anybody could see.
 */
export function takeFootage(
  random: Random,
  size: FrameSize,
  rate: number,
  seconds: number,
  real: RealStretches,
  avoid: string | undefined,
): { readonly source: string; readonly footage: Footage } {
  const long = real.filter(({ path, startS }) => `${path} ${startS}` !== avoid);
  const draw = random.share();
  if (long.length > 0 && draw < 0.5) {
    const { path, startS, endS } = random.pick(long);
    const from = random.between(startS, Math.max(startS, endS - seconds));
    const mirrored = random.pick(['', 'hflip']);
    const input = ['-ss', String(from), '-to', String(endS), '-i', path];
    const footage = rendered(input, mirrored, size, rate, seconds);
    if (footage) return { source: `${path} ${startS}`, footage };
  }
  const drawn = drawnSource(random);
  const source = drawn.split('=')[0] ?? drawn;
  if (draw < 0.7 && source !== avoid) {
    const footage = rendered(['-f', 'lavfi', '-ss', '2', '-i', drawn], '', size, rate, seconds);
    if (footage) return { source, footage };
  }
  const camera: Camera = random.pick(['still', 'still', 'shaking', 'panning', 'whipping', 'zooming']);
  return { source: 'painted', footage: paintScene(random, size, camera) };
}
