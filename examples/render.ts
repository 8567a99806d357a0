/** Renders the demo film: draws every picture, mixes the sound, and has ffmpeg put them into one MP4. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import { ffmpegError } from '../workers/media/ffmpeg.js';
import { pictureHeight, pictureWidth } from './draw/set.js';
import { drawingsPerSecond, type Film, framesPerSecond, planFilm } from './film.js';
import { drawShot, drawSubtitle, drawTitle, fontFamily, type Mouths } from './picture.js';
import { readScreenplay } from './screenplay.js';
import { soundGraph, speakLines, voiceTrack } from './sound.js';
import { storyboard } from './storyboard.js';
import { voiceRate } from './voice.js';

const fontFolder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/lato/package.json'));

const rasterOptions: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: [join(fontFolder, '700Bold/Lato_700Bold.ttf'), join(fontFolder, '300Light/Lato_300Light.ttf')],
    defaultFontFamily: fontFamily,
  },
};

/** The screenplay and its storyboard on one clock; what the finished film must show, to the drawing. */
export async function planDemoFilm(): Promise<Film> {
  const written = new URL('../../examples/the-light-left-on.fountain', import.meta.url);
  return planFilm(readScreenplay(await readFile(written, 'utf8')), storyboard);
}

/** Renders "The Light Left On" to an MP4; the file appears only when it is whole. */
export async function renderDemoFilm(outPath: string, signal?: AbortSignal): Promise<Film> {
  const film = await planDemoFilm();
  const utterances = speakLines(film);
  const scratch = await mkdtemp(join(tmpdir(), 'fabula-film-'));
  const unfinished = `${resolve(outPath)}.${process.pid}.part`;
  try {
    await mkdir(dirname(unfinished), { recursive: true });
    const voiceFile = join(scratch, 'voices.pcm');
    await writeFile(voiceFile, voiceTrack(film, utterances));
    const mouths: Mouths = (line, seconds) => utterances[film.lines.indexOf(line)]?.opening(seconds) ?? 0;
    await encode(drawPictures(film, mouths), [...inputs(voiceFile), ...outputs(film), unfinished], signal);
    await rename(unfinished, outPath);
  } finally {
    await rm(unfinished, { force: true });
    await rm(scratch, { recursive: true, force: true });
  }
  return film;
}

const inputs = (voiceFile: string): string[] => [
  ...[
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgba',
    '-s',
    `${pictureWidth}x${pictureHeight}`,
    '-r',
    String(drawingsPerSecond),
    '-i',
    'pipe:0',
  ],
  ...['-f', 's16le', '-ar', String(voiceRate), '-ac', '1', '-i', voiceFile],
];

const outputs = (film: Film): string[] => [
  ...[
    '-filter_complex',
    `[0:v]fps=${framesPerSecond}:round=up[picture];${soundGraph(film)}`,
    '-map',
    '[picture]',
    '-map',
    '[sound]',
    '-t',
    String(film.seconds),
  ],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', '-threads', '1'],
  ...['-c:a', 'aac', '-b:a', '128k', '-metadata', `title=${film.title}`, '-movflags', '+faststart'],
  ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4', '-y'],
];

/** RGBA pictures in order. Two are drawn at a time. */
async function* drawPictures(film: Film, mouths: Mouths): AsyncGenerator<Buffer> {
  const overlays = await drawOverlays(film);
  const count = Math.round(film.seconds * drawingsPerSecond);
  const picture = (index: number) =>
    index < count ? drawPicture(film, mouths, index / drawingsPerSecond, overlays) : undefined;
  let next = picture(0);
  for (let index = 0; index < count; index++) {
    const current = next;
    next = picture(index + 1);
    next?.catch(() => {});
    if (current) yield await current;
  }
}

type Overlays = ReadonlyMap<string, Buffer>;

/** Lettering is drawn once and laid over the pictures. */
async function drawOverlays(film: Film): Promise<Overlays> {
  const overlays = new Map<string, Buffer>([['title', await raster(drawTitle(film.title))]]);
  for (const { subtitle } of film.lines) overlays.set(subtitle, await raster(drawSubtitle(subtitle)));
  return overlays;
}

const raster = async (svg: string): Promise<Buffer> => (await renderAsync(svg, rasterOptions)).pixels;

async function drawPicture(film: Film, mouths: Mouths, seconds: number, overlays: Overlays): Promise<Buffer> {
  const index = film.shots.findIndex(({ end }) => seconds < end - 1e-6);
  const shot = film.shots[index] ?? film.shots.at(-1);
  if (!shot) throw new Error('The storyboard is empty.');
  const pixels = await raster(drawShot(film, shot, seconds, mouths));
  for (const [earlier, later] of [
    [film.shots[index - 1], shot],
    [shot, film.shots[index + 1]],
  ]) {
    const half = (later?.into?.seconds ?? 0) / 2;
    if (!earlier || !later?.into || Math.abs(seconds - later.start) >= half) continue;
    const share = (seconds - later.start + half) / (2 * half);
    const other = earlier === shot ? later : earlier;
    if (later.into.transition === 'FADE') darken(pixels, Math.abs(2 * share - 1));
    else blend(pixels, await raster(drawShot(film, other, seconds, mouths)), other === later ? share : 1 - share);
  }
  const title = overlays.get('title');
  if (title) layOver(pixels, title, Math.min(1, (seconds - 0.4) / 0.5, (2.6 - seconds) / 0.4));
  const line = film.lines.find(({ start, end }) => seconds >= start - 1e-6 && seconds < end - 1e-6);
  const subtitle = line && overlays.get(line.subtitle);
  if (subtitle) layOver(pixels, subtitle, 1);
  return pixels;
}

function blend(pixels: Buffer, other: Buffer, share: number): void {
  for (let at = 0; at < pixels.length; at++) pixels[at] = (pixels[at] ?? 0) * (1 - share) + (other[at] ?? 0) * share;
}

function darken(pixels: Buffer, light: number): void {
  for (let at = 0; at < pixels.length; at++) if (at % 4 !== 3) pixels[at] = (pixels[at] ?? 0) * light;
}

/** `over` has its colours multiplied by its alpha, as resvg renders them. */
function layOver(pixels: Buffer, over: Buffer, strength: number): void {
  if (strength <= 0) return;
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = (over[at + 3] ?? 0) * strength;
    if (alpha === 0) continue;
    for (let channel = at; channel < at + 3; channel++)
      pixels[channel] = (pixels[channel] ?? 0) * (1 - alpha / 255) + (over[channel] ?? 0) * strength;
  }
}

/** Feeds ffmpeg with pictures. FFMPEG_MISSING or FFMPEG_FAILED; ffmpeg is ended whenever this stops early. */
async function encode(pictures: AsyncIterable<Buffer>, args: readonly string[], signal?: AbortSignal): Promise<void> {
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  const complaint = text(ffmpeg.stderr);
  const ended = once(ffmpeg, 'close');
  // Both are awaited at the end; until then, neither a failure nor a closed pipe may go unheard.
  ended.catch(() => {});
  ffmpeg.stdin.on('error', () => {});
  try {
    for await (const picture of pictures) {
      signal?.throwIfAborted();
      if (ffmpeg.exitCode !== null || !ffmpeg.pid) break;
      if (!ffmpeg.stdin.write(picture)) await Promise.race([once(ffmpeg.stdin, 'drain'), ended]);
    }
    ffmpeg.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw new Error(await complaint);
  } catch (error) {
    throw ffmpeg.pid && ffmpeg.exitCode === null ? error : ffmpegError(error as Error);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}
