import assert from 'node:assert/strict';
import { readSpeaker } from '../../src/formats/speaker.js';
import { readLanguage } from '../../workers/assembly/language.js';

describe('speaker tags', () => {
  it('give a name as a person would write it', () => {
    const names = ['MARA', 'mara', 'MRS. O’NEILL', 'MR. SMITH-JONES', 'McCoy', '老王', '>> ANNA:', 'MAN #2'];
    assert.deepEqual(
      names.map((tag) => readSpeaker(tag)?.name),
      ['Mara', 'Mara', 'Mrs. O’Neill', 'Mr. Smith-Jones', 'McCoy', '老王', 'Anna', 'Man #2'],
    );
  });

  it('are the same person in any case, width and spacing, and with any extension', () => {
    const keys = ['MARA  LEE', 'Mara Lee', 'ＭＡＲＡ ＬＥＥ', 'MARA LEE (V.O.)', "Mara Lee (CONT'D)"].map(
      (tag) => readSpeaker(tag)?.key,
    );
    assert.deepEqual(new Set(keys), new Set(['mara lee']));
  });

  it('say which voice speaks', () => {
    assert.equal(readSpeaker('FORREST (V.O.)')?.voiceType, 'voice-over');
    assert.equal(readSpeaker('MARA (o.s.)')?.voiceType, 'off-screen');
    assert.equal(readSpeaker("MARA (CONT'D)")?.voiceType, undefined);
  });

  it('name nobody where there is nothing but punctuation', () => {
    for (const tag of ['', '???', '(V.O.)', ' : ']) assert.equal(readSpeaker(tag), undefined);
  });
});

describe('the language of a film', () => {
  it('is what sound and cues agree on, in whatever code they write it', () => {
    assert.equal(readLanguage('chi', ['zh-Hans', 'zho']).language, 'zh');
    assert.equal(readLanguage('und', ['en', undefined]).language, 'en');
    assert.equal(readLanguage('deu', []).language, 'de');
    assert.equal(readLanguage(undefined, [undefined]).language, undefined);
    assert.equal(readLanguage('not a tag', []).language, undefined);
  });

  it('forgives one cue in ten', () => {
    assert.equal(readLanguage('en', [...Array(19).fill('en'), 'fr']).language, 'en');
    assert.equal(readLanguage('en', ['en', 'fr']).language, undefined);
  });

  it('stays unknown where sound and cues disagree, with both readings kept', () => {
    const { language, otherReadings } = readLanguage('eng', ['zh', 'zh']);
    assert.equal(language, undefined);
    assert.deepEqual(
      otherReadings.map(({ value, by }) => [value, by]),
      [
        ['en', 'probe'],
        ['zh', 'cues'],
      ],
    );
  });
});
