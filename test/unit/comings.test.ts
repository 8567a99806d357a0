import assert from 'node:assert/strict';
import { validateNarrative } from '../../schema/narrative.js';
import { assembleNarrative } from '../../workers/assemble.js';
import type { FaceTrack } from '../../workers/findings.js';
import { track } from './face-tracks.fixture.js';
import { oneShotFindings, stagesOf } from './findings.fixture.js';

/** Events of one shot of 10 s in which one person is seen on this track. */
function eventsOf(seen: FaceTrack) {
  const findings = {
    ...oneShotFindings,
    people: { ...oneShotFindings.people, tracks: [seen] },
    persons: {
      ...oneShotFindings.persons,
      persons: [{ tracks: [0], fields: [], confidence: 0.6, evidence: seen.evidence }],
    },
  };
  const narrative = assembleNarrative({ episodeId: 'ep', title: 'A film', findings, stages: stagesOf(findings) });
  validateNarrative(narrative);
  return narrative.events.map(({ type, startMs, description }) => [type, startMs, description]);
}

describe('entrances and exits', () => {
  it('are seen where a face appears beside the edge while a shot runs, and where it vanishes there', () => {
    const moving = track({ person: 1, startMs: 3000, endMs: 6000, shotStartMs: 0 });
    const readings = moving.readings.map((reading, index) => ({
      ...reading,
      box: { ...reading.box, x: index * 0.18 },
    }));
    assert.deepEqual(eventsOf({ ...moving, readings }), [
      ['ENTRANCE', 3000, 'Comes into the picture from the left.'],
      ['EXIT', 5000, 'Leaves the picture to the right.'],
    ]);
  });

  it('are none where somebody is cut to, or appears in the middle of the picture', () => {
    assert.deepEqual(eventsOf(track({ person: 1, startMs: 0, endMs: 10_000, shotStartMs: 0, x: 0.02 })), []);
    assert.deepEqual(eventsOf(track({ person: 1, startMs: 3000, endMs: 6000, shotStartMs: 0, x: 0.45 })), []);
  });
});
