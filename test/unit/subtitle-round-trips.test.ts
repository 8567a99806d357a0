/** What goes through SubRip, WebVTT and ASS and back, for any text and any narrative. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import { ass } from '../../src/formats/ass.js';
import type { Format } from '../../src/formats/format.js';
import { srt } from '../../src/formats/srt.js';
import { webvtt } from '../../src/formats/webvtt.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { givesTextsBack } from './round-trips.fixture.js';

const joined = (head: string, lines: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({
      head: fc.constantFrom(head, `\uFEFF${head}`),
      lines: fc.array(lines, { minLength: 1, maxLength: 15 }),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      last: fc.constantFrom('', '\n', '\n\n\n'),
    })
    .map((drawn) => `${drawn.head}${[...drawn.lines, ''].join('\n')}${drawn.last}`.replaceAll('\n', drawn.end));

const words = [
  ...[
    '',
    '',
    '',
    ' ',
    'Hello.',
    'MARA: Run!',
    '- Hi\n- Ho',
    '42',
    '<i>so</i> &amp; so',
    '[door slams]',
    '林妙妙：你来了。',
    '{\\an8}up',
  ],
  ...['♪ la', 'a --> b', '00:00:01', 'x\u2028y', 'Mara (V.O.): I knew.', '♥\u200E'],
];
const srtTexts = joined(
  '',
  fc.constantFrom(
    ...[
      '1',
      '2',
      '7',
      '1\n00:00:01,000 --> 00:00:02,000\nOne',
      '00:00:02,000 --> 00:00:03,500',
      '0:03.5 -> 0:04,25 X1:1 X2:9',
    ],
    ...[
      '00:00:05,000 --> 00:00:06,000\nFive\n',
      '00:00:09,000 --> 00:00:08,000',
      '00:0x:01,000 --> 00:00:02,000',
      ...words,
    ],
  ),
);
const vttTexts = joined(
  'WEBVTT',
  fc.constantFrom(
    ...[' - a header', 'Language: pt-BR', 'intro', '\n00:01.000 --> 00:02.000 line:0 align:start\n<v Mara>Hi</v>\n'],
    ...[
      '00:01.000 --> 00:02.000',
      'NOTE so',
      'STYLE',
      '::cue { color: red }',
      '\nREGION\nid:fred\n',
      '<v.loud Tom &amp; Jo>Where?',
    ],
    ...['\n00:02.500 --> 00:03.500\n<v A>Yes</v>\n<v B>No</v>\n', '\n00:02.000 --> 00:01.000\nBack\n', ...words],
  ),
);
const dialogue = (rest: string) => `Dialogue: 0,0:00:01.00,0:00:02.50,Default,${rest}`;
const assTexts = joined(
  '[Script Info]\nTitle: One\n\n[V4+ Styles]\nStyle: Default,Arial,20\n\n[Events]\n',
  fc.constantFrom(
    ...[
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
      dialogue('Mara,0,0,0,,Hi, you'),
    ],
    ...[
      dialogue(',0,0,0,,{\\i1}Yes\\Nno{\\i0}'),
      dialogue(',0,0,0,,{\\p1}m 0 0{\\p0}'),
      dialogue(',0,0,0,,MARA: \\{so\\}'),
    ],
    ...['Dialogue: 0,0:00:03.00,0:00:03.04,S,,0,0,0,,SHOP', 'Dialogue: 0,0:00:03.04,0:00:03.08,S,,0,0,0,,SHOP'],
    ...[
      'Comment: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,never',
      '; a note',
      '[Fonts]',
      '[Events]',
      '',
      'Dialogue: soon',
    ],
  ),
);

/** No two lines are alike, so that none is taken for the other's repeat. */
const short = shortPlans(4, 5).map((plan) =>
  buildNarrative({ ...plan, lines: plan.lines.map((line, n) => ({ ...line, text: `${line.text} ${n}` })) }),
);

interface Told {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly speaker?: string | undefined;
}

/** What a file has to say of each cue, as the nouns have it: who speaks is known by name, else as subtitles say. */
function toldOf(narrative: Narrative, showsSpeakers: boolean, stepMs: number): Told[] {
  return narrative.cues.map(({ id, startMs, endMs, text, speakerTag }) => {
    const lines = narrative.events.filter(({ type }) => type === 'LINE');
    const events = lines.filter(({ provenance }) => provenance.evidence.some(({ nodeId }) => nodeId === id));
    const name = narrative.persons.find((person) => person.id === events[0]?.personId)?.name;
    const isSame = name?.toLowerCase() === speakerTag?.toLowerCase();
    const speaker =
      speakerTag === undefined ? (showsSpeakers ? undefined : name) : isSame ? speakerTag : (name ?? speakerTag);
    const from = Math.round(startMs / stepMs) * stepMs;
    return { startMs: from, endMs: Math.max(from + stepMs, Math.round(endMs / stepMs) * stepMs), text, speaker };
  });
}

const sorted = (told: readonly Told[]) => told.map((one) => JSON.stringify(Object.values(one))).sort();

const forms = [
  { format: srt, texts: srtTexts, showsSpeakers: true, stepMs: 1 },
  { format: webvtt, texts: vttTexts, showsSpeakers: false, stepMs: 1 },
  { format: ass, texts: assTexts, showsSpeakers: false, stepMs: 10 },
] as const satisfies readonly { format: Format; texts: unknown; showsSpeakers: boolean; stepMs: number }[];

const read = (format: Format, text: string) => format.read!(text, { episodeId: 'ep' }).narrative;

describe('Subtitles, there and back', () => {
  for (const { format, texts } of forms)
    it(`give every text of ${format.title} back to the letter`, () =>
      givesTextsBack(format, texts, { readable: 300, refusal: /^Line \d+: / }));

  it('give every line of a narrative back with its time and speaker, or say that they do not', () => {
    fc.assert(
      fc.property(short, (narrative) => {
        for (const { format, showsSpeakers, stepMs } of forms) checkLines(narrative, format, showsSpeakers, stepMs);
      }),
      { numRuns: 1_000 },
    );
  });
});

function checkLines(narrative: Narrative, format: Format, showsSpeakers: boolean, stepMs: number): void {
  const { text, dropped } = format.write!(narrative);
  const droppedOf = (list: string) => dropped.find(({ what }) => what === list)?.count ?? 0;
  const wanted = toldOf(narrative, showsSpeakers, stepMs);
  if (wanted.length === 0) return;
  const back = read(format, text);
  assert.deepEqual(findProblems(back), []);
  const given = back.cues.map((cue) => ({
    ...{ startMs: cue.startMs, endMs: cue.endMs, text: cue.text, speaker: cue.speakerTag },
  }));
  // "dragon: Hello." is no speaker to anybody who reads SubRip.
  const sayable = (speaker?: string) => (!showsSpeakers || /^\p{Lu}|^老/u.test(speaker ?? '') ? speaker : undefined);
  assert.deepEqual(sorted(given), sorted(wanted.map((one) => ({ ...one, speaker: sayable(one.speaker) }))));
  assert.equal(droppedOf('cues.text'), wanted.filter(({ speaker }) => sayable(speaker) !== speaker).length);
  const rounded = narrative.cues.filter(({ startMs, endMs }) => startMs % stepMs > 0 || endMs % stepMs > 0);
  assert.equal(droppedOf('cues.startMs'), rounded.length);
  for (const list of ['scenes', 'shots', 'keyframes', 'appearances', 'signals'] as const)
    assert.equal(droppedOf(list), narrative[list].length, list);
}
