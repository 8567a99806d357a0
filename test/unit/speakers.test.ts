import assert from 'node:assert/strict';
import { readSpeaker } from '../../src/formats/speaker.js';

describe('a speaker tag', () => {
  for (const [tag, name] of [
    ['MARA', 'Mara'],
    ['MRS. O’NEILL (V.O.)', 'Mrs. O’Neill'],
    ['Mara', 'Mara'],
    ['TOMAs', 'Tomas'],
    ['ToMAs', 'Tomas'],
    ['Bo', 'Bo'],
    ['VanDyke', 'VanDyke'],
    ['赵匡胤', '赵匡胤'],
  ] as const)
    it(`${tag} names ${name}`, () => assert.equal(readSpeaker(tag)?.name, name));

  it('means the same person in every spelling', () => {
    assert.equal(readSpeaker('TOMAs')?.key, readSpeaker('TOMAS')?.key);
  });

  it('of nothing but punctuation names nobody', () => assert.equal(readSpeaker('(V.O.):'), undefined));
});
