import { deepEqual, equal, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { readAss } from '../../src/formats/ass.js';
import { speakerOf } from '../../src/formats/speaker-tag.js';
import { readSrt } from '../../src/formats/srt.js';
import type { Subtitles } from '../../src/formats/subtitle-cue.js';
import { readSubtitles } from '../../src/formats/subtitles.js';
import { readWebVtt } from '../../src/formats/webvtt.js';

/** Cues as `start–end speaker: text`. */
const shown = ({ cues }: Subtitles) =>
  cues.map(
    ({ startMs, endMs, text, speakerTag }) => `${startMs}–${endMs} ${speakerTag ? `${speakerTag}: ` : ''}${text}`,
  );
const unreadable = (line: number) => ({ code: 'SUBTITLES_UNREADABLE', message: new RegExp(`^Line ${line}: `) });

describe('SubRip', () => {
  const srt = (...lines: string[]) => readSrt(lines.join('\r\n'));

  it('is read with its lines, tags and entities', () => {
    const text = '<i>One</i> &amp; <font color="#fff">two</font>, {\\an8}3 < 4 <3';
    deepEqual(shown(srt('1', '00:00:01,000 --> 00:00:02,500', text, ' second  line ')), [
      '1000–2500 One & two, 3 < 4 <3\nsecond line',
    ]);
  });
  it('survives missing blank lines, numbers and hours, dots for commas, spaces and coordinates', () => {
    const found = srt(
      '1',
      '00:00:01.000 --> 00:00:02.500 X1:10 X2:20 Y1:1 Y2:9',
      'one',
      '2',
      '00: 00:03 , 5 -> 00:00:04',
      'two',
      '',
      '00:05,250 –> 0:06,000',
      '',
      'three',
      '42',
      '',
      '9',
      '00:00:07,000-->00:00:08,000',
      '42',
    );
    deepEqual(shown(found), ['1000–2500 one', '3500–4000 two', '5250–6000 three\n42', '7000–8000 42']);
    deepEqual(found.defects, []);
  });
  it('is put in order, keeps overlaps, and joins what is repeated at once', () => {
    const found = srt(
      '00:00:05,000 --> 00:00:06,000',
      'late',
      '00:00:01,000 --> 00:00:04,000',
      'long',
      '00:00:02,000 --> 00:00:03,000',
      'beside',
      '00:00:03,020 --> 00:00:03,500',
      'beside',
    );
    deepEqual(shown(found), ['1000–4000 long', '2000–3500 beside', '5000–6000 late']);
  });
  it('drops empty cues, and with a note those of impossible times', () => {
    const found = srt(
      ...['1', '00:00:01,000 --> 00:00:02,000', 'kept', '', '2', '00:00:03,000 --> 00:00:04,000', '<b></b>', ''],
      ...['3', '00:00:06,000 --> 00:00:05,000', 'backwards', '', '4', '-00:00:01,000 --> 00:00:01,000', 'early'],
      ...['5', '00:00:01,000 --> 99:00:01,000', 'endless', '', '6', '00:00:07,000 --> 00:00:08,000', 'kept too'],
      ...['7', '00:00:08,000 --> 00:00:09,000', 'and this', '8', '00:00:09,000 --> 00:00:10,000', 'and that'],
    );
    deepEqual(shown(found), ['1000–2000 kept', '7000–8000 kept too', '8000–9000 and this', '9000–10000 and that']);
    deepEqual(
      found.defects.map(({ line }) => line),
      [10, 14, 17],
    );
  });
  it('is refused with the line when no time can be read', () => {
    throws(() => srt('1', '00:00:xx,000 --> 00:00:02:zz', 'words'), unreadable(2));
    throws(() => srt('nothing', 'at all'), unreadable(1));
    throws(() => srt('1', '00:00:01,000 --> 00:00:02,000', ''), unreadable(2));
  });
});

describe('WebVTT', () => {
  const vtt = (...lines: string[]) => readWebVtt(['WEBVTT', ...lines].join('\n'));

  it('passes over notes, styles, regions, identifiers and settings', () => {
    const found = vtt(
      ...['Kind: captions', 'Language: pt-BR', '', 'STYLE', '::cue { color: red }', ''],
      ...['REGION', 'id:fred', 'width:40%', '', 'NOTE one', 'line --', '', 'intro - 1'],
      ...['01:02.003 --> 00:01:04.000 region:fred line:0 position:20% align:start', '- Hi', 'there', '', 'NOTE', 'end'],
    );
    deepEqual(shown(found), ['62003–64000 - Hi\nthere']);
    equal(found.language, 'pt-BR');
  });
  it('gives each voice of a cue a cue of its own', () => {
    const cue = [
      '00:01.000 --> 00:02.000',
      '<v.loud Mara>Run, <i>now</i>!</v>',
      '<v Tom &amp; Jo>Where<00:01.500> to?',
    ];
    deepEqual(shown(vtt('', ...cue)), ['1000–2000 Mara: Run, now!', '1000–2000 Tom & Jo: Where to?']);
  });
  it('decodes escapes, keeps text after them, and leaves out ruby glosses', () => {
    const cue = ['00:01.000 --> 00:02.000', '1 &lt; 2 &#8217;&nbsp;x&lrm; <ruby>漢<rt>kan</rt></ruby><c.a.b>字</c>'];
    deepEqual(shown(vtt('', ...cue)), ['1000–2000 1 < 2 ’ x 漢字']);
  });
  it('survives missing blank lines', () => {
    const found = vtt('1', '00:01.000 --> 00:02.000', 'one', '2', '00:02.000 --> 00:03.000', 'two');
    deepEqual(shown(found), ['1000–2000 one', '2000–3000 two']);
  });
});

describe('ASS', () => {
  const ass = (...lines: string[]) =>
    readAss(
      [
        ...['[Script Info]', 'Title: x', '[V4+ Styles]', 'Format: Name, Fontname', 'Style: Default,Arial', '[Events]'],
        ...lines,
      ].join('\r\n'),
    );
  const columns = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

  it('is read by its columns, with names as speakers, without overrides, comments and drawings', () => {
    const found = ass(
      columns,
      'Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,never shown',
      'Dialogue: 0,0:01:01.05,0:01:02.50,Default,Mara,0,0,0,,{\\i1}Yes{\\i0}, no,\\Nand{a note}\\hmaybe',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Sign,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}shop',
      'Dialogue: 0,0:00:03.00,0:00:04.00,Sign,,0,0,0,,{\\p2}m 0 0 l 10 10',
    );
    deepEqual(shown(found), ['1000–2000 shop', '61050–62500 Mara: Yes, no,\nand maybe']);
  });
  it('takes other orders of columns', () => {
    const found = ass('Format: Start, Text, End', 'Dialogue: 0:00:01.00,Hello,0:00:02.00');
    deepEqual(shown(found), ['1000–2000 Hello']);
  });
  it('joins what typesetting repeats frame by frame', () => {
    const frame = (start: string, end: string) =>
      `Dialogue: 0,0:00:${start},0:00:${end},S,,0,0,0,,{\\pos(1,${end})}SHOP`;
    deepEqual(shown(ass(columns, frame('01.00', '01.04'), frame('01.04', '01.08'), frame('01.08', '01.12'))), [
      '1000–1120 SHOP',
    ]);
  });
  it('is refused with the line of its broken time', () => {
    throws(() => ass(columns, 'Dialogue: 0,soon,later,Default,,0,0,0,,Hi'), unreadable(8));
  });
});

describe('speaker tags', () => {
  it('are taken off a line', () => {
    const tagged = {
      'MARA: Run!': 'MARA',
      'Mara: Run!': 'Mara',
      '[Mara] Run!': 'Mara',
      '[MARA]: Run!': 'MARA',
      '(MARA) Run!': 'MARA',
      '- MARA: Run!': 'MARA',
      'MARA (V.O.): Run!': 'MARA (V.O.)',
      'MAN:Run!': 'MAN',
      'Police Officer #2: Run!': 'Police Officer #2',
      'Mr. and Mrs. O’Hara: Run!': 'Mr. and Mrs. O’Hara',
      'МАРА: Run!': 'МАРА',
      '玛拉：Run!': '玛拉',
      '（マラ）Run!': 'マラ',
    };
    for (const [line, speakerTag] of Object.entries(tagged)) deepEqual(speakerOf(line), { text: 'Run!', speakerTag });
  });
  it('are not seen in notes, clock times, addresses, sounds and speech about speech', () => {
    const plain = [
      ...['Note: it is late.', 'NOTE: it is late.', '12:30 is late.', 'At 12:30: tea.', 'http://example.org/'],
      ...['See https://example.org', 'Remember: never.', 'He said: no.', 'Two words: shut up.', 'Chapter 1: Dawn'],
      ...['[Door slams] What?', '[MUSIC] La la', '(sighs) Well.', '(SIGHS) Well.', '[In French] Oui.', 'Ratio 3:2'],
      ...['他说：你好', '注意：危险', '字幕组：某某', '第一章：开始'],
    ];
    for (const line of plain) deepEqual(speakerOf(line), { text: line });
  });
  it('divide a dialogue, and carry on over lines', () => {
    const found = readSrt(
      '1\n00:01,0 --> 00:02,0\n- MARA: Run\nnow!\n- TOM: Where?\n- Here.\n2\n00:03,0 --> 00:04,0\nJO:\nNo.',
    );
    deepEqual(shown(found), [
      '1000–2000 MARA: Run\nnow!',
      '1000–2000 TOM: Where?',
      '1000–2000 - Here.',
      '3000–4000 JO: No.',
    ]);
  });
});

describe('a subtitle file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('is told by its content', () => {
    equal(readSubtitles(bytes('\uFEFFWEBVTT - x\n\n00:01.000 --> 00:02.000\nHi')).format, 'webvtt');
    equal(readSubtitles(bytes('1\n00:00:01,000 --> 00:00:02,000\nHi')).format, 'srt');
    equal(readSubtitles(bytes('[Script Info]\n[Events]\nDialogue: 0,0:0:1.00,0:0:2.00,D,,0,0,0,,Hi')).format, 'ass');
  });
  it('of another kind is refused by name', () => {
    throws(() => readSubtitles(bytes('{0}{25}Hi')), { code: 'SUBTITLES_UNREADABLE', message: /MicroDVD/ });
    throws(() => readSubtitles(bytes('<?xml version="1.0"?><tt xmlns="x">')), { message: /TTML/ });
    throws(() => readSubtitles(bytes('Dear all,\nhello')), unreadable(1));
    throws(() => readSubtitles(bytes('')), { message: /empty/ });
  });
});

describe('any file at all', () => {
  const readOrRefuse = (text: string) => {
    try {
      readSubtitles(new TextEncoder().encode(text));
    } catch (error) {
      equal((error as { code?: unknown }).code, 'SUBTITLES_UNREADABLE');
    }
  };
  it('is read or refused in words', () => {
    const pieces = [
      'WEBVTT',
      '[Events]',
      'Dialogue: ',
      '00:00:01,000',
      ' --> ',
      '\n',
      '\n\n',
      '<v ',
      '>',
      '{\\p1}',
      'A: ',
    ];
    const piece = fc.oneof(fc.constantFrom(...pieces), fc.string());
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (parts) => readOrRefuse(parts.join(''))));
  });
  it('takes no longer when it is made to', () => {
    const heads = [
      '1\n00:00:01,000 --> 00:00:02,000\n',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n',
      '[Script Info]\nDialogue: ',
    ];
    for (const head of heads)
      for (const piece of [' ', '-', '\n', '<v ', '<rt>', '{', '{\\', '1 ', '[', 'A:', '&#', '00:00'])
        readOrRefuse(head + piece.repeat(100_000));
  }).timeout(5000);
});
