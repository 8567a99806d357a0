import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chooseDisturbance, type Disturbance, disturb, type Trial } from './disturbance.js';
import { type Footage, type FrameSize, type RealStretches, type ShotTruth, takeFootage } from './footage.js';
import { blend, chooseJoin, type Join } from './join.js';
import { type Random, randomFrom } from './random.js';

/** How the finished film is encoded. */
export type Encoding = 'good' | 'crf40' | 'half rate' | 'doubled frames' | 'pulldown' | 'variable rate';

export const encodings: readonly Encoding[] = [
  'good',
  'crf40',
  'half rate',
  'doubled frames',
  'pulldown',
  'variable rate',
];

interface PlannedShot {
  /** First frame that shows this shot alone or together with the one before; frames of the film. */
  readonly from: number;
  readonly to: number;
  readonly join: Join;
  readonly footage: Footage;
  readonly disturbance?: Disturbance;
}

export interface FilmTruth extends ShotTruth {
  /** What each of the gradual ones is. */
  readonly kinds: readonly Join['how'][];
  /** Boundaries between pictures so alike that no detector owes them: from and to, in seconds. They are not in `cuts` and `gradual`. */
  readonly faint: readonly (readonly [number, number])[];
}

/**
 * Boundaries are faint where the last picture before and the first after differ by less than this on average, summed
 * over Y, Cb and Cr: one title on black after another, or night that dissolves into night.
 */
const faintLevels = 10;
/** Seconds around a faint boundary in which a report counts neither way. */
const faintMargin = 0.25;

const size: FrameSize = { width: 320, height: 180 };

/** Makes a film of `shotCount` shots with sound truth about its boundaries; the seed decides everything in it. */
export async function makeFilm(
  path: string,
  seed: number,
  encoding: Encoding,
  shotCount: number,
  real: RealStretches,
  trial: Trial,
): Promise<FilmTruth> {
  const random = randomFrom(seed);
  const rate = encoding === 'pulldown' ? 24 : 25;
  const shots = planShots(random, rate, shotCount, real, trial);
  await encode(path, encoding, rate, pictures(shots, rate));
  return truthOf(shots, rate);
}

function planShots(random: Random, rate: number, shotCount: number, real: RealStretches, trial: Trial): PlannedShot[] {
  const shots: PlannedShot[] = [];
  let boundary = 0;
  let previousSource: string | undefined;
  let join: Join = { how: 'cut', frames: 0 };
  for (let index = 0; index < shotCount; index++) {
    const next: Join = index === shotCount - 1 ? { how: 'cut', frames: 0 } : chooseJoin(random, rate);
    const alone = Math.round(rate * random.pick([random.between(0.5, 1), random.between(1, 3), random.between(1, 4)]));
    const from = boundary - Math.floor(join.frames / 2);
    boundary = from + join.frames + alone + Math.floor(next.frames / 2);
    const to = boundary - Math.floor(next.frames / 2) + next.frames;
    const { source, footage } = takeFootage(random, size, rate, (to - from) / rate, real, previousSource);
    previousSource = source;
    const disturbance = chooseDisturbance(random, rate, alone, trial);
    shots.push({
      ...{ from, to, join, footage },
      ...(disturbance && { disturbance: { ...disturbance, from: disturbance.from + join.frames } }),
    });
    join = next;
  }
  return shots;
}

function* pictures(shots: readonly PlannedShot[], rate: number): Generator<Uint8Array> {
  const frameBytes = (size.width * size.height * 3) / 2;
  const [before, after, out] = [0, 1, 2].map(() => new Uint8Array(frameBytes)) as [Uint8Array, Uint8Array, Uint8Array];
  const show = (shot: PlannedShot, frame: number, target: Uint8Array) => {
    shot.footage((frame - shot.from) / rate, target);
    if (shot.disturbance) disturb(shot.disturbance, frame - shot.from, target, size.width, size.height);
  };
  for (let frame = 0; ; frame++) {
    const showing = shots.filter(({ from, to }) => frame >= from && frame < to);
    const [first, second] = showing;
    if (!first) return;
    show(first, frame, second ? before : out);
    if (second) {
      show(second, frame, after);
      const share = (frame - second.from + 1) / (second.join.frames + 1);
      blend(second.join, share, before, after, size.width, size.height, out);
    }
    yield out;
  }
}

function truthOf(shots: readonly PlannedShot[], rate: number): FilmTruth {
  const joins = shots.slice(1).map(({ from, join }, index) => ({
    how: join.how,
    range: [from / rate, (from + join.frames) / rate] as const,
    isFaint: differenceAcross(shots, index + 1, rate) < faintLevels,
  }));
  const clear = joins.filter(({ isFaint }) => !isFaint);
  const gradual = clear.filter(({ how }) => how !== 'cut');
  const faint = joins.filter(({ isFaint }) => isFaint).map(({ range }) => range);
  return {
    cuts: clear.filter(({ how }) => how === 'cut').map(({ range: [at] }) => at),
    gradual: gradual.map(({ range }) => range),
    kinds: gradual.map(({ how }) => how),
    faint,
    unscored: faint.map(([start, end]) => [start - faintMargin, end + faintMargin] as const),
  };
}

/** How much the pictures of two shots differ where they meet: mean absolute, summed over Y, Cb and Cr. */
function differenceAcross(shots: readonly PlannedShot[], second: number, rate: number): number {
  const frameBytes = (size.width * size.height * 3) / 2;
  const [before, after] = [new Uint8Array(frameBytes), new Uint8Array(frameBytes)];
  const [left, right] = [shots[second - 1], shots[second]];
  if (!left || !right) throw new RangeError(`no shot ${second}`);
  left.footage((right.from - 1 - left.from) / rate, before);
  right.footage(right.join.frames / rate, after);
  const lumaSize = size.width * size.height;
  let luma = 0;
  let chroma = 0;
  for (let at = 0; at < lumaSize; at++) luma += Math.abs((before[at] ?? 0) - (after[at] ?? 0));
  for (let at = lumaSize; at < frameBytes; at++) chroma += Math.abs((before[at] ?? 0) - (after[at] ?? 0));
  return luma / lumaSize + chroma / (lumaSize / 4);
}

const encodingOptions: Record<Encoding, readonly string[]> = {
  good: ['-crf', '20'],
  crf40: ['-crf', '40'],
  'half rate': ['-vf', "select='not(mod(n,2))'", '-fps_mode', 'vfr', '-crf', '26'],
  'doubled frames': ['-vf', "select='not(mod(n,2))',fps=25", '-crf', '26'],
  pulldown: ['-vf', 'telecine=pattern=23', '-crf', '24'],
  'variable rate': ['-vf', "select='not(eq(mod(n,7),3)+eq(mod(n,11),5))'", '-fps_mode', 'vfr', '-crf', '26'],
};

async function encode(path: string, encoding: Encoding, rate: number, frames: Iterable<Uint8Array>): Promise<void> {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', String(rate)];
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '100'];
  const ffmpeg = spawn(
    'ffmpeg',
    ['-v', 'error', ...input, '-i', '-', ...encodingOptions[encoding], ...codec, '-y', path],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(ffmpeg, 'close');
  for (const frame of frames) if (!ffmpeg.stdin.write(Buffer.from(frame))) await once(ffmpeg.stdin, 'drain');
  ffmpeg.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`ffmpeg could not write ${path}`);
}
