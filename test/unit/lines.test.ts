import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitSpeakers } from '../../src/narrative/cue-lines.js';
import { readLines } from '../../workers/detectors/lines.js';
import { cue } from './findings.fixture.js';

describe('lines of dialogue', () => {
  it('reads one line from a cue, with its text, time, speaker and cue', () => {
    const [line, ...more] = readLines([cue(1000, 2000, 'Where are you?', { speakerTag: 'MARA' })]);
    assert.equal(more.length, 0);
    assert.equal(line!.type, 'LINE');
    assert.equal(line!.dialogue, 'Where are you?');
    assert.equal(line!.speakerTag, 'MARA');
    assert.deepEqual([line!.startMs, line!.endMs, line!.cue, line!.confidence], [1000, 2000, 0, 0.9]);
    assert.deepEqual([line!.evidence[0]!.startMs, line!.evidence[0]!.endMs], [1000, 2000]);
  });

  it('gives two speakers of one cue a line each and shares its time by what they say', () => {
    const lines = readLines([cue(0, 3000, '- Where is everybody now?\n- Gone, all.')]);
    assert.deepEqual(
      lines.map(({ dialogue, startMs, endMs }) => [dialogue, startMs, endMs]),
      [
        ['Where is everybody now?', 0, 2091],
        ['Gone, all.', 2091, 3000],
      ],
    );
  });

  it('reads a speaker of each row where rows carry tags', () => {
    const lines = readLines([cue(0, 3000, '- MARA: Who is it?\n- MR. BELL: Me.')]);
    assert.deepEqual(
      lines.map(({ speakerTag, dialogue }) => [speakerTag, dialogue]),
      [
        ['MARA', 'Who is it?'],
        ['MR. BELL', 'Me.'],
      ],
    );
  });

  it('joins rows of one speaker, with a space unless they are Chinese', () => {
    assert.deepEqual(splitSpeakers('I have seen things\nyou would not believe.'), [
      'I have seen things you would not believe.',
    ]);
    assert.deepEqual(splitSpeakers('请官家赐臣等\n一条活路'), ['请官家赐臣等一条活路']);
    assert.deepEqual(splitSpeakers('- One dash only.'), ['One dash only.']);
    assert.deepEqual(splitSpeakers('He only said:\n- Go home.'), ['He only said: Go home.']);
    assert.deepEqual(splitSpeakers('– First\nspeaker\n– Second'), ['First speaker', 'Second']);
  });

  it('takes a caption in brackets for a sound and not for words', () => {
    const [event] = readLines([cue(0, 1000, '[thunder rumbles]')]);
    assert.equal(event!.type, 'ACTION');
    assert.equal(event!.audioCue, 'thunder rumbles');
    assert.equal(event!.dialogue, undefined);
  });

  it('keeps a time of day and a lower-case colon inside the words', () => {
    assert.equal(readLines([cue(0, 1000, 'Remember: never alone.')])[0]!.dialogue, 'Remember: never alone.');
    assert.equal(readLines([cue(0, 1000, 'AT 10:30 we leave.')])[0]!.dialogue, 'AT 10:30 we leave.');
  });

  it('never leaves a cue without a line, nor a line outside its cue', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(100_000), fc.integer({ min: 1, max: 9000 }), (text, startMs, length) => {
        const lines = readLines([cue(startMs, startMs + length, text)]);
        assert.ok(lines.length >= 1);
        for (const line of lines)
          assert.ok(line.startMs >= startMs && line.startMs < line.endMs && line.endMs <= startMs + length);
      }),
    );
  });
});
