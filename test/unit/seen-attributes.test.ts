import assert from 'node:assert/strict';
import { attributesOf, disagree, outvoted } from '../../workers/detectors/identity/seen-attributes.js';

const reading = (female: number, age = 30, weight = 1) => ({ female, age, weight });

describe('gender and age as faces show them', () => {
  it('are the weighted mean of all readings, with little confidence', () => {
    const seen = attributesOf([reading(0.1, 30), reading(0.2, 40), reading(0.9, 30, 0.1)]);
    assert.equal(seen.gender, 'male');
    assert.equal(seen.ageRange, '25–45');
    assert.ok(seen.fields.every(({ confidence }) => confidence < 0.7));
  });

  it('leave gender unsaid where it is undecided, and everything where nothing was read', () => {
    assert.equal(attributesOf([reading(0.55)]).gender, undefined);
    assert.deepEqual(attributesOf([]), { fields: [] });
  });

  it('are looked at again where readings contradict each other', () => {
    assert.equal(disagree([reading(0.1), reading(0.05)]), false);
    assert.equal(disagree([reading(0.1), reading(0.9)]), true);
    assert.equal(disagree([reading(0.1, 20), reading(0.1, 50)]), true);
    assert.equal(disagree([]), false);
  });

  it('keep what the second look outvoted', () => {
    const before = attributesOf([reading(0.8, 30)]);
    const after = attributesOf([reading(0.2, 30)]);
    assert.deepEqual(
      outvoted(before, after).map(({ field, value }) => [field, value]),
      [['gender', 'female']],
    );
  });
});
