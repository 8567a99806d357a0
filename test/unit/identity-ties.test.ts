import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clothingTies } from '../../workers/detectors/identity/clothing-ties.js';
import { groupTracks } from '../../workers/detectors/identity/group-tracks.js';
import { type IdentityTrack, identityTracks } from '../../workers/detectors/identity/identity-track.js';
import { oneFaceGroups } from '../../workers/detectors/identity/one-face.js';
import { strangenessFor } from '../../workers/detectors/identity/strangeness.js';
import { standTogether, tiesBetween } from '../../workers/detectors/identity/ties.js';
import type { FoundShot } from '../../workers/findings.js';
import type { FaceReading, FaceTrack } from '../../workers/people-findings.js';
import { shotsAt, track } from './face-tracks.fixture.js';

const red = Float32Array.of(1, 0);
const blue = Float32Array.of(0, 1);

const identityOf = (found: FaceTrack, more: Partial<IdentityTrack> = {}): IdentityTrack => {
  const [known] = identityTracks([found]);
  assert.ok(known);
  return { ...known, ...more };
};

/** Shots of these setups, two seconds each; setups of different letters have nothing in common. */
const shotsOf = (setups: string): FoundShot[] =>
  shotsAt(...[...setups].map((_, index) => index * 2000)).map((shot, index) => {
    const kind = setups.charCodeAt(index) - 'A'.charCodeAt(0);
    const colours = Array.from({ length: 64 }, (_, bin) => (bin === 20 + kind ? 1 : 0));
    const layout = Array.from({ length: 48 }, (_, cell) => (cell % 3 === kind ? 220 : 90));
    return { ...shot, looks: [{ atMs: shot.startMs, colours, layout }] };
  });

const tieOf = (setups: string, a: number, b: number, faces = [...setups].map((_, index) => index)) => {
  const tracks = faces.map((shot) => track({ person: 1, startMs: shot * 2000 }));
  const ties = tiesBetween(shotsOf(setups), [], tracks);
  const known = identityTracks(tracks);
  return ties(known[a] as IdentityTrack, known[b] as IdentityTrack);
};

const boxesAt = (...x: readonly number[]): FaceTrack => {
  const whole = track({ person: 1, startMs: 0, endMs: 500 * x.length });
  const readings = whole.readings.map((reading, index): FaceReading => {
    return { ...reading, box: { ...reading.box, x: x[index] ?? 0 } };
  });
  return { ...whole, readings };
};

describe('what clothes say of two faces', () => {
  const turned = identityOf(track({ person: 1, startMs: 0, yaw: 1 }));
  const clear = identityOf(track({ person: 2, startMs: 2000 }));

  it('is little: no more than a sixth either way, and less where they differ than where they are alike', () => {
    const ties = clothingTies(() => true);
    assert.equal(ties({ ...turned, clothing: red }, { ...clear, clothing: red }), 0.85);
    assert.equal(ties({ ...turned, clothing: red }, { ...clear, clothing: blue }), 1.075);
    assert.ok(
      Math.abs(ties({ ...turned, clothing: red }, { ...clear, clothing: Float32Array.of(0.75, 0.25) }) - 1) < 1e-6,
    );
  });

  it('is nothing where both faces can be read, where clothes are out of sight, and on another occasion', () => {
    const ties = clothingTies(() => true);
    assert.equal(ties({ ...clear, clothing: red }, { ...clear, clothing: blue }), 1);
    assert.equal(ties(turned, { ...clear, clothing: red }), 1);
    assert.equal(clothingTies(() => false)({ ...turned, clothing: red }, { ...clear, clothing: red }), 1);
  });

  it('counts within a scene and where a setup returns, and nowhere else', () => {
    const tracks = [0, 2000, 4000, 6000].map((startMs) => track({ person: 1, startMs, yaw: 1 }));
    const scenes = [
      { startMs: 0, endMs: 4000 },
      { startMs: 4000, endMs: 8000 },
    ];
    const [a, b, c] = identityTracks(tracks).map((known) => ({ ...known, clothing: red }));
    assert.ok(a && b && c);
    const far = { first: { x: 0, y: 0, width: 0.1, height: 0.2 }, last: { x: 0, y: 0, width: 0.1, height: 0.2 } };
    assert.equal(tiesBetween(shotsOf('ABCA'), scenes, tracks)(a, b), 0.85);
    assert.equal(tiesBetween(shotsOf('ABCA'), scenes, tracks)(a, c), 1);
    assert.equal(tiesBetween(shotsOf('ABAC'), scenes, tracks)(a, { ...c, ...far }), 0.85);
    assert.equal(tiesBetween(shotsOf('ABCA'), [], tracks)(a, b), 1);
  });
});

describe('what the editing says of two faces', () => {
  it('takes a face in its old place for the same when a setup returns, and shot and reverse shot for two', () => {
    assert.equal(tieOf('ABA', 0, 2), 0.75);
    assert.equal(tieOf('ABA', 0, 1), 1.2);
    assert.equal(tieOf('ABC', 0, 1), 1);
  });

  it('takes the faces before and after one shot of a returning setup for one, near or far', () => {
    assert.equal(tieOf('ABAC', 1, 3), 0.85);
    assert.equal(tieOf('ABCD', 1, 3), 1);
  });

  it('knows no sides where two are in one shot', () => {
    assert.equal(tieOf('ABAC', 1, 3, [0, 1, 2, 3, 2]), 1);
  });

  it('still knows them where one face was lost and found again', () => {
    const tracks = [0, 2000, 3000, 4000].map((startMs) =>
      track({ person: 1, startMs, endMs: startMs + 1000, shotStartMs: Math.floor(startMs / 2000) * 2000 }),
    );
    const [a, b] = identityTracks(tracks);
    assert.ok(a && b);
    assert.equal(tiesBetween(shotsOf('ABA'), [], tracks)(a, b), 1.2);
  });
});

describe('two faces at one moment', () => {
  it('are two people when their boxes do not touch, be it once', () => {
    assert.ok(standTogether(boxesAt(0.2), boxesAt(0.6)));
  });

  it('are two people when their boxes touch for some time', () => {
    assert.ok(standTogether(boxesAt(0.2, 0.2, 0.2), boxesAt(0.28, 0.28, 0.28)));
  });

  it('are one where a box slips half off a face and another takes its place', () => {
    assert.ok(!standTogether(boxesAt(0.2, 0.2), boxesAt(0.28, 0.28)));
  });
});

describe('a face that was lost', () => {
  const seen = (startMs: number, endMs: number, x = 0.4) => track({ person: 1, startMs, endMs, shotStartMs: 0, x });
  const groupsOf = (...tracks: readonly FaceTrack[]) => oneFaceGroups(identityTracks(tracks), () => false);

  it('is the same when it is soon found again in its place', () => {
    assert.deepEqual(groupsOf(seen(0, 2000), seen(2500, 4000), seen(4000, 6000)), [[0, 1, 2]]);
  });

  it('may be another after a while, elsewhere, or after a cut', () => {
    assert.deepEqual(groupsOf(seen(0, 2000), seen(5000, 6000)), [[0], [1]]);
    assert.deepEqual(groupsOf(seen(0, 2000), seen(2500, 6000, 0.7)), [[0], [1]]);
    assert.deepEqual(groupsOf(seen(0, 2000), track({ person: 1, startMs: 2100 })), [[0], [1]]);
  });
});

describe('a small face', () => {
  const distance = (heightPx: number, bundled = true) => {
    const small = identityOf(track({ person: 1, startMs: 0, heightPx, yaw: 1 }));
    return strangenessFor(bundled)(small, identityOf(track({ person: 2, startMs: 2000 })));
  };

  it('lies further from everybody, and that is allowed for; one that is large enough is not', () => {
    assert.ok(Math.abs(distance(48) / distance(22) - 1.376) < 0.01);
    assert.equal(distance(48), distance(200));
    assert.equal(distance(22, false), distance(200, false));
  });
});

describe('gathering tracks', () => {
  /** Two clear faces, one turned away that is like the first of them, and one that could be either but is like the third. */
  const gatherDoubtful = (heightPx: number) => {
    const turned = { heightPx, yaw: 1 };
    const known = identityTracks([
      track({ person: 1, startMs: 0 }),
      track({ person: 2, startMs: 2000 }),
      track({ person: 1, startMs: 4000, ...turned }),
      track({ person: 1, startMs: 6000, ...turned }),
    ]);
    const far = [
      [0, 6, 2, 3.1],
      [6, 0, 5, 3],
      [2, 5, 0, 1],
      [3.1, 3, 1, 0],
    ];
    return groupTracks(known, (a, b) => far[a]?.[b] ?? 0, 4);
  };

  it('lets faces that were taken in judge those in doubt, if they are large', () => {
    assert.deepEqual(gatherDoubtful(80), [[0, 2, 3], [1]]);
    assert.deepEqual(gatherDoubtful(30), [[0, 2], [1], [3]]);
  });

  /** Tracks of up to four people in a few shots, clear or turned, dressed at random; how strange two are, at random too. */
  const films = fc.record({
    tracks: fc.array(
      fc.record({
        shot: fc.integer({ min: 0, max: 3 }),
        at: fc.integer({ min: 0, max: 5 }),
        x: fc.integer({ min: 0, max: 4 }),
        clear: fc.boolean(),
        dressed: fc.boolean(),
      }),
      { maxLength: 14 },
    ),
    seed: fc.array(fc.double({ min: 0.2, max: 9, noNaN: true }), { minLength: 200, maxLength: 200 }),
  });

  it('never puts two into one group who stand side by side, nor divides one face, whatever else speaks for it', () => {
    fc.assert(
      fc.property(films, ({ tracks: plans, seed }) => {
        const tracks = plans.map(({ shot, at, x, clear }) => {
          const [shotStartMs, startMs] = [shot * 10_000, shot * 10_000 + at * 1000];
          return track({ person: 1, shotStartMs, startMs, endMs: startMs + 1000, x: x / 5, yaw: clear ? 0 : 1 });
        });
        const known = identityTracks(tracks).map((one, index) => ({
          ...one,
          clothing: plans[index]?.dressed ? red : blue,
        }));
        const clothing = clothingTies(() => true);
        const isApart = (a: number, b: number) => standTogether(tracks[a] as FaceTrack, tracks[b] as FaceTrack);
        const apart = (a: number, b: number) => {
          if (isApart(a, b)) return Number.POSITIVE_INFINITY;
          const far = seed[Math.min(a, b) * 14 + Math.max(a, b)] ?? 1;
          return far * clothing(known[a] as IdentityTrack, known[b] as IdentityTrack);
        };
        const groups = groupTracks(known, apart, 4);
        assert.deepEqual(
          groups.flat().toSorted((a, b) => a - b),
          known.map((_, index) => index),
        );
        for (const group of groups) assert.ok(!group.some((a) => group.some((b) => a !== b && isApart(a, b))));
        for (const face of oneFaceGroups(known, isApart))
          assert.ok(groups.some((group) => face.every((member) => group.includes(member))));
      }),
      { numRuns: 300 },
    );
  });
});
