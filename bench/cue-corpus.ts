/** The clips that the subtitle reader is measured on: styles and sizes over moving pictures, and text that is no cue. */
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

/** The lines one after another: each as long as it takes to read, with gaps, touching now and then. */
export function spread(texts: readonly string[], firstMs: number): RenderedCue[] {
  let startMs = firstMs;
  return texts.map((text, index) => {
    const endMs = startMs + Math.round((700 + 45 * text.length) / 40) * 40;
    const cue = { startMs, endMs, text };
    startMs = endMs + ([400, 80, 1000, 0][index % 4] ?? 0);
    return cue;
  });
}

const dejaVu = 'DejaVu Sans';
const white: TextStyle = { font: dejaVu, size: 0.055 };

export function developmentCorpus(videoFolder: string): RenderedClip[] {
  const sintel = { path: join(videoFolder, 'sintel-trailer-480p.mp4'), crop: '854:356:0:62' };
  const testVideo = { path: join(videoFolder, 'testvideo.mp4'), fromMs: 0 };
  const palace = { path: join(videoFolder, 'palace-drama-90s.mp4'), fromMs: 5000, crop: '640:220:0:48' };
  const clip = (
    name: string,
    size: string,
    frameRate: string,
    background: RenderedClip['background'],
    style: TextStyle,
    more: Partial<RenderedClip> = {},
  ): RenderedClip => {
    const [width, height] = size.split('x').map(Number) as [number, number];
    const cues = more.cues ?? spread(lines, 600);
    return {
      name,
      width,
      height,
      frameRate,
      durationMs: (cues.at(-1)?.endMs ?? 19_000) + 1000,
      background,
      style,
      cues,
      ...more,
    };
  };
  return [
    clip('white-360p-film', '640x360', '24', { ...sintel, fromMs: 13_000 }, white),
    clip(
      'yellow-720p-testsrc',
      '1280x720',
      '25',
      { lavfi: 'testsrc2=s=1280x720:r=25' },
      { ...white, colour: 'ffe24a' },
    ),
    clip(
      'boxed-480p-mandelbrot',
      '854x480',
      '30',
      { lavfi: 'mandelbrot=s=854x480:r=30' },
      {
        ...white,
        box: { colour: '000000', alpha: '00' },
      },
    ),
    clip('half-box-360p-film', '640x360', '30', { ...palace }, { ...white, box: { colour: '000000', alpha: '80' } }),
    clip('white-1080p-film', '1920x1080', '24', { ...testVideo }, { ...white, shadow: 0.05 }),
    clip(
      'italic-720p-bright',
      '1280x720',
      '30',
      { ...sintel, fromMs: 28_000 },
      { ...white, italic: true, size: 0.05 },
      { durationMs: 22_000 },
    ),
    clip(
      'light-box-720p',
      '1280x720',
      '25',
      { ...palace },
      {
        ...white,
        colour: '101010',
        box: { colour: 'f4f4f4', alpha: '00' },
      },
    ),
    clip(
      'top-480p-60fps',
      '854x480',
      '60',
      { lavfi: 'life=s=214x120:r=60:mold=10:ratio=.1:death_color=#205080:life_color=#80a0c0' },
      { ...white, place: 8 },
    ),
    clip(
      'portrait-720x1280',
      '720x1280',
      '30',
      { ...testVideo },
      { ...white, size: 0.03, margin: 0.3, bold: true, outline: 0.12 },
    ),
    clip(
      'thin-outline-720p-film',
      '1280x720',
      '23.976',
      { ...sintel, fromMs: 13_000 },
      { ...white, size: 0.042, outline: 0.05 },
    ),
    clip('shadow-only-480p', '854x480', '25', { ...palace }, { ...white, outline: 0.0, shadow: 0.06, size: 0.06 }),
    clip('variable-rate-360p', '640x360', '30', { ...sintel, fromMs: 13_000 }, white, {
      select: 'gt(mod(n*7\\,11)\\,3)',
    }),
    clip('low-quality-360p', '640x360', '25', { ...testVideo }, white, { crf: 36 }),
    ...negatives(clip, sintel, testVideo, palace),
  ];
}

type Clip = (
  name: string,
  size: string,
  frameRate: string,
  background: RenderedClip['background'],
  style: TextStyle,
  more: Partial<RenderedClip>,
) => RenderedClip;

function negatives(
  clip: Clip,
  sintel: { path: string; crop: string },
  testVideo: { path: string; fromMs: number },
  palace: { path: string; fromMs: number; crop: string },
): RenderedClip[] {
  const all = (text: string, style: TextStyle, tags?: string, startMs = 0, endMs = 20_000): OtherText => ({
    startMs,
    endMs,
    text,
    style,
    tags,
  });
  const none: RenderedCue[] = [];
  const credits = [
    'Directed by\nAnna Lindqvist',
    'Written by\nTomás Ferreira',
    'Music\nThe Harbour Quartet',
    'Edited by\nJ. Okafor',
  ];
  return [
    clip('no-logo', '640x360', '25', { ...testVideo }, white, {
      cues: none,
      others: [
        all('CHANNEL 9', { ...white, size: 0.045, place: 9 }),
        all('www.example.org', { ...white, size: 0.035, place: 1 }),
      ],
    }),
    clip('no-scrolling-credits', '854x480', '24', { ...sintel, fromMs: 40_000 }, white, {
      cues: none,
      durationMs: 11_000,
      others: [
        all(
          [
            'CAST',
            'Mira . . . Ada Stone',
            'Tom . . . Luis Prado',
            'Guard . . . K. Ito',
            'CREW',
            'Camera . . . P. Novak',
            'Sound . . . R. Diaz',
          ].join('\n'),
          { ...white, size: 0.05, place: 8 },
          '\\move(890,1000,890,-700)',
          0,
          11_000,
        ),
      ],
    }),
    clip('no-static-credits', '1280x720', '24', { lavfi: 'color=black:s=1280x720:r=24' }, white, {
      cues: none,
      others: credits.flatMap((text, index) => [
        all(text, { ...white, place: 5 }, '', 500 + index * 4000, 4000 + index * 4000),
      ]),
    }),
    clip('no-end-page', '1280x720', '24', { lavfi: 'color=black:s=1280x720:r=24' }, white, {
      cues: none,
      others: [
        all(
          [
            'A FILM BY THE HARBOUR GROUP',
            '',
            'Ada Stone   Luis Prado',
            'produced by North Pier',
            '',
            'supported by the City Fund',
            'and the Film Office',
            'northpier.example',
          ].join('\n'),
          { ...white, size: 0.06, place: 5 },
          '',
          1000,
          7000,
        ),
        all('For our parents', { ...white, place: 5 }, '\\fad(500,500)', 9000, 14_000),
      ],
    }),
    clip('no-title-and-sign', '854x480', '25', { ...palace }, white, {
      cues: none,
      others: [
        all('THE LONG WINTER', { ...white, size: 0.14, place: 5, bold: true }, '', 1000, 5000),
        all('BAKERY', { ...white, size: 0.07, colour: '402010', outline: 0 }, '\\pos(400,300)', 2170, 9000),
        all('PIER 12', { ...white, size: 0.06, outline: 0 }, '\\move(300,700,1300,500)', 9000, 14_000),
      ],
    }),
    clip('no-ticker', '1280x720', '30', { ...testVideo }, white, {
      cues: none,
      others: [
        all(
          'Storm warning for the north coast   Ferry service stopped until Monday   Council meets tonight at eight',
          { ...white, size: 0.05, place: 1 },
          '\\move(1800,950,-2200,950)',
        ),
      ],
    }),
    clip('no-text', '640x360', '25', { ...sintel, fromMs: 13_000 }, white, { cues: none, durationMs: 30_000 }),
    clip(
      'mixed-480p',
      '854x480',
      '25',
      { ...testVideo },
      { ...white, size: 0.06 },
      {
        others: [
          all('NORTH TV', { ...white, size: 0.045, place: 9 }, '', 0, 40_000),
          all('Dr. Ruth Hale\nmarine biologist', { ...white, size: 0.05, place: 1, margin: 0.22 }, '', 4000, 8000),
          all('LIGHTHOUSE', { ...white, size: 0.11, place: 5, bold: true }, '', 10_000, 13_000),
          all('HOTEL', { ...white, size: 0.06, outline: 0 }, '\\pos(500,350)', 15_000, 19_000),
        ],
      },
    ),
  ];
}
