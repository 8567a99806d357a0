import { equal } from 'node:assert/strict';
import { sayCounts } from '../../src/app/say-counts.js';

describe('the counts of a narrative', () => {
  it('are said in words, one of a kind too, and nothing of what there is none', () => {
    equal(
      sayCounts({ scenes: 1, shots: 14, speech: 1, objects: 2, cues: 0 }),
      '1 scene, 14 shots, 2 story objects, 1 speech interval',
    );
  });
});
