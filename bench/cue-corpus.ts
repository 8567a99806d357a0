/** The clips that the subtitle reader was developed on: styles and sizes over moving pictures, and text that is no cue. */
import { join } from 'node:path';
import type { OtherText, RenderedClip, RenderedCue, TextStyle } from './rendered-subtitles.js';

const lines = [
  'I told you not to come back here.',
  'He said it was his. Was it?',
  "Don't you ever listen to me?",
  'Everything we built is gone now.',
  'Well, the ferry leaves at 6:45.',
  'If you go through that door,\nI will not follow you.',
  'Wait!',
  "- Who is she?\n- I've never seen her before.",
  'A map is of no use to a blind man.',
  'You owe me, like, $300.',
];

/** The texts one after another: each as long as it takes to read, with gaps, touching now and then. */
export function spread(texts: readonly string[], firstMs: number): RenderedCue[] {
  const gapsMs = [400, 80, 1000, 0];
  const cues: RenderedCue[] = [];
  for (const [index, text] of texts.entries()) {
    const before = cues.at(-1);
    const startMs = before ? before.endMs + (gapsMs[(index - 1) % gapsMs.length] ?? 0) : firstMs;
    cues.push({ startMs, endMs: startMs + Math.round((700 + 45 * text.length) / 40) * 40, text });
  }
  return cues;
}

/** A text that stands for the whole clip, or from when to when it does. */
export const other = (text: string, style: TextStyle, tags = '', startMs = 0, endMs = 60_000): OtherText => ({
  startMs,
  endMs,
  text,
  style,
  tags,
});

type Background = RenderedClip['background'];

/** Moving pictures without subtitles of their own. */
export const backgrounds = (videoFolder: string) => {
  const film = (name: string, fromMs: number, crop?: string): Background => ({
    path: join(videoFolder, name),
    fromMs,
    crop,
  });
  return {
    sintel: (fromMs: number) => film('sintel-trailer-480p.mp4', fromMs, '854:356:0:62'),
    /** Has a large watermark of its own, low on the picture. */
    leaf: film('testvideo.mp4', 0),
    /** Above its subtitles. */
    palace: film('palace-drama-90s.mp4', 5000, '640:220:0:48'),
    testPattern: { lavfi: 'testsrc2=s=1280x720:r=25' },
    mandelbrot: { lavfi: 'mandelbrot=s=854x480:r=30' },
    life: {
      lavfi: 'life=s=214x120:r=60:mold=10:ratio=.1:random_seed=7:death_color=#205080:life_color=#80a0c0',
    },
    black: { lavfi: 'color=black:s=1280x720:r=24' },
  };
};

/** A clip of a size such as `640x360`; it lasts until a second after its last cue. */
export function clip(
  name: string,
  size: string,
  frameRate: string,
  background: Background,
  style: TextStyle,
  more: Partial<RenderedClip> & Pick<RenderedClip, 'cues'>,
): RenderedClip {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const durationMs = (more.cues.at(-1)?.endMs ?? 19_000) + 1000;
  return { name, width, height, frameRate, background, style, durationMs, ...more };
}

export const white: TextStyle = { font: 'DejaVu Sans', size: 0.055 };

export function developmentCorpus(videoFolder: string): RenderedClip[] {
  const { sintel, leaf, palace, testPattern, mandelbrot, life } = backgrounds(videoFolder);
  const cues = spread(lines, 600);
  const blackBox = (alpha: string): TextStyle => ({ ...white, box: { colour: '000000', alpha } });
  const dark: TextStyle = { ...white, colour: '101010', box: { colour: 'f4f4f4', alpha: '00' } };
  const upright: TextStyle = { ...white, size: 0.03, margin: 0.3, bold: true, outline: 0.12 };
  return [
    clip('white-360p-film', '640x360', '24', sintel(13_000), white, { cues }),
    clip('yellow-720p-testsrc', '1280x720', '25', testPattern, { ...white, colour: 'ffe24a' }, { cues }),
    clip('boxed-480p-mandelbrot', '854x480', '30', mandelbrot, blackBox('00'), { cues }),
    clip('half-box-360p-film', '640x360', '30', palace, blackBox('80'), { cues }),
    clip('white-1080p-film', '1920x1080', '24', leaf, { ...white, shadow: 0.05 }, { cues }),
    clip('italic-720p-bright', '1280x720', '30', sintel(20_000), { ...white, italic: true, size: 0.05 }, { cues }),
    clip('light-box-720p', '1280x720', '25', palace, dark, { cues }),
    clip('top-480p-60fps', '854x480', '60', life, { ...white, place: 8 }, { cues }),
    clip('portrait-720x1280', '720x1280', '30', leaf, upright, { cues }),
    clip(
      'thin-outline-720p-film',
      '1280x720',
      '23.976',
      sintel(13_000),
      { ...white, size: 0.042, outline: 0.05 },
      { cues },
    ),
    clip('shadow-only-480p', '854x480', '25', palace, { ...white, outline: 0, shadow: 0.06, size: 0.06 }, { cues }),
    clip('variable-rate-360p', '640x360', '30', sintel(13_000), white, { cues, select: 'gt(mod(n*7\\,11)\\,3)' }),
    clip('low-quality-360p', '640x360', '25', leaf, white, { cues, crf: 36 }),
    clip(
      'mixed-480p',
      '854x480',
      '25',
      leaf,
      { ...white, size: 0.06 },
      {
        cues,
        others: [
          other('NORTH TV', { ...white, size: 0.045, place: 9 }),
          other('Dr. Ruth Hale\nmarine biologist', { ...white, size: 0.05, place: 1, margin: 0.22 }, '', 4000, 8000),
          other('LIGHTHOUSE', { ...white, size: 0.11, place: 5, bold: true }, '', 10_000, 13_000),
          other('HOTEL', { ...white, size: 0.06, outline: 0 }, '\\pos(500,350)', 15_000, 19_000),
        ],
      },
    ),
    ...negatives(videoFolder),
  ];
}

function negatives(videoFolder: string): RenderedClip[] {
  const { sintel, leaf, palace, black } = backgrounds(videoFolder);
  const cues: RenderedCue[] = [];
  const middle: TextStyle = { ...white, place: 5 };
  const cast = [
    'CAST',
    'Mira . . . Ada Stone',
    'Tom . . . Luis Prado',
    'Guard . . . K. Ito',
    'CREW',
    'Camera . . . P. Novak',
  ];
  const cards = [
    'Directed by\nAnna Lindqvist',
    'Written by\nTomás Ferreira',
    'Music\nThe Harbour Quartet',
    'Edited by\nJ. Okafor',
  ];
  const page = [
    'A FILM BY THE HARBOUR GROUP',
    '',
    'Ada Stone   Luis Prado',
    'produced by North Pier',
    '',
    'northpier.example',
  ];
  const news =
    'Storm warning for the north coast   Ferry service stopped until Monday   Council meets tonight at eight';
  return [
    clip('no-logo', '640x360', '25', leaf, white, {
      cues,
      others: [
        other('CHANNEL 9', { ...white, size: 0.045, place: 9 }),
        other('www.example.org', { ...white, size: 0.035, place: 1 }),
      ],
    }),
    clip('no-scrolling-credits', '854x480', '24', sintel(40_000), white, {
      cues,
      durationMs: 11_000,
      others: [other(cast.join('\n'), { ...white, size: 0.05, place: 8 }, '\\move(890,1000,890,-700)', 0, 11_000)],
    }),
    clip('no-static-credits', '1280x720', '24', black, white, {
      cues,
      others: cards.map((text, index) => other(text, middle, '', 500 + index * 4000, 4000 + index * 4000)),
    }),
    clip('no-end-page', '1280x720', '24', black, white, {
      cues,
      others: [
        other(page.join('\n'), { ...middle, size: 0.06 }, '', 1000, 7000),
        other('For our parents', middle, '\\fad(500,500)', 9000, 14_000),
      ],
    }),
    clip('no-title-and-sign', '854x480', '25', palace, white, {
      cues,
      others: [
        other('THE LONG WINTER', { ...middle, size: 0.14, bold: true }, '', 1000, 5000),
        other('BAKERY', { ...white, size: 0.07, colour: '402010', outline: 0 }, '\\pos(400,300)', 2170, 9000),
        other('PIER 12', { ...white, size: 0.06, outline: 0 }, '\\move(300,700,1300,500)', 9000, 14_000),
      ],
    }),
    clip('no-ticker', '1280x720', '30', leaf, white, {
      cues,
      others: [other(news, { ...white, size: 0.05, place: 1 }, '\\move(1800,950,-2200,950)', 0, 20_000)],
    }),
    clip('no-text', '640x360', '25', sintel(13_000), white, { cues, durationMs: 30_000 }),
  ];
}
