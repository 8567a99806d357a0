import assert from 'node:assert/strict';
import { frameCrossings } from '../../workers/assembly/frame-crossings.js';
import type { FaceTrack } from '../../workers/people-findings.js';
import { track } from './face-tracks.fixture.js';

const shot = { startMs: 0, endMs: 10_000 };

/** A face, a tenth of the picture wide, at these places from the left, every half second. */
function walk(startMs: number, ...xs: readonly number[]): FaceTrack {
  const seen = track({ person: 1, startMs, endMs: startMs + xs.length * 500, shotStartMs: 0 });
  return {
    ...seen,
    readings: seen.readings.map((reading, n) => ({ ...reading, box: { ...reading.box, x: xs[n] ?? 0 } })),
  };
}
const alone = (seen: FaceTrack) => frameCrossings([seen], [], shot);

describe('a face that moves over the edge of the picture', () => {
  it('comes in from that side, or leaves to it', () => {
    assert.deepEqual(alone(walk(3000, 0.02, 0.12, 0.22, 0.3, 0.3, 0.3)), { entersFrom: 'LEFT' });
    assert.deepEqual(alone(walk(3000, 0.85, 0.75, 0.65, 0.6, 0.6)), { entersFrom: 'RIGHT' });
    assert.deepEqual(alone(walk(3000, 0.4, 0.4, 0.4, 0.55, 0.7, 0.86)), { leavesTo: 'RIGHT' });
    assert.deepEqual(alone(walk(3000, 0.02, 0.2, 0.4, 0.6, 0.86)), { entersFrom: 'LEFT', leavesTo: 'RIGHT' });
  });

  it('may be found late, when it is fast enough to have been outside just before', () => {
    assert.deepEqual(alone(walk(3000, 0.2, 0.35, 0.5, 0.5, 0.5)), { entersFrom: 'LEFT' });
    assert.deepEqual(alone(walk(3000, 0.5, 0.54, 0.58, 0.6, 0.6)), {});
  });

  it('is not one that is cut to or away from, turns round at the edge, sways, or is seen once', () => {
    assert.deepEqual(alone(walk(500, 0.02, 0.12, 0.22, 0.3)), {});
    assert.deepEqual(alone(walk(7500, 0.4, 0.55, 0.7, 0.86)), {});
    assert.deepEqual(alone(walk(3000, 0.02, 0.03, 0.02, 0.02)), {});
    assert.deepEqual(alone(walk(3000, 0.02)), {});
    assert.deepEqual(alone(walk(1000, 0.3, 0.4, 0.5, 0.5)), {}, 'it was inside when the shot began');
  });

  it('does not move where the camera turns: others move along', () => {
    const seen = walk(3000, 0.02, 0.12, 0.22, 0.3);
    assert.deepEqual(frameCrossings([seen], [walk(1500, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)], shot), {});
    assert.deepEqual(frameCrossings([seen], [walk(1500, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6)], shot), { entersFrom: 'LEFT' });
  });
});
