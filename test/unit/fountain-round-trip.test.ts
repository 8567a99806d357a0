/** About 10 s: what goes through Fountain and back, for any text and any narrative. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems } from '../../schema/narrative.js';
import { fountain } from '../../src/formats/fountain.js';
import { narratives } from '../narratives.js';
import { scriptView } from '../script-view.js';

const read = (text: string) => fountain.read!(text, { episodeId: 'ep' }).narrative;
const write = (narrative: ReturnType<typeof read>) => fountain.write!(narrative).text;

const lines = fc.constantFrom(
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
    "MARA (CONT'D)",
    '林妙妙',
    '(beat)',
    '(MORE)',
    'Hello, Tomas.',
    '  ',
    ' ',
    '',
    '',
    '',
  ],
  ...[
    'CUT TO:',
    '> FADE OUT.',
    '> THE END <',
    '~ la la',
    '# Act',
    '= It begins.',
    '===',
    '!FORCED',
    '12.',
    'CONTINUED:',
  ],
  ...[
    '[[a note]]',
    '[[open',
    ']]',
    '/* gone',
    '*/',
    '**bold** and *it* _under_ \\*',
    'Title: X',
    'Author: Y',
    '\tindented',
    'EMMA (late 20s) runs.',
  ],
  ...[
    '[[fabula: scene {"mood":"tense"}]]',
    '[[fabula: event 1 {"startMs":5}]]',
    '[[fabula: event',
    '林妙妙：你来了。',
    'MARA: Hello.',
    '\u2028',
    '“—”',
  ],
);
const texts = fc
  .record({
    lines: fc.array(lines, { minLength: 1, maxLength: 30 }),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.constantFrom('', '\n', '\n\n'),
  })
  .map((drawn) => drawn.lines.join(drawn.end) + drawn.last);

describe('Fountain, there and back', () => {
  it('gives every text back to the letter', () => {
    let readable = 0;
    fc.assert(
      fc.property(texts, (text) => {
        let narrative: ReturnType<typeof read>;
        try {
          narrative = read(text);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'SCRIPT_UNREADABLE');
          return;
        }
        readable++;
        assert.deepEqual(findProblems(narrative), []);
        assert.equal(write(narrative), text);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(readable > 1_500, `${readable} were readable`);
  });

  it('gives every narrative back but for what it says is dropped', () => {
    fc.assert(
      fc.property(narratives, (narrative) => {
        const { text } = fountain.write!(narrative);
        const back = read(text);
        assert.deepEqual(findProblems(back), []);
        assert.deepEqual(scriptView(back), scriptView(narrative));
        assert.equal(write(back), text);
      }),
      { numRuns: 1_000 },
    );
  });
});
