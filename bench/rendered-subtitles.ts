/** Renders clips with burned-in text whose wording and times are known: subtitles in many styles, and text that is none. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface RenderedCue {
  readonly startMs: number;
  readonly endMs: number;
  /** Lines parted by a newline. */
  readonly text: string;
}

/** How text looks; sizes in shares of the picture's height. */
export interface TextStyle {
  readonly font: string;
  readonly size: number;
  /** RRGGBB */
  readonly colour?: string;
  readonly outlineColour?: string;
  /** Outline width as a share of the font size; default .07. */
  readonly outline?: number;
  readonly shadow?: number;
  /** An opaque (00) to transparent (ff) box behind the text instead of an outline. */
  readonly box?: { readonly colour: string; readonly alpha: string };
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** As on a numeric keypad: 2 bottom centre, 8 top centre, 5 middle. */
  readonly place?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  /** Distance from the edge, as a share of the height. */
  readonly margin?: number;
}

/** Text that is no subtitle, in ASS's own tags (`\pos`, `\move`, `\an` …) over a 1000-high stage. */
export interface OtherText extends RenderedCue {
  readonly style: TextStyle;
  readonly tags?: string;
}

export interface RenderedClip {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: string;
  readonly durationMs: number;
  /** A lavfi source, or a film and where to start in it. */
  readonly background:
    | { readonly lavfi: string }
    | { readonly path: string; readonly fromMs: number; readonly crop?: string };
  readonly style: TextStyle;
  readonly cues: readonly RenderedCue[];
  readonly others?: readonly OtherText[];
  readonly crf?: number;
  /** Frames to leave out, as an ffmpeg select expression, for a variable rate. */
  readonly select?: string;
}

const stageHeight = 1000;

/** Renders the clip to `path` (an .mp4 in a folder of its own). */
export async function renderClip(clip: RenderedClip, path: string): Promise<void> {
  const { width, height, frameRate, durationMs, background } = clip;
  const ass = join(dirname(path), `${clip.name}.ass`);
  await writeFile(ass, assOf(clip));
  const seconds = String(durationMs / 1000);
  const input =
    'lavfi' in background
      ? ['-f', 'lavfi', '-i', background.lavfi]
      : ['-stream_loop', '-1', '-ss', String(background.fromMs / 1000), '-i', background.path];
  const crop = 'path' in background && background.crop ? `crop=${background.crop},` : '';
  const picture = `${crop}scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},setsar=1,fps=${frameRate}`;
  const select = clip.select ? `,select='${clip.select}'` : '';
  await promisify(execFile)('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', ...input, '-t', seconds, '-an'],
    ...['-vf', `${picture},subtitles=${ass}${select}`, '-fps_mode', 'passthrough'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(clip.crf ?? 23), '-pix_fmt', 'yuv420p', path],
  ]);
}

function assOf(clip: RenderedClip): string {
  const stageWidth = Math.round((stageHeight * clip.width) / clip.height);
  const styles = [clip.style, ...(clip.others ?? []).map((other) => other.style)];
  const events = [
    ...clip.cues.map((cue) => eventOf(cue, 'S0', '')),
    ...(clip.others ?? []).map((other, index) => eventOf(other, `S${index + 1}`, other.tags ?? '')),
  ];
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    `PlayResX: ${stageWidth}`,
    `PlayResY: ${stageHeight}`,
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV',
    ...styles.map((style, index) => styleOf(style, `S${index}`)),
    '[Events]',
    'Format: Layer, Start, End, Style, Text',
    ...events,
    '',
  ].join('\n');
}

function styleOf(style: TextStyle, name: string): string {
  const size = style.size * stageHeight;
  const outline = style.box ? 0.15 * size : (style.outline ?? 0.07) * size;
  const edge = style.box
    ? `&H${style.box.alpha}${bgr(style.box.colour)}`
    : `&H00${bgr(style.outlineColour ?? '000000')}`;
  return `Style: ${[
    name,
    style.font,
    size,
    `&H00${bgr(style.colour ?? 'ffffff')}`,
    edge,
    '&H80000000',
    style.bold ? -1 : 0,
    style.italic ? -1 : 0,
    style.box ? 3 : 1,
    outline.toFixed(1),
    ((style.shadow ?? 0) * size).toFixed(1),
    style.place ?? 2,
    20,
    20,
    Math.round((style.margin ?? 0.05) * stageHeight),
  ].join(',')}`;
}

const bgr = (rgb: string) => rgb.slice(4, 6) + rgb.slice(2, 4) + rgb.slice(0, 2);

const eventOf = (cue: RenderedCue, style: string, tags: string) =>
  `Dialogue: 0,${assTime(cue.startMs)},${assTime(cue.endMs)},${style},${tags && `{${tags}}`}${cue.text.replaceAll('\n', '\\N')}`;

/** ASS times are in hundredths of a second. */
function assTime(ms: number): string {
  const hundredths = Math.round(ms / 10);
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(hundredths / 360_000)}:${pad((hundredths / 6000) % 60)}:${pad((hundredths / 100) % 60)}.${pad(hundredths % 100)}`;
}
