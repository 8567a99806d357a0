/** Renders planned films: each shot by ffmpeg from its clip, joined, faded and dissolved frame by frame. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runFfmpeg } from '../../workers/media/ffmpeg.js';
import type { Setup } from './places.js';
import { type FilmPlan, framesPerSecond, type Light, type PlannedShot } from './plan.js';

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

const bytesOf = ({ width, height }: FrameSize) => (width * height * 3) / 2;

/** The film's frames, yuv420p, one after the other. */
export async function* planFrames(plan: FilmPlan, size: FrameSize, dataFolder: string): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  for (const [index, shot] of plan.shots.entries()) {
    const frames = await shotFrames(shot, size, dataFolder);
    const next = plan.shots[index + 1];
    const overlap = 2 * shot.transitionFrames;
    if (shot.transition === 'DISSOLVE')
      for (const [at, old] of held.entries()) frames[at] = mix(old, frames[at] ?? old, (at + 1) / (overlap + 1));
    if (shot.transition === 'FADE')
      for (let at = 0; at < overlap; at++) darken(frames[at], (at + 1) / (overlap + 1), size);
    const out = next ? 2 * next.transitionFrames : 0;
    if (next?.transition === 'FADE')
      for (let at = 0; at < out; at++) darken(frames.at(-1 - at), (at + 1) / (out + 1), size);
    held = next?.transition === 'DISSOLVE' ? frames.splice(frames.length - out, out) : [];
    yield* frames;
  }
}

/** Every setup is decoded once a size. */
const decoded = new Map<string, Promise<Buffer[]>>();

async function setupFrames(setup: Setup, size: FrameSize, dataFolder: string): Promise<Buffer[]> {
  const { clip, startMs, endMs, crop } = setup;
  const [share, left, top] = crop;
  const crops = `crop=iw*${share}:ih*${share}:iw*${left}:ih*${top}`;
  const raw = await runFfmpeg({
    input: join(dataFolder, clip),
    inputOptions: ['-ss', String(startMs / 1000), '-t', String((endMs - startMs) / 1000)],
    outputOptions: [
      '-an',
      '-vf',
      `${crops},scale=${size.width}:${size.height}:flags=area,fps=${framesPerSecond}`,
    ].concat(['-pix_fmt', 'yuv420p', '-f', 'rawvideo']),
  });
  const bytes = bytesOf(size);
  return Array.from({ length: Math.floor(raw.length / bytes) }, (_, at) => raw.subarray(at * bytes, (at + 1) * bytes));
}

/** The setup's frames from the shot's offset on, under its light; the last one is held where the clip is too short. */
export async function shotFrames(shot: PlannedShot, size: FrameSize, dataFolder: string): Promise<Buffer[]> {
  const key = JSON.stringify([shot.setup, size, dataFolder]);
  const frames = await (decoded.get(key) ?? decoded.set(key, setupFrames(shot.setup, size, dataFolder)).get(key));
  const first = Math.floor((shot.offsetMs * framesPerSecond) / 1000);
  const last = frames?.at(-1);
  if (!frames || !last) throw new Error(`No picture in ${shot.setup.clip} at ${shot.setup.startMs} ms.`);
  return Array.from({ length: shot.frames }, (_, at) => underLight(frames[first + at] ?? last, shot.light, size));
}

/** A copy of a yuv420p frame with another light on it. */
function underLight(frame: Buffer, light: Light, { width, height }: FrameSize): Buffer {
  const out = Buffer.from(frame);
  const curve = Uint8Array.from({ length: 256 }, (_, luma) => {
    const lifted = Math.max(0, (luma - 16) / 219) ** (1 / light.gamma);
    return Math.min(235, Math.max(16, 16 + 219 * (0.5 + light.contrast * (lifted - 0.5))));
  });
  const pixels = width * height;
  for (let at = 0; at < pixels; at++) out[at] = curve[frame[at] ?? 16] ?? 16;
  const cosine = light.saturation * Math.cos((light.hueDegrees * Math.PI) / 180);
  const sine = light.saturation * Math.sin((light.hueDegrees * Math.PI) / 180);
  for (let at = pixels; at < pixels * 1.25; at++) {
    const u = (frame[at] ?? 128) - 128;
    const v = (frame[at + pixels / 4] ?? 128) - 128;
    out[at] = Math.min(255, Math.max(0, 128 + cosine * u - sine * v));
    out[at + pixels / 4] = Math.min(255, Math.max(0, 128 + sine * u + cosine * v));
  }
  if (light.mirrored) mirror(out, planesOf({ width, height }));
  return out;
}

/** Start, width and height of the three planes. */
const planesOf = ({ width, height }: FrameSize) => [
  { start: 0, width, height },
  { start: width * height, width: width / 2, height: height / 2 },
  { start: width * height * 1.25, width: width / 2, height: height / 2 },
];

function mirror(frame: Buffer, planes: ReturnType<typeof planesOf>): void {
  for (const { start, width, height } of planes)
    for (let row = 0; row < height; row++) frame.subarray(start + row * width, start + (row + 1) * width).reverse();
}

const mix = (old: Buffer, young: Buffer, share: number): Buffer =>
  Buffer.from(young.map((value, at) => Math.round(share * value + (1 - share) * (old[at] ?? value))));

/** Keeps `share` of the light; black is luma 16, grey chroma 128. */
function darken(frame: Buffer | undefined, share: number, { width, height }: FrameSize): void {
  frame?.forEach((value, at) => {
    const rest = at < width * height ? 16 : 128;
    frame[at] = Math.round(rest + share * (value - rest));
  });
}

/** Encodes a planned film to H.264. */
export async function renderFilm(plan: FilmPlan, size: FrameSize, dataFolder: string, output: string): Promise<void> {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`];
  const encoder = spawn(
    'ffmpeg',
    ['-v', 'error', '-y', ...input, '-r', String(framesPerSecond), '-i', 'pipe:0'].concat([
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '23',
      output,
    ]),
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const closed = once(encoder, 'close');
  for await (const frame of planFrames(plan, size, dataFolder))
    if (!encoder.stdin.write(frame)) await once(encoder.stdin, 'drain');
  encoder.stdin.end();
  await closed;
  if (encoder.exitCode !== 0) throw new Error(`ffmpeg could not encode ${output}.`);
}
