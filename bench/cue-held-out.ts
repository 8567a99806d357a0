/** Clips that were not looked at while the subtitle reader was made: other fonts, sizes, words and pictures. */
import { backgrounds, clip, other, spread } from './cue-corpus.js';
import type { RenderedClip, TextStyle } from './rendered-subtitles.js';

const english = [
  'Tell the captain we are running out of fuel.',
  'Was that thunder?',
  'My sister lived in Quebec\nuntil the winter of 1987.',
  'Keep your voice down, Jack.',
  "You can't be serious. Not again!",
  'Give it back. It belongs to us.',
  'No.',
  "- Where's the key?\n- Under the mat, as always.",
  'Fifty percent now, the rest on Friday.',
  'Hurry up, the bridge is closing',
  'Goodnight, Professor Whitfield.',
];

const chinese = [
  '你怎么现在才来',
  '路上堵车了',
  '我等了你三个小时',
  '对不起，下次不会了',
  '这件事不要告诉别人',
  '好',
  '明天早上八点见',
  '他到底想要什么',
];

export function heldOutCorpus(videoFolder: string): RenderedClip[] {
  const { sintel, leaf, palace, testPattern, mandelbrot, black } = backgrounds(videoFolder);
  const plasma = {
    lavfi: "nullsrc=s=640x360:r=30,geq=lum='128+100*sin(X/40+T*3)*cos(Y/30-T*2)':cb='128+60*sin(T+X/90)':cr=128",
  };
  const cues = spread(english, 1000);
  const zh = spread(chinese, 800);
  const sans: TextStyle = { font: 'Liberation Sans', size: 0.06 };
  const serif: TextStyle = { font: 'Liberation Serif', size: 0.065 };
  const narrow: TextStyle = { font: 'Liberation Sans Narrow', size: 0.062, bold: true };
  const han: TextStyle = { font: 'Noto Sans CJK SC', size: 0.06 };
  const small: TextStyle = { font: 'DejaVu Sans', size: 0.045, outline: 0.1 };
  const none: RenderedClip['cues'] = [];
  return [
    clip('sans-480p-film', '854x480', '25', sintel(22_000), sans, { cues }),
    clip('serif-yellow-720p', '1280x720', '24', palace, { ...serif, colour: 'ffff00' }, { cues }),
    clip(
      'narrow-boxed-360p',
      '640x360',
      '30',
      testPattern,
      { ...narrow, box: { colour: '202020', alpha: '30' } },
      { cues },
    ),
    clip('small-1080p-mandelbrot', '1920x1080', '30', mandelbrot, small, { cues }),
    clip('sans-360p-plasma', '640x360', '30', plasma, sans, { cues }),
    clip(
      'serif-italic-540p-film',
      '960x540',
      '23.976',
      sintel(13_000),
      { ...serif, italic: true, shadow: 0.04 },
      { cues },
    ),
    clip('top-720p-50fps', '1280x720', '50', sintel(24_000), { ...sans, place: 8 }, { cues }),
    clip('scope-bars-800p', '1920x800', '24', sintel(20_000), { ...sans, size: 0.07, margin: 0.03 }, { cues }),
    clip(
      'chinese-portrait-1080',
      '1080x1920',
      '30',
      sintel(22_000),
      { ...han, size: 0.033, margin: 0.27, bold: true },
      { cues: zh },
    ),
    clip('chinese-yellow-720p', '1280x720', '25', palace, { ...han, colour: 'ffe000' }, { cues: zh }),
    clip(
      'chinese-boxed-480p',
      '854x480',
      '30',
      testPattern,
      { ...han, box: { colour: '000000', alpha: '60' } },
      { cues: zh },
    ),
    clip('two-cues-only-360p', '640x360', '25', palace, sans, { cues: cues.slice(4, 6) }),
    clip(
      'light-box-480p-film',
      '854x480',
      '25',
      sintel(30_000),
      { ...sans, colour: '000000', box: { colour: 'ffffff', alpha: '20' } },
      { cues },
    ),
    clip('with-logo-480p', '854x480', '25', palace, sans, {
      cues,
      others: [
        other('STAR 24', { ...sans, size: 0.05, place: 7, bold: true }),
        other('LIVE FROM OSLO', { ...sans, size: 0.045, place: 1, margin: 0.15 }, '', 3000, 9000),
        other('Chapter Two', { ...serif, size: 0.1, place: 5 }, '\\fad(400,400)', 12_000, 15_000),
      ],
    }),
    clip('no-corner-logos', '1280x720', '25', sintel(15_000), sans, {
      cues: none,
      others: [
        other('kanal drei', { ...sans, size: 0.05, place: 3 }),
        other('SAMPLE COPY', { ...sans, size: 0.08, place: 5, outline: 0 }, '\\alpha&HA0&'),
      ],
    }),
    clip('no-roll-480p', '854x480', '24', black, sans, {
      cues: none,
      durationMs: 18_000,
      others: [
        other(
          [
            'Best Boy',
            'Ivo Maric',
            '',
            'Gaffer',
            'Lena Holt',
            '',
            'Sound Mixer',
            'Paul Adeyemi',
            '',
            'Colourist',
            'Mia Chen',
          ].join('\n'),
          { ...sans, size: 0.05, place: 8 },
          '\\move(889,1000,889,-800)',
          0,
          18_000,
        ),
      ],
    }),
    clip('no-cards-720p', '1280x720', '25', palace, sans, {
      cues: none,
      others: ['Starring\nMia Chen', 'with\nPaul Adeyemi', 'Produced by\nLena Holt', 'Directed by\nIvo Maric'].map(
        (text, index) =>
          other(
            text,
            { ...serif, place: index % 2 ? 4 : 6 },
            '\\fad(300,300)',
            1000 + index * 4000,
            4000 + index * 4000,
          ),
      ),
    }),
    clip('no-sign-and-ticker', '854x480', '30', leaf, sans, {
      cues: none,
      others: [
        other(
          'PHARMACY',
          { ...sans, size: 0.07, colour: 'e8ffe8', outline: 0, bold: true },
          '\\pos(1200,300)',
          2000,
          10_000,
        ),
        other(
          'Markets fall for a third day   Trains delayed in the north   Rain expected at the weekend',
          { ...sans, size: 0.05, place: 1 },
          '\\move(1900,960,-2600,960)',
          0,
          20_000,
        ),
      ],
    }),
    clip('no-speech-sintel', '1280x720', '24', sintel(0), sans, { cues: none, durationMs: 40_000 }),
  ];
}
