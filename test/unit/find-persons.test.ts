import assert from 'node:assert/strict';
import { gatherPersons } from '../../workers/detectors/identity/find-persons.js';
import { strangenessFor, strangenessLimit } from '../../workers/detectors/identity/strangeness.js';
import type { FaceTrack } from '../../workers/people-findings.js';
import { shotsAt, track } from './face-tracks.fixture.js';

const gather = (tracks: readonly FaceTrack[]) =>
  gatherPersons(tracks, shotsAt(...new Set(tracks.map(({ shotStartMs }) => shotStartMs))), [], strangenessFor(true));

describe('gathering persons', () => {
  it('finds one person in all shots that show the same face, and two where faces differ', () => {
    const found = gather([
      track({ person: 1, startMs: 0 }),
      track({ person: 2, startMs: 2000 }),
      track({ person: 1, startMs: 4000, endMs: 9000 }),
      track({ person: 2, startMs: 9000 }),
    ]);
    assert.deepEqual(
      found.persons.map(({ tracks }) => tracks),
      [
        [0, 2],
        [1, 3],
      ],
    );
    assert.ok(found.persons.every(({ clear, confidence }) => clear && confidence > 0.8));
  });

  it('keeps twins apart who stand in one frame, and says that they look alike', () => {
    const found = gather([
      track({ person: 1, startMs: 0, x: 0.2 }),
      track({ person: 1, startMs: 0, x: 0.6 }),
      track({ person: 3, startMs: 2000 }),
    ]);
    assert.equal(found.persons.length, 3);
    assert.equal(found.pairsInOneFrame, 1);
    assert.deepEqual(
      found.persons.map(({ doubles }) => doubles),
      [[1], [0], []],
    );
  });

  it('takes a face that is found twice at one place for one face', () => {
    const found = gather([track({ person: 1, startMs: 0, x: 0.4 }), track({ person: 1, startMs: 0, x: 0.41 })]);
    assert.equal(found.persons.length, 1);
  });

  it('finds nobody where there is nobody, and the one where there is one', () => {
    assert.deepEqual(gather([]).persons, []);
    assert.equal(gather([track({ person: 5, startMs: 0 })]).persons.length, 1);
  });

  it('finds thirty people in a crowd of thirty, in whatever order they come', () => {
    const crowd = Array.from({ length: 30 }, (_, person) =>
      track({ person: person + 1, startMs: 0, x: (person * 3) / 100 }),
    ).concat(Array.from({ length: 30 }, (_, person) => track({ person: 30 - person, startMs: 5000 + 2000 * person })));
    const found = gather(crowd);
    assert.equal(found.persons.length, 30);
    assert.ok(found.persons.every(({ tracks }) => tracks.length === 2));
    assert.equal(gather(crowd.toReversed()).persons.length, 30);
  });

  it('says of a face that never moves that it may be a picture', () => {
    const found = gather([
      track({ person: 1, startMs: 0, endMs: 6000, x: 0.2, still: true }),
      track({ person: 2, startMs: 0, endMs: 6000, x: 0.6 }),
    ]);
    assert.deepEqual(
      found.persons.map(({ still }) => still),
      [true, false],
    );
  });

  it('carries faces in profile to whom they fit, without letting them join what clear faces keep apart', () => {
    const found = gather([
      track({ person: 1, startMs: 0 }),
      track({ person: 2, startMs: 2000 }),
      track({ person: 1, startMs: 4000, yaw: 1 }),
    ]);
    assert.deepEqual(
      found.persons.map(({ tracks }) => tracks),
      [[0, 2], [1]],
    );
  });

  it('leaves unassigned what is short and small, or no face to the model', () => {
    const found = gather([
      track({ person: 1, startMs: 0 }),
      track({ person: 2, startMs: 2000, endMs: 2600, heightPx: 20, yaw: 1 }),
      track({ person: 3, startMs: 4000, unsteadiness: 0.3 }),
    ]);
    assert.deepEqual(found.unassigned, [1, 2]);
    assert.equal(found.persons.length, 1);
  });
});

describe('the limit of strangeness', () => {
  it('is what is known beforehand where no two faces stand in one frame', () => {
    assert.equal(strangenessLimit([]), 4);
  });

  it('moves with what strangers of the film are like, and no further than a third', () => {
    assert.ok(strangenessLimit(Array(100).fill(3.8)) < 4);
    assert.ok(strangenessLimit(Array(100).fill(12)) > 5);
    assert.ok(strangenessLimit(Array(10_000).fill(100)) < 5.5);
    assert.ok(strangenessLimit(Array(10_000).fill(0)) > 2.9);
  });
});
