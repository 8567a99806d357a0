/** Subtitles as episodes: what they become in the graph, and what stays of their files when somebody changes a line. */
import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { ass } from '../../src/formats/ass.js';
import type { Format } from '../../src/formats/format.js';
import { srt } from '../../src/formats/srt.js';
import { webvtt } from '../../src/formats/webvtt.js';
import { correctField } from '../../src/narrative/correct-field.js';

const read = (format: Format, text: string) => format.read!(text, { episodeId: 'ep', fallbackTitle: 'Pier' });
const write = (format: Format, narrative: Narrative) => format.write!(narrative).text;

/** The narrative with one field as a person says it is. */
function corrected(
  narrative: Narrative,
  list: 'cues' | 'events' | 'persons',
  n: number,
  field: string,
  value: unknown,
): Narrative {
  const nodes: readonly NarrativeNode[] = narrative[list];
  return { ...narrative, [list]: nodes.map((node, at) => (at === n ? correctField(node, node, field, value) : node)) };
}

const subRip = [
  ...['1', '00:00:01,000 --> 00:00:02,000 X1:10 X2:20', 'MARA: <i>Hi,</i> Tomas.', ''],
  ...['7', '00:00:02,500 --> 00:00:04,000', '- Where?', '- Here.', '', ''],
  ...['3', '00:00:05,000 --> 00:00:04,000', 'Backwards', ''],
  ...['4', '00:00:06,000 --> 00:00:07,000', '[door slams]', ''],
].join('\r\n');

describe('Subtitles', () => {
  it('become cues, lines and sounds of the people whom they name', () => {
    const { narrative, report } = read(srt, subRip);
    const nameOf = new Map(narrative.persons.map(({ id, name }) => [id, name]));
    assert.deepEqual(
      narrative.events.map(({ type, dialogue, audioCue, personId, startMs }) => [
        ...[type, startMs, nameOf.get(personId ?? ''), dialogue ?? audioCue],
      ]),
      [
        ['LINE', 1000, 'Mara', 'Hi, Tomas.'],
        ['LINE', 2500, undefined, 'Where?'],
        ['LINE', 3318, undefined, 'Here.'],
        ['ACTION', 6000, undefined, 'door slams'],
      ],
    );
    assert.deepEqual(
      narrative.events.map(({ provenance }) =>
        narrative.cues.findIndex(({ id }) => id === provenance.evidence[0]?.nodeId),
      ),
      [0, 1, 1, 2],
    );
    assert.equal(narrative.episode.title, 'Pier');
    assert.deepEqual(
      report.map(({ what, line }) => [what, line]),
      [
        ['LOST', 12],
        ['ESTIMATED', undefined],
        ['ESTIMATED', undefined],
      ],
    );
    assert.match(narrative.episode.report.gaps[0]!.remedy ?? '', /fabula analyze/);
  });

  it('come out with what a person changed, and to the letter around it', () => {
    const { narrative } = read(srt, subRip);
    const cases: [Narrative, string][] = [
      [corrected(narrative, 'cues', 1, 'text', '- Why?\n- So.'), subRip.replace('Where', 'Why').replace('Here', 'So')],
      [corrected(narrative, 'events', 1, 'dialogue', 'Who?'), subRip.replace('Where', 'Who')],
      [corrected(narrative, 'cues', 0, 'endMs', 2100), subRip.replace('00:00:02,000 X1', '00:00:02,100 X1')],
      [corrected(narrative, 'persons', 0, 'name', 'Lena'), subRip.replace('MARA: <i>Hi,</i>', 'Lena: Hi,')],
    ];
    for (const [changed, text] of cases) assert.equal(write(srt, changed), text);
  });

  it('keep notes, styles, regions, identifiers and settings of WebVTT', () => {
    const text =
      'WEBVTT - x\nLanguage: en-GB\n\nSTYLE\n::cue { color: red }\n\nNOTE who\n\nintro\n00:01.000 --> 00:02.000 line:0 align:start\n<v Mara>Hi &amp; <i>bye</i></v>\n\nNOTE so\n\n00:02.500 --> 00:03.000\n<v Mara>A</v>\n<v Tom>B</v>\n';
    const { narrative } = read(webvtt, text);
    assert.equal(narrative.episode.language, 'en-GB');
    assert.equal(write(webvtt, narrative), text);
    const later = corrected(narrative, 'cues', 0, 'endMs', 2_250);
    assert.equal(write(webvtt, later), text.replace('00:01.000 --> 00:02.000', '00:00:01.000 --> 00:00:02.250'));
    const voice = corrected(narrative, 'cues', 2, 'text', 'C < D');
    const block =
      '00:00:02.500 --> 00:00:03.000\n<v Mara>A</v>\n\n00:00:02.500 --> 00:00:03.000\n<v Tom>C &lt; D</v>\n';
    assert.equal(write(webvtt, voice), `${text.slice(0, text.indexOf('00:02.500'))}${block}`);
  });

  it('keep the header, styles, layers and opening overrides of ASS, and take a new title', () => {
    const text =
      '[Script Info]\r\n; by hand\r\nTitle: One\r\n\r\n[V4+ Styles]\r\nStyle: Sign,Arial,20\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\nComment: 0,0:00:00.00,0:00:01.00,Sign,,0,0,0,,no\r\nDialogue: 3,0:00:01.00,0:00:02.00,Sign,Mara,1,2,3,fx,{\\an8}Hi, {\\i1}you{\\i0}\r\nDialogue: 0,0:00:01.50,0:00:02.00,Sign,,0,0,0,,{\\p1}m 0 0\r\n';
    const { narrative } = read(ass, text);
    assert.equal(narrative.episode.title, 'One');
    assert.equal(write(ass, narrative), text);
    assert.equal(
      write(ass, corrected(narrative, 'cues', 0, 'text', 'Hi, {me}\nBye')),
      text.replace('Hi, {\\i1}you{\\i0}', 'Hi, \\{me\\}\\NBye'),
    );
    const renamed = { ...narrative, episode: correctField(narrative.episode, narrative.episode, 'title', 'Two') };
    assert.equal(write(ass, renamed), text.replace('Title: One', 'Title: Two'));
  });

  it('take lines from elsewhere in at their time', () => {
    const { narrative } = read(srt, '1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:05,000 --> 00:00:06,000\nB');
    const { foreign: _, ...cue } = narrative.cues[0]!;
    const more = { ...cue, id: 'ep:cue:0003000', startMs: 3000, endMs: 4000, text: 'New & <new>' };
    const last = { ...more, id: 'ep:cue:0007000', startMs: 7000, endMs: 8000, text: 'Z' };
    assert.equal(
      write(srt, { ...narrative, cues: [...narrative.cues, last, more] }),
      '1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nNew & <new>\n\n2\n00:00:05,000 --> 00:00:06,000\nB\n\n4\n00:00:07,000 --> 00:00:08,000\nZ\n',
    );
  });

  it('are refused with the line where no time can be read', () => {
    for (const [format, text, line] of [
      [srt, '1\n00:00:xx,000 --> 00:00:02:zz\nwords', 2],
      [webvtt, 'WEBVTT\n\n00:01.000 -->\nHi', 3],
      [ass, '[Events]\nDialogue: 0,soon,later,Default,,0,0,0,,Hi', 2],
      [webvtt, 'WEBVTT\n', 1],
    ] as const)
      assert.throws(() => read(format, text), { code: 'SCRIPT_UNREADABLE', message: new RegExp(`^Line ${line}: `) });
  });
});
