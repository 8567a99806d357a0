/** Subtitles in styles, sizes, words and pictures drawn by a seed: any number of clips that nobody has looked at. */
import { readFile } from 'node:fs/promises';
import { backgrounds, clip } from './cue-corpus.js';
import type { RenderedClip, RenderedCue, TextStyle } from './rendered-subtitles.js';

/** Short English texts from EmoBank's table of real sentences (Buechel & Hahn 2017), as subtitles would break them. */
export async function readSubtitleTexts(emoBankCsv: string): Promise<string[]> {
  const rows = (await readFile(emoBankCsv, 'utf8')).split(/\r?\n/);
  return rows.flatMap((row) => {
    const text = row
      .replace(/^(?:[^,]*,){5}/, '')
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"');
    return /^["A-Z][\w ,.?!'":;$%&-]{5,68}[.?!]"?$/.test(text) && !/ [,.?!]| {2}|_|" | "$/.test(text)
      ? [broken(text)]
      : [];
  });
}

/** In two rows of about equal length, where it is too long for one. */
function broken(text: string): string {
  if (text.length <= 38) return text;
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  const middle = spaces.sort((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2))[0] ?? 0;
  return `${text.slice(0, middle)}\n${text.slice(middle + 1)}`;
}

const extras = [
  'No!',
  'Yes, sir.',
  '- Coffee?\n- Two, please.',
  '♪ Carry me home tonight ♪',
  '"Never again," she said.',
  "It's 10:30. We're late!",
  'WE HAVE TO GO NOW',
  '[door slams]',
];

const fonts = [
  'DejaVu Sans',
  'Liberation Sans',
  'Liberation Serif',
  'Nimbus Sans',
  'Noto Sans CJK SC',
  'DejaVu Sans Light',
  'DejaVu Serif',
  'DejaVu Sans Condensed',
  'Liberation Sans Narrow',
  'URW Gothic',
];
const looks: readonly Partial<TextStyle>[] = [
  { outline: 0.07 },
  { colour: 'ffe600', outline: 0.06 },
  { colour: 'd8d8d8', outline: 0.05, shadow: 0.04 },
  { outline: 0, shadow: 0.07 },
  { box: { colour: '000000', alpha: '00' } },
  { box: { colour: '000000', alpha: '70' } },
  { colour: '101010', box: { colour: 'f8f8f8', alpha: '00' } },
  { colour: '000000', box: { colour: 'ffffff', alpha: '40' } },
];
const sizes = ['640x360', '854x480', '1280x720', '640x480', '1920x1080', '720x1280'];

/** `count` clips of ten cues each, most of them unlike any other. */
export function seededClips(
  videoFolder: string,
  seed: number,
  count: number,
  texts: readonly string[],
): RenderedClip[] {
  const films = backgrounds(videoFolder);
  const random = randomNumbers(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(values: readonly T[]): T => values[upTo(values.length)] as T;
  return Array.from({ length: count }, (_, index) => {
    const look = looks[(index + seed) % looks.length] as Partial<TextStyle>;
    const size = sizes[(index + upTo(2)) % sizes.length] as string;
    const [width = 0, height = 0] = size.split('x').map(Number);
    const upright = height > width;
    const font = pick(fonts);
    const style: TextStyle = {
      font,
      size: upright ? 0.027 + 0.006 * random() : 0.048 + 0.022 * random(),
      margin: upright ? 0.15 + 0.2 * random() : 0.03 + 0.09 * random(),
      bold: random() < 0.25,
      italic: random() < 0.25,
      ...look,
    };
    const background = pick([
      films.sintel(13_000 + upTo(12_000)),
      films.palace,
      films.leaf,
      films.testPattern,
      films.mandelbrot,
      films.life,
    ]);
    const words = Array.from({ length: 10 }, () => (random() < 0.2 ? pick(extras) : pick(texts)));
    const cased = random() < 0.15 ? words.map((text) => text.toUpperCase()) : words;
    const name = `${index}-${size}-${font.replaceAll(' ', '')}-${style.box ? `box${style.box.alpha}${style.colour ? 'dark' : ''}` : (style.colour ?? 'white')}`;
    const upward = upright
      ? cased.map((text) => (text.includes('\n') || text.length < 26 ? text : halved(text)))
      : cased;
    return clip(`seed${seed}-${name}`, size, pick(['24', '25', '30', '23.976']), background, style, {
      cues: timed(upward, random),
    });
  });
}

const halved = (text: string) => text.replace(/^(.{10,}?) (.*)$/s, '$1\n$2');

/** One after another, from .6 s on, often without a gap. */
function timed(texts: readonly string[], random: () => number): RenderedCue[] {
  let at = 600;
  return texts.map((text) => {
    const startMs = at;
    const endMs = startMs + Math.round((450 + 20 * text.length + 500 * random()) / 40) * 40;
    at = endMs + (random() < 0.4 ? 0 : 40 * Math.floor(random() * 20));
    return { startMs, endMs, text };
  });
}

/** Numbers in 0…1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
