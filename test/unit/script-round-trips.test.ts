/** What goes through a script's format and back, for any text and any narrative. About 40 s of CPU. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import { fdx } from '../../src/formats/fdx.js';
import type { Format } from '../../src/formats/format.js';
import { fountain } from '../../src/formats/fountain.js';
import { shootingScript } from '../../src/formats/shooting-script.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { scriptView } from '../script-view.js';
import { givesTextsBack } from './round-trips.fixture.js';

const short = shortPlans(5).map((plan) => buildNarrative(plan));

const linesOf = (lines: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({
      lines: fc.array(lines, { minLength: 1, maxLength: 30 }),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      last: fc.constantFrom('', '\n', '\n\n'),
    })
    .map((drawn) => drawn.lines.join(drawn.end) + drawn.last);

const fountainTexts = linesOf(
  fc.constantFrom(
    ...[
      'INT. HOUSE - DAY',
      'EXT. RUE – NUIT #12A#',
      '.FORCED',
      '..not forced',
      'I/E CAR',
      '内景 客厅 夜',
      '第3场 办公室 日 内',
    ],
    ...[
      'MARA',
      'MARA (V.O.)',
      '@McCoy',
      'TOMAS ^',
      'MARA & TOMAS',
      'TOMAS',
      "MARA (CONT'D)",
      '林妙妙',
      '(beat)',
      '(MORE)',
      'Hello, Tomas.',
      '  ',
    ],
    ...[
      '',
      '',
      '',
      '',
      ' ',
      'CUT TO:',
      '> FADE OUT.',
      '> THE END <',
      '~ la la',
      '# Act',
      '= It begins.',
      '===',
      '!FORCED',
    ],
    ...[
      '12.',
      'CONTINUED:',
      '[[a note]]',
      '[[open',
      ']]',
      '/* gone',
      '*/',
      '**bold** and *it* _under_ \\*',
      'Title: X',
    ],
    ...['Author: Y', '\tindented', 'EMMA (late 20s) runs.', '[[fabula: scene {"mood":"tense"}]]', '林妙妙：你来了。'],
    ...['[[fabula: event 1 {"startMs":5}]]', '[[fabula: event', 'MARA: Hello.', '\u2028', '“—”'],
  ),
);

const shootingTexts = linesOf(
  fc.constantFrom(
    ...[
      'SCENE 1 EXT. PARK - DAY',
      'SCENE 7 INT. HOUSE',
      '**SCENE 2 INT. A - NIGHT**',
      'DESCRIPTION:',
      '**DESCRIPTION:** Dark.',
    ],
    ...[
      'A sunny park.',
      'SHOT 1: WIDE SHOT',
      'SHOT 2: CLOSE-UP - the lamp',
      'SHOT 3',
      'CAMERA POSITION: High.',
      'FOCUS: EMMA (late 20s)',
    ],
    ...['ACTION: She stops.', 'Highlight Score: 4.0', 'Highlight Score: lots', '3D Location of "Emma": (0,165,0)', ''],
    ...[
      '3D Location of "bench": (1,2)',
      'Camera Detail-Time: 4 seconds',
      'Camera Detail-Time: soon',
      'TIME: 5 seconds.',
      '',
    ],
    ...[
      'Camera Detail-Shot Size: WIDE SHOT',
      'Camera Detail-Camera Angle: Eye Level',
      'Camera Detail-Main Subject: (Emma, Jack)',
    ],
    ...[
      'Event Number: 001',
      'Event Number: none',
      'Event: They walk.',
      'DIALOGUE: EMMA (V.O.) (softly): "Here."',
      'EMMA: Hello.',
    ],
    ...[
      '(Other detailed information)',
      '[[fabula: scene {"mood":"tense"}]]',
      '[[fabula: open',
      'TITLE: X',
      '  and on it goes',
    ],
  ),
);

const element = fc.constantFrom(
  ...[
    'Scene Heading',
    'Action',
    'Character',
    'Parenthetical',
    'Dialogue',
    'Transition',
    'Shot',
    'General',
    'New Act',
    'Odd',
  ],
);
const words = fc.constantFrom(
  'INT. A &amp; B - DAY',
  'MARA',
  'MARA and TOMAS &amp; IDA',
  '(beat)',
  'Hello.',
  'CUT TO:',
  'CLOSE ON IT',
  '',
  ' ',
  '&lt;b&gt;&#8217;',
);
const paragraph = fc
  .record({
    type: element,
    words: fc.array(words, { maxLength: 2 }),
    note: fc.boolean(),
    gap: fc.constantFrom('', '\n', '\r\n    ', '<!-- c -->'),
  })
  .map(({ type, words: runs, note, gap }) => {
    const noted = note ? '<ScriptNote ID="1"><Paragraph><Text>hm</Text></Paragraph></ScriptNote>' : '';
    return `<Paragraph Type="${type}">${noted}${runs.map((run) => `<Text Style="Bold">${run}</Text>`).join('')}</Paragraph>${gap}`;
  });
const dual = fc
  .array(paragraph, { minLength: 1, maxLength: 4 })
  .map((inner) => `<Paragraph><DualDialogue>${inner.join('')}</DualDialogue></Paragraph>`);
const fdxTexts = fc
  .record({
    body: fc.array(fc.oneof({ weight: 6, arbitrary: paragraph }, dual), { maxLength: 12 }),
    head: fc.constantFrom('', '<?xml version="1.0"?>\r\n'),
  })
  .map(
    ({ body, head }) =>
      `${head}<FinalDraft Version="5">\n<Content>${body.join('')}\n</Content><TitlePage><Content><Paragraph><Text>X</Text></Paragraph></Content></TitlePage></FinalDraft>\n`,
  );

for (const [format, texts] of [
  [fountain, fountainTexts],
  [fdx, fdxTexts],
  [shootingScript, shootingTexts],
] as const satisfies readonly (readonly [Format, fc.Arbitrary<string>])[]) {
  const read = (text: string) => format.read!(text, { episodeId: 'ep' }).narrative;
  const write = (narrative: Narrative) => format.write!(narrative).text;

  describe(`${format.title}, there and back`, () => {
    it('gives every text back to the letter', () => givesTextsBack(format, texts, { readable: 700 }));

    it('gives every narrative back but for what it says is dropped', () => {
      fc.assert(
        fc.property(short, (narrative) => {
          const back = read(write(narrative));
          assert.deepEqual(findProblems(back), []);
          assert.deepEqual(scriptView(back), scriptView(narrative));
        }),
        { numRuns: 1_000 },
      );
    });

    it('gives what it wrote of a narrative back to the letter', () => {
      fc.assert(
        fc.property(short, (narrative) => {
          const text = write(narrative);
          assert.equal(write(read(text)), text);
        }),
        { numRuns: 100 },
      );
    });
  });
}
